import type { Tag } from '@aws-sdk/client-sagemaker'
import type { Call } from '../../kernel/operation.ts'
import type { TaggedResource } from '../../kernel/service.ts'
import { tagMap } from '../tag-list.ts'
import { validation } from './errors.ts'

interface TagRow {
  tags: Record<string, string>
}

/** SageMaker AI Developer Guide, "Add tags": at most 50 tags for a resource, automatic ones included. */
const tagLimit = 50

const table = (call: Call) => call.table<TagRow>('Tags', { service: 'sagemaker' })

/** Tags of a resource, or undefined when there is no such resource. */
export function tagsOf(call: Call, arn: string): Record<string, string> | undefined {
  return table(call).get(arn)?.tags
}

/** Every resource has a row of tags, be it empty; that is how AddTags knows what exists. */
export function putTags(call: Call, arn: string, tags: Record<string, string>) {
  if (Object.keys(tags).length > tagLimit)
    throw validation(`The number of tags for the resource ${arn} exceeds the limit of ${tagLimit}.`)
  table(call).put(arn, { tags })
}

export function createTags(
  call: Call,
  arn: string,
  tags: readonly Tag[] | undefined,
  automatic: Record<string, string>,
) {
  putTags(call, arn, { ...tagMap(tags), ...automatic })
}

export function forgetTags(call: Call, arn: string) {
  table(call).delete(arn)
}

/** For the Resource Groups Tagging API. */
export function taggedResources(call: Call): TaggedResource[] {
  return [...table(call).entries()].map(([arn, { tags }]) => ({ arn, tags }))
}
