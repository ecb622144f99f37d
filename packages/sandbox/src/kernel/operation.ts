import type { Decision, KmsGrant, PolicyDocument } from '@uais/iam'
import type { Principal } from './principal.ts'
import type { ServiceEvent } from './service.ts'
import type { Table } from './table.ts'

/**
 * One AWS operation: what it needs permission for, and what it does. One small file each,
 * `services/<service>/<operation-name>.ts`, listed in that service's `service.ts`.
 *
 * `access` runs before `handle`; every check must be allowed. It has no default on purpose: an operation
 * that needs no permission (sts:GetCallerIdentity) says so by returning [].
 */
export interface Operation<Input = never, Output = unknown> {
  readonly name: string
  readonly access: (input: Input, call: Call) => readonly AccessCheck[]
  readonly handle: (input: Input, call: Call) => Output | Promise<Output>
  /** CloudTrail category; `data` events are recorded only where a trail selects them. Default `management`. */
  readonly event?: 'management' | 'data'
  /** Names of input members that CloudTrail must not record (secrets, bodies). */
  readonly sensitive?: readonly string[]
}

/** One question to IAM. Global keys (aws:PrincipalArn, aws:RequestedRegion, ...) are added by the kernel. */
export interface AccessCheck {
  /** `service:Action` of the Service Authorization Reference, which is not always the operation's name. */
  action: string
  /** Full ARN of the resource, or `*` where the action has no resource type. */
  resource: string
  /** Who asks, where that is not the call's principal: the identity provider behind a web identity. */
  principal?: Principal
  /** Account that owns the resource; default: the caller's. */
  resourceAccount?: string
  /** Present tags of the resource: aws:ResourceTag/*. */
  resourceTags?: Readonly<Record<string, string>> | undefined
  /** Tags in the request: aws:RequestTag/* and aws:TagKeys. */
  requestTags?: Readonly<Record<string, string>> | undefined
  /** Keys to be removed: aws:TagKeys. */
  tagKeys?: readonly string[] | undefined
  resourcePolicy?: PolicyDocument | undefined
  kmsGrants?: readonly KmsGrant[] | undefined
  /** Service condition keys, e.g. { 'sagemaker:VpcSubnets': [...] }. Leave absent keys out. */
  context?: Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>
}

/** Where a call comes from: a workload in a VPC passes an endpoint; a laptop does not. */
export interface CallOrigin {
  sourceIp: string
  vpcId?: string | undefined
  vpcEndpointId?: string | undefined
  secure: boolean
}

/** Raw request for the few handlers that need it (S3 bodies, presigned URLs). */
export interface HttpDetails {
  method: string
  path: string
  query: URLSearchParams
  headers: Readonly<Record<string, string>>
  body: Buffer
}

/** What a handler is given. Handlers keep no state of their own: everything is in tables. */
export interface Call {
  readonly requestId: string
  readonly service: string
  readonly operation: string
  readonly partition: string
  readonly region: string
  /** Account whose resources the call works in: the caller's, except for cross-account S3 and the like. */
  readonly account: string
  readonly principal: Principal
  readonly origin: CallOrigin
  /** Service through which the call comes (`s3.eu-west-1.amazonaws.com`), from `InvokeAs.via`: kms:ViaService. */
  readonly via?: string | undefined
  readonly http?: HttpDetails | undefined
  readonly now: Date
  /** Rows of one kind in this call's service, account and region. Writes are journaled when the call succeeds
   * and undone when it fails. Rows must be JSON values; store times as ISO 8601 strings. */
  table<Row extends object>(kind: string, scope?: TableScope): Table<Row>
  /** A fresh unpredictable id: `id(17)` → 17 lower-case hex characters. */
  id(length: number): string
  /** Content-addressed bytes on disk, for S3 objects and artifacts. */
  readonly blobs: Blobs
  /** Calls another operation as `principal`: authorised, recorded and journaled as if it came over the wire. */
  invoke<Output = unknown>(service: string, operation: string, input: object, as?: InvokeAs): Promise<Output>
  /** What IAM would decide, without acting on it. Default: for the call's principal. */
  decide(check: AccessCheck, principal?: Principal): Decision
  /** Session of a role that an AWS service assumes for its work; checks the role's trust policy. */
  assumeAsService(roleArn: string, service: string, session: ServiceSession): Promise<Principal>
  /** Puts a service event on the account's default event bus once the call has succeeded. */
  emit(event: ServiceEvent): void
  /** Runs `work` after the answer was sent, as part of the sandbox's own activity; see `Service.resume`.
   * Every write of such work is kept at once, and its `invoke`s are calls of their own. */
  afterwards(work: (call: Call) => Promise<void>): void
  /** Accounts and regions in which a service has rows of a kind; for work that goes over all of them. */
  scopes(kind: string, service?: string): { account: string; region: string }[]
  /** How long an asynchronous resource stays in its pending state, in milliseconds. */
  readonly settleMs: number
}

export interface InvokeAs {
  principal?: Principal
  origin?: CallOrigin
  account?: string
  region?: string
  /** aws:ViaAWSService / aws:CalledVia for forward access sessions. */
  via?: string
}

export interface ServiceSession {
  sessionName: string
  sourceIdentity?: string | undefined
  sourceArn?: string | undefined
  /** Lifetime; default 12 hours. */
  seconds?: number
  /** Where the session's credentials are used from: a VPC endpoint, for a workload in a VPC. Default: the wire. */
  origin?: CallOrigin | undefined
}

export interface TableScope {
  service?: string
  account?: string
  region?: string
}

export interface Blobs {
  put(bytes: Uint8Array): { id: string; bytes: number; md5: string; sha256: string }
  get(id: string): Buffer
  delete(id: string): void
}

/** Typed helper so that a file reads `export const createRole = operation<CreateRoleRequest, CreateRoleResponse>({...})`. */
export function operation<Input, Output>(definition: Operation<Input, Output>): Operation<Input, Output> {
  return definition
}
