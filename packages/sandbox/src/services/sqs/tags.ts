import type { ListQueueTagsRequest, ListQueueTagsResult, TagQueueRequest, UntagQueueRequest } from '@aws-sdk/client-sqs'
import { AwsError } from '../../kernel/aws-error.ts'
import { operation } from '../../kernel/operation.ts'
import { onQueue } from './access.ts'
import { findQueue, placeOf, queues } from './state.ts'

export const tagQueue = operation<TagQueueRequest, void>({
  name: 'TagQueue',
  access: (input, call) => onQueue('TagQueue', input, call).map((check) => ({ ...check, requestTags: input.Tags })),
  handle: (input, call) => {
    const place = placeOf(input.QueueUrl, call)
    const row = findQueue(call, place)
    const tags = { ...row.tags, ...input.Tags }
    if (Object.keys(tags).length > 50)
      throw new AwsError('InvalidParameterValue', `Too many tags added for queue ${place.name}.`)
    queues(call, place.account).put(place.name, { ...row, tags })
  },
})

export const untagQueue = operation<UntagQueueRequest, void>({
  name: 'UntagQueue',
  access: (input, call) => onQueue('UntagQueue', input, call).map((check) => ({ ...check, tagKeys: input.TagKeys })),
  handle: (input, call) => {
    const place = placeOf(input.QueueUrl, call)
    const row = findQueue(call, place)
    const left = Object.entries(row.tags).filter(([key]) => !input.TagKeys?.includes(key))
    queues(call, place.account).put(place.name, { ...row, tags: Object.fromEntries(left) })
  },
})

export const listQueueTags = operation<ListQueueTagsRequest, ListQueueTagsResult>({
  name: 'ListQueueTags',
  access: (input, call) => onQueue('ListQueueTags', input, call),
  handle: (input, call) => ({ Tags: findQueue(call, placeOf(input.QueueUrl, call)).tags }),
})
