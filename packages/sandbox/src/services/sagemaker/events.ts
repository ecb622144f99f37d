import type { Call } from '../../kernel/operation.ts'

/** "SageMaker X State Change" (SageMaker AI Developer Guide, "Events that SageMaker sends to Amazon EventBridge"). */
export type StateChange = 'Training Job' | 'Model Package' | 'Endpoint' | 'Notebook Instance'

/** Puts a state change on the account's default bus; `detail` is what Describe answers, in AWS's member names. */
export function emitStateChange(call: Call, change: StateChange, arn: string, detail: object) {
  call.emit({
    source: 'aws.sagemaker',
    detailType: `SageMaker ${change} State Change`,
    account: call.account,
    region: call.region,
    resources: [arn],
    detail: withEpochTimes(detail) as Record<string, unknown>,
  })
}

/** SageMaker's events hold times as milliseconds since 1970. */
function withEpochTimes(value: unknown, name = ''): unknown {
  if (typeof value === 'string' && /Time$/.test(name)) return new Date(value).getTime()
  if (Array.isArray(value)) return value.map((item) => withEpochTimes(item))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withEpochTimes(item, key)]))
}
