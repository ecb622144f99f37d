import type { AccessCheck, Call } from '../../kernel/operation.ts'
import { policyDocument } from '../resource-policy.ts'
import { placeOf, type QueuePlace, queueArn, queues } from './state.ts'

/** Check on a queue with its tags and policy; a missing one is checked by its ARN alone. */
export function onPlace(action: string, place: QueuePlace, call: Call): AccessCheck {
  const row = queues(call, place.account).get(place.name)
  const policy = row?.attributes.Policy
  return {
    action: `sqs:${action}`,
    resource: queueArn(call, place),
    resourceAccount: place.account,
    resourceTags: row?.tags,
    ...(policy && { resourcePolicy: policyDocument(policy) }),
  }
}

export function onQueue(action: string, input: { QueueUrl?: string | undefined }, call: Call): AccessCheck[] {
  return [onPlace(action, placeOf(input.QueueUrl, call), call)]
}
