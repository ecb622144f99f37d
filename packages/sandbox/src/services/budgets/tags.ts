import type {
  ListTagsForResourceRequest,
  ListTagsForResourceResponse,
  TagResourceRequest,
  UntagResourceRequest,
} from '@aws-sdk/client-budgets'
import { AwsError } from '../../kernel/aws-error.ts'
import { operation } from '../../kernel/operation.ts'
import { tagList, tagMap } from '../tag-list.ts'
import { budgets, findBudget, onBudget } from './state.ts'

function nameOf(arn: string | undefined): string {
  const [, name] = /^arn:[^:]+:budgets::\d{12}:budget\/([^/]+)$/.exec(arn ?? '') ?? []
  if (!name) throw new AwsError('NotFoundException', `Unable to find resource: ${arn}`)
  return name
}

export const tagResource = operation<TagResourceRequest, void>({
  name: 'TagResource',
  access: (input, call) => [
    { ...onBudget('TagResource', nameOf(input.ResourceARN), call), requestTags: tagMap(input.ResourceTags) },
  ],
  handle: (input, call) => {
    const row = findBudget(call, nameOf(input.ResourceARN))
    budgets(call).put(row.name, { ...row, tags: { ...row.tags, ...tagMap(input.ResourceTags) } })
  },
})

export const untagResource = operation<UntagResourceRequest, void>({
  name: 'UntagResource',
  access: (input, call) => [
    { ...onBudget('UntagResource', nameOf(input.ResourceARN), call), tagKeys: input.ResourceTagKeys },
  ],
  handle: (input, call) => {
    const row = findBudget(call, nameOf(input.ResourceARN))
    const left = Object.entries(row.tags).filter(([key]) => !input.ResourceTagKeys?.includes(key))
    budgets(call).put(row.name, { ...row, tags: Object.fromEntries(left) })
  },
})

export const listTagsForResource = operation<ListTagsForResourceRequest, ListTagsForResourceResponse>({
  name: 'ListTagsForResource',
  access: (input, call) => [onBudget('ListTagsForResource', nameOf(input.ResourceARN), call)],
  handle: (input, call) => ({ ResourceTags: tagList(findBudget(call, nameOf(input.ResourceARN)).tags) }),
})
