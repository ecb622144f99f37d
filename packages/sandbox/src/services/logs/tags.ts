import type {
  ListTagsForResourceRequest,
  ListTagsForResourceResponse,
  ListTagsLogGroupRequest,
  ListTagsLogGroupResponse,
  TagResourceRequest,
  UntagResourceRequest,
} from '@aws-sdk/client-cloudwatch-logs'
import { operation } from '../../kernel/operation.ts'
import { onGroup, onGroupArn } from './access.ts'
import { findGroup, groupName, logGroups } from './state.ts'

export const tagResource = operation<TagResourceRequest, void>({
  name: 'TagResource',
  access: (input, call) => [
    { ...onGroupArn('TagResource', groupName(input.resourceArn), call), requestTags: input.tags },
  ],
  handle: (input, call) => {
    const row = findGroup(call, groupName(input.resourceArn))
    logGroups(call).put(row.name, { ...row, tags: { ...row.tags, ...input.tags } })
  },
})

export const untagResource = operation<UntagResourceRequest, void>({
  name: 'UntagResource',
  access: (input, call) => [
    { ...onGroupArn('UntagResource', groupName(input.resourceArn), call), tagKeys: input.tagKeys },
  ],
  handle: (input, call) => {
    const row = findGroup(call, groupName(input.resourceArn))
    const left = Object.entries(row.tags).filter(([key]) => !input.tagKeys?.includes(key))
    logGroups(call).put(row.name, { ...row, tags: Object.fromEntries(left) })
  },
})

export const listTagsForResource = operation<ListTagsForResourceRequest, ListTagsForResourceResponse>({
  name: 'ListTagsForResource',
  access: (input, call) => [onGroupArn('ListTagsForResource', groupName(input.resourceArn), call)],
  handle: (input, call) => ({ tags: findGroup(call, groupName(input.resourceArn)).tags }),
})

export const listTagsLogGroup = operation<ListTagsLogGroupRequest, ListTagsLogGroupResponse>({
  name: 'ListTagsLogGroup',
  access: (input, call) => [onGroup('ListTagsLogGroup', input.logGroupName, call)],
  handle: (input, call) => ({ tags: findGroup(call, input.logGroupName).tags }),
})
