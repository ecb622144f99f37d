import type { AddTagsRequest, ListTagsRequest, ListTagsResponse, RemoveTagsRequest } from '@aws-sdk/client-cloudtrail'
import { operation } from '../../kernel/operation.ts'
import { tagList, tagMap } from '../tag-list.ts'
import { onTrail } from './access.ts'
import { findTrail, trails } from './state.ts'

export const addTags = operation<AddTagsRequest, void>({
  name: 'AddTags',
  access: (input, call) => [{ ...onTrail('AddTags', input.ResourceId, call), requestTags: tagMap(input.TagsList) }],
  handle: (input, call) => {
    const trail = findTrail(call, input.ResourceId)
    trails(call, trail.account).put(trail.name, { ...trail, tags: { ...trail.tags, ...tagMap(input.TagsList) } })
  },
})

export const removeTags = operation<RemoveTagsRequest, void>({
  name: 'RemoveTags',
  access: (input, call) => [
    { ...onTrail('RemoveTags', input.ResourceId, call), tagKeys: (input.TagsList ?? []).map((tag) => tag.Key ?? '') },
  ],
  handle: (input, call) => {
    const trail = findTrail(call, input.ResourceId)
    const left = Object.entries(trail.tags).filter(([key]) => !input.TagsList?.some((tag) => tag.Key === key))
    trails(call, trail.account).put(trail.name, { ...trail, tags: Object.fromEntries(left) })
  },
})

export const listTags = operation<ListTagsRequest, ListTagsResponse>({
  name: 'ListTags',
  access: (input, call) => (input.ResourceIdList ?? []).map((id) => onTrail('ListTags', id, call)),
  handle: (input, call) => ({
    ResourceTagList: (input.ResourceIdList ?? []).map((ResourceId) => ({
      ResourceId,
      TagsList: tagList(findTrail(call, ResourceId).tags),
    })),
  }),
})
