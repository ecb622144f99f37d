import type { HttpAnswer, HttpRequest } from '../wire/http-message.ts'
import type { CallRecord } from './call-record.ts'
import type { Credential } from './credentials.ts'
import type { Call, CallOrigin, Operation } from './operation.ts'
import type { Principal } from './principal.ts'

/** One AWS service of the sandbox: `services/<service>/service.ts` exports one. */
export interface Service {
  /** Signing name in the credential scope: `iam`, `s3`, `sagemaker`, `monitoring`, `events`, `logs`, ... */
  readonly name: string
  /** File of `models/` that describes its wire format. */
  readonly model: string
  /** Where rows live: once per account (`iam`), once for all (`s3` buckets, `organizations`), or per region. */
  readonly scope: 'account' | 'global' | 'region'
  // biome-ignore lint/suspicious/noExplicitAny: operations differ in their input and output types
  readonly operations: readonly Operation<any, any>[]
  /** Called once at start, after the journal was read: pick up unfinished work (training jobs, deliveries). */
  resume?(call: Call): Promise<void>
  /** Sees every record before its call is answered (CloudTrail, EventBridge); what it writes is kept with the call.
   * `call` is in the record's account and region. Be quick: slow work goes to `call.afterwards`. */
  onRecord?(record: CallRecord, call: Call): void | Promise<void>
  /** Publishes service events: see `emit` in call-record.ts. */
  onEvent?(event: ServiceEvent, call: Call): void | Promise<void>
  /** Requests that no model describes (S3's form uploads, CORS preflights). Undefined: go on as usual. */
  raw?(request: HttpRequest, door: RawDoor): Promise<HttpAnswer | undefined>
  /** Adds headers to an answer of whatever outcome before it is sent (S3's CORS headers). Must not throw. */
  decorate?(request: HttpRequest, answer: HttpAnswer, door: RawDoor): Promise<void>
  /** Resources of the call's account and region with their tags, for the Resource Groups Tagging API. The call is
   * not one of this service: tables need their scope's `service`. */
  tagged?(call: Call): readonly TaggedResource[]
}

export interface TaggedResource {
  arn: string
  tags: Readonly<Record<string, string>>
}

/** What a raw hook may do besides answering. */
export interface RawDoor {
  readonly now: Date
  /** The credential behind an access key, to verify a signature with. */
  credential(accessKeyId: string): Credential | undefined
  /** Runs `work` as a call of the service by `principal`; its writes are kept when it succeeds. */
  run<Output>(as: RawCaller, work: (call: Call) => Promise<Output>): Promise<Output>
}

interface RawCaller {
  principal: Principal
  region: string
  request: HttpRequest
  /** Where the work is done, if not where the request came from: code in Studio runs in the domain's VPC. */
  origin?: CallOrigin | undefined
}

/** Pages that the sandbox serves for a browser under a path of its own, e.g. Studio. Buckets cannot be named so. */
export interface Page {
  /** Starts with `/_`. */
  readonly prefix: string
  /** The service whose page it is: calls run in its name. */
  readonly service: string
  handle(request: HttpRequest, door: RawDoor): Promise<HttpAnswer>
}

/** An event that a service puts on the account's default event bus, e.g. "SageMaker Training Job State Change". */
export interface ServiceEvent {
  source: string
  detailType: string
  account: string
  region: string
  resources: string[]
  detail: Record<string, unknown>
}
