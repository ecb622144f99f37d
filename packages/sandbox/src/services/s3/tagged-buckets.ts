import type { Call } from '../../kernel/operation.ts'
import type { TaggedResource } from '../../kernel/service.ts'
import { bucketArn, buckets } from './state.ts'

/** The account's buckets in a region, for the Resource Groups Tagging API. */
export function taggedBuckets(call: Call): TaggedResource[] {
  return [...buckets(call).values()]
    .filter((bucket) => bucket.account === call.account && bucket.region === call.region)
    .map((bucket) => ({ arn: bucketArn(call, bucket.name), tags: bucket.tags ?? {} }))
}
