import type {
  ListTagsForResourceRequest,
  ListTagsForResourceResponse,
  TagResourceRequest,
  UntagResourceRequest,
} from '@aws-sdk/client-config-service'
import { AwsError } from '../../kernel/aws-error.ts'
import { type Call, operation } from '../../kernel/operation.ts'
import { tagList, tagMap } from '../tag-list.ts'
import { type ConfigRuleRow, configRules, onRule, ruleArn } from './state.ts'

function peek(arn: string | undefined, call: Call): ConfigRuleRow | undefined {
  return [...configRules(call).values()].find((row) => ruleArn(call, row.id) === arn)
}

function find(arn: string | undefined, call: Call): ConfigRuleRow {
  const row = peek(arn, call)
  if (!row) throw new AwsError('ResourceNotFoundException', `ResourceArn '${arn}' does not exist`)
  return row
}

export const tagResource = operation<TagResourceRequest, void>({
  name: 'TagResource',
  access: (input, call) => [
    { ...onRule('TagResource', peek(input.ResourceArn, call)?.name, call), requestTags: tagMap(input.Tags) },
  ],
  handle: (input, call) => {
    const row = find(input.ResourceArn, call)
    configRules(call).put(row.name, { ...row, tags: { ...row.tags, ...tagMap(input.Tags) } })
  },
})

export const untagResource = operation<UntagResourceRequest, void>({
  name: 'UntagResource',
  access: (input, call) => [
    { ...onRule('UntagResource', peek(input.ResourceArn, call)?.name, call), tagKeys: input.TagKeys },
  ],
  handle: (input, call) => {
    const row = find(input.ResourceArn, call)
    const left = Object.entries(row.tags).filter(([key]) => !input.TagKeys?.includes(key))
    configRules(call).put(row.name, { ...row, tags: Object.fromEntries(left) })
  },
})

export const listTagsForResource = operation<ListTagsForResourceRequest, ListTagsForResourceResponse>({
  name: 'ListTagsForResource',
  access: (input, call) => [onRule('ListTagsForResource', peek(input.ResourceArn, call)?.name, call)],
  handle: (input, call) => ({ Tags: tagList(find(input.ResourceArn, call).tags) }),
})
