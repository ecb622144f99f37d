import type {
  AddTagsInput,
  AddTagsOutput,
  DeleteTagsInput,
  DeleteTagsOutput,
  ListTagsInput,
  ListTagsOutput,
} from '@aws-sdk/client-sagemaker'
import type { Call } from '../../kernel/operation.ts'
import { operation } from '../../kernel/operation.ts'
import { tagList, tagMap } from '../tag-list.ts'
import { onResource } from './access.ts'
import { validation } from './errors.ts'
import { putTags, tagsOf } from './tag-store.ts'

function present(call: Call, arn: string): Record<string, string> {
  const tags = tagsOf(call, arn)
  if (!tags) throw validation(`Could not find resource with ARN ${arn}.`)
  return tags
}

export const addTags = operation<AddTagsInput, AddTagsOutput>({
  name: 'AddTags',
  access: (input, call) => [
    { ...onResource(call, 'AddTags', input.ResourceArn ?? ''), requestTags: tagMap(input.Tags) },
  ],
  handle: (input, call) => {
    const arn = input.ResourceArn ?? ''
    const tags = { ...present(call, arn), ...tagMap(input.Tags) }
    putTags(call, arn, tags)
    return { Tags: tagList(tags) }
  },
})

export const deleteTags = operation<DeleteTagsInput, DeleteTagsOutput>({
  name: 'DeleteTags',
  access: (input, call) => [
    { ...onResource(call, 'DeleteTags', input.ResourceArn ?? ''), tagKeys: input.TagKeys ?? [] },
  ],
  handle: (input, call) => {
    const arn = input.ResourceArn ?? ''
    const kept = Object.entries(present(call, arn)).filter(([key]) => !input.TagKeys?.includes(key))
    putTags(call, arn, Object.fromEntries(kept))
    return {}
  },
})

export const listTags = operation<ListTagsInput, ListTagsOutput>({
  name: 'ListTags',
  access: (input, call) => [onResource(call, 'ListTags', input.ResourceArn ?? '')],
  handle: (input, call) => ({ Tags: tagList(present(call, input.ResourceArn ?? '')) }),
})
