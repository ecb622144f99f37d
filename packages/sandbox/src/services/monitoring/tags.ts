import type {
  ListTagsForResourceInput,
  ListTagsForResourceOutput,
  TagResourceInput,
  UntagResourceInput,
} from '@aws-sdk/client-cloudwatch'
import { AwsError } from '../../kernel/aws-error.ts'
import { type Call, operation } from '../../kernel/operation.ts'
import { tagList, tagMap } from '../tag-list.ts'
import { onAlarm } from './alarms.ts'
import { type AlarmRow, alarms } from './state.ts'

function nameOf(arn: string | undefined): string {
  const [, name] = /^arn:[^:]+:cloudwatch:[^:]+:\d{12}:alarm:(.+)$/.exec(arn ?? '') ?? []
  if (!name) throw new AwsError('InvalidParameterValue', `The sandbox tags alarms only: ${arn} is not the ARN of one.`)
  return name
}

function find(arn: string | undefined, call: Call): AlarmRow {
  const row = alarms(call).get(nameOf(arn))
  if (!row) throw new AwsError('ResourceNotFoundException', `Resource ${arn} does not exist.`, 404)
  return row
}

export const tagResource = operation<TagResourceInput, void>({
  name: 'TagResource',
  access: (input, call) => [
    { ...onAlarm('TagResource', nameOf(input.ResourceARN), call), requestTags: tagMap(input.Tags) },
  ],
  handle: (input, call) => {
    const row = find(input.ResourceARN, call)
    alarms(call).put(row.AlarmName, { ...row, tags: { ...row.tags, ...tagMap(input.Tags) } })
  },
})

export const untagResource = operation<UntagResourceInput, void>({
  name: 'UntagResource',
  access: (input, call) => [{ ...onAlarm('UntagResource', nameOf(input.ResourceARN), call), tagKeys: input.TagKeys }],
  handle: (input, call) => {
    const row = find(input.ResourceARN, call)
    const left = Object.entries(row.tags).filter(([key]) => !input.TagKeys?.includes(key))
    alarms(call).put(row.AlarmName, { ...row, tags: Object.fromEntries(left) })
  },
})

export const listTagsForResource = operation<ListTagsForResourceInput, ListTagsForResourceOutput>({
  name: 'ListTagsForResource',
  access: (input, call) => [onAlarm('ListTagsForResource', nameOf(input.ResourceARN), call)],
  handle: (input, call) => ({ Tags: tagList(find(input.ResourceARN, call).tags) }),
})
