import type { NamedDocument, ProofPrincipal, ProofRequest } from '../bundle.ts'
import type { Candidate } from '../world.ts'
import type { When } from './question.ts'

/** A boundary that a principal has. Without a document it allows everything, whoever made it so. */
interface Boundary {
  readonly arn: string | undefined
  readonly document: NamedDocument | undefined
}

/** A user or role of the account that one may become: one that is there, or one that could be created. */
export interface Target {
  readonly arn: string
  readonly kind: 'role' | 'user'
  readonly tags: Readonly<Record<string, string>>
  readonly documents: readonly NamedDocument[]
  readonly boundary: NamedDocument | undefined
  /** The principal of the bundle and how it acts; absent for a name that is free. */
  readonly listed?: { readonly principal: ProofPrincipal; readonly candidate: Candidate }
}

/** What somebody made of a target's policies, by which requests. */
export interface Power {
  /** `own`: its policies as they were; `everything`: a policy that allows all was added. */
  readonly grants: 'own' | 'everything'
  /** Policies that were attached besides. */
  readonly added: readonly NamedDocument[]
  /** Of the target's documents, by index, those that still bind. */
  readonly kept: readonly number[]
  readonly boundary: Boundary | undefined
  readonly steps: readonly ProofRequest[]
}

export function targetOf(principal: ProofPrincipal, candidate: Candidate): Target | undefined {
  const { arn, tags = {}, identityPolicies, permissionsBoundary } = principal
  const kind = kindOf(arn)
  if (!kind) return undefined
  const boundary = permissionsBoundary ?? undefined
  return { arn, kind, tags, documents: identityPolicies, boundary, listed: { principal, candidate } }
}

function kindOf(arn: string): Target['kind'] | undefined {
  const kind = /^arn:[^:]+:iam::\d{12}:(role|user)\//.exec(arn)?.[1]
  return kind as Target['kind'] | undefined
}

/** The target as it is. */
export function ownPower(target: Target): Power {
  const kept = target.documents.map((_, index) => index)
  return { grants: 'own', added: [], kept, boundary: boundaryAtFirst(target), steps: [] }
}

export function boundaryAtFirst({ boundary }: Target): Boundary | undefined {
  return boundary && { arn: boundary.arn, document: boundary }
}

/**
 * That iam:PermissionsBoundary is what the target has: IAM puts the boundary that is attached into requests that change
 * the policies of a principal (Service Authorization Reference, "Condition keys for AWS Identity and Access Management").
 */
export function withBoundary(boundary: Boundary | undefined): NonNullable<When> {
  if (!boundary) return { Null: { 'iam:PermissionsBoundary': 'true' } }
  return boundary.arn ? { StringEquals: { 'iam:PermissionsBoundary': boundary.arn } } : {}
}

/** One of IAM's twin actions: `Put` and `Policy` make iam:PutRolePolicy of a role and iam:PutUserPolicy of a user. */
export function iamAction({ kind }: Target, verb: string, object: string): string {
  return `iam:${verb}${kind === 'role' ? 'Role' : 'User'}${object}`
}
