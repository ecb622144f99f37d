import type * as Organizations from '@aws-sdk/client-organizations'
import { type Call, operation } from '../../kernel/operation.ts'
import { demandManagement, onId, target } from './access.ts'
import { accounts, policies, units } from './state.ts'
import { tagMap } from './tag-map.ts'

function tagsOf(call: Call, id: string): Record<string, string> {
  demandManagement(call)
  return policies(call).get(id)?.tags ?? target(call, id).tags
}

function putTags(call: Call, id: string, tags: Record<string, string>): void {
  for (const table of [policies(call), units(call), accounts(call)] as ReturnType<typeof units>[]) {
    const row = table.get(id)
    if (row) table.put(id, { ...row, tags })
  }
}

export const tagResource = operation<Organizations.TagResourceRequest, object>({
  name: 'TagResource',
  access: (input, call) => [{ ...onId(call, 'TagResource', input.ResourceId ?? ''), requestTags: tagMap(input.Tags) }],
  handle: (input, call) => {
    const id = input.ResourceId ?? ''
    putTags(call, id, { ...tagsOf(call, id), ...tagMap(input.Tags) })
    return {}
  },
})

export const untagResource = operation<Organizations.UntagResourceRequest, object>({
  name: 'UntagResource',
  access: (input, call) => [{ ...onId(call, 'UntagResource', input.ResourceId ?? ''), tagKeys: input.TagKeys }],
  handle: (input, call) => {
    const id = input.ResourceId ?? ''
    const kept = Object.entries(tagsOf(call, id)).filter(([key]) => !input.TagKeys?.includes(key))
    putTags(call, id, Object.fromEntries(kept))
    return {}
  },
})

export const listTagsForResource = operation<
  Organizations.ListTagsForResourceRequest,
  Organizations.ListTagsForResourceResponse
>({
  name: 'ListTagsForResource',
  access: (input, call) => [onId(call, 'ListTagsForResource', input.ResourceId ?? '')],
  handle: (input, call) => ({
    Tags: Object.entries(tagsOf(call, input.ResourceId ?? '')).map(([Key, Value]) => ({ Key, Value })),
  }),
})
