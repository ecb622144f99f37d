import type { Kind, StackKind } from '@uais/contract'
import type { AwsSession, PlatformRole } from '../aws/session.ts'

/** A data owner's account as runs need it. */
export interface StackAccount {
  id: string
  name: string
  awsAccountId: string
  region: string
  partition: string
  externalId: string
  approval: 'every-change' | 'destructive-only'
}

/** One fact that was looked up live after apply. A single one that does not hold fails the run. */
export interface LiveFact {
  id: string
  title: string
  holds: boolean
  message: string
}

/** Something that a principal of the stack must never be able to do, whatever else its policies say. */
export interface PlannedDenial {
  id: string
  title: string
  /** Names of the deciding documents among the stack's policies and what stands already. */
  identity: readonly string[]
  boundary?: string
  /** An SCP among the planned documents that must deny by itself. */
  scp?: string
  request: {
    principal: string
    action: string
    resource: string
    context?: Record<string, string | boolean | readonly string[]>
  }
}

/**
 * One Terraform root module with everything that a run of it needs. Built by a room's `stack.ts` from the whole
 * desired state, never from the change that was asked for.
 */
export interface Stack {
  kind: StackKind
  /** E.g. `project/claims/fraud`; also the prefix of the state's key in the platform's bucket. */
  key: string
  resource: { kind: Kind; id: string; name: string; generation: number; projectId: string | null }
  account: StackAccount
  /** AWS account that the provider block enters: the owner's, or its management account for `organization`. */
  targetAccountId: string
  targetRole: PlatformRole
  /** Narrows every session of a run of this stack to what the stack is about. */
  sessionPolicy: string
  /** Values of the root module's variables; `assume_role` is added by the run. */
  variables: Record<string, unknown>
  /** Policy documents as compiled, by the name that the module knows them by; also given as `policies`. */
  policies: Record<string, string>
  /** Documents that are in place already and count in the proof, e.g. the owner's boundary. */
  standing?: Record<string, string>
  /** Of the compiled documents those that stand already and are in no plan of the stack, e.g. the owner's boundary. */
  elsewhere?: readonly string[]
  denials: readonly PlannedDenial[]
  /**
   * What a destroy leaves in place and in the state: addresses that begin so. The owner's data, what decrypts it and
   * what was recorded outlive the platform's work; nothing that is kept may depend on what is not.
   */
  keeps?: readonly string[]
  /** Looks at the live account after apply. Given the module's outputs. */
  verify?(session: AwsSession, outputs: Record<string, unknown>): Promise<LiveFact[]>
}

/** Whether a destroy of the stack leaves this address in place. */
export const isKept = (stack: Stack, address: string): boolean =>
  (stack.keeps ?? []).some((prefix) => address.startsWith(prefix))

/** What a finished or waiting run tells its reconcile. */
export type RunOutcome =
  /** Nothing has changed since the last success: no run was made. */
  | { state: 'current'; runId: string }
  | { state: 'succeeded'; runId: string; outputs: Record<string, unknown>; changed: boolean }
  | { state: 'waiting'; runId: string; message: string }
  | { state: 'busy'; runId: string }
  | { state: 'failed'; runId: string; reason: string; message: string; remedy: string; retry: boolean }
