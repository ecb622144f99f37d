import type { CallRecord } from './call-record.ts'
import type { Call, Operation } from './operation.ts'

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
  /** Sees every recorded call after it was answered (CloudTrail delivery, EventBridge). */
  onRecord?(record: CallRecord, call: Call): void | Promise<void>
  /** Publishes service events: see `emit` in call-record.ts. */
  onEvent?(event: ServiceEvent, call: Call): void | Promise<void>
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
