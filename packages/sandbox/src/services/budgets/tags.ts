import type {
  ListTagsForResourceRequest,
  ListTagsForResourceResponse,
  TagResourceRequest,
  UntagResourceRequest,
} from '@aws-sdk/client-budgets'
import { AwsError } from '../../kernel/aws-error.ts'
import { type Call, operation } from '../../kernel/operation.ts'
import { tagList, tagMap } from '../tag-list.ts'
import { findAction, onAction, putAction } from './action-state.ts'
import { budgets, findBudget, onBudget } from './state.ts'

/** A budget, or one of its actions: both carry tags. */
function tagged(arn: string | undefined, call: Call) {
  const [, name, id] = /^arn:[^:]+:budgets::\d{12}:budget\/([^/]+)(?:\/action\/([^/]+))?$/.exec(arn ?? '') ?? []
  if (!name) throw new AwsError('NotFoundException', `Unable to find resource: ${arn}`)
  if (id !== undefined)
    return {
      access: (operation: string) => onAction(operation, name, id, call),
      tags: () => findAction(call, name, id).tags,
      put: (tags: Record<string, string>) => putAction(call, { ...findAction(call, name, id), tags }),
    }
  return {
    access: (operation: string) => onBudget(operation, name, call),
    tags: () => findBudget(call, name).tags,
    put: (tags: Record<string, string>) => budgets(call).put(name, { ...findBudget(call, name), tags }),
  }
}

export const tagResource = operation<TagResourceRequest, void>({
  name: 'TagResource',
  access: (input, call) => [
    { ...tagged(input.ResourceARN, call).access('TagResource'), requestTags: tagMap(input.ResourceTags) },
  ],
  handle: (input, call) => {
    const resource = tagged(input.ResourceARN, call)
    resource.put({ ...resource.tags(), ...tagMap(input.ResourceTags) })
  },
})

export const untagResource = operation<UntagResourceRequest, void>({
  name: 'UntagResource',
  access: (input, call) => [
    { ...tagged(input.ResourceARN, call).access('UntagResource'), tagKeys: input.ResourceTagKeys },
  ],
  handle: (input, call) => {
    const resource = tagged(input.ResourceARN, call)
    const left = Object.entries(resource.tags()).filter(([key]) => !input.ResourceTagKeys?.includes(key))
    resource.put(Object.fromEntries(left))
  },
})

export const listTagsForResource = operation<ListTagsForResourceRequest, ListTagsForResourceResponse>({
  name: 'ListTagsForResource',
  access: (input, call) => [tagged(input.ResourceARN, call).access('ListTagsForResource')],
  handle: (input, call) => ({ ResourceTags: tagList(tagged(input.ResourceARN, call).tags()) }),
})
