import type {
  AddTagsToResourceRequest,
  ListTagsForResourceRequest,
  ListTagsForResourceResult,
  RemoveTagsFromResourceRequest,
} from '@aws-sdk/client-ssm'
import { AwsError } from '../../kernel/aws-error.ts'
import type { Call } from '../../kernel/operation.ts'
import { operation } from '../../kernel/operation.ts'
import { tagList, tagMap } from '../tag-list.ts'
import { parameterAccess } from './access.ts'
import { invalidResourceId, validation } from './errors.ts'
import { findParameter, type ParameterRow, parseReference, putParameterRow } from './state.ts'

const maxTags = 50

export const addTagsToResource = operation<AddTagsToResourceRequest, Record<string, never>>({
  name: 'AddTagsToResource',
  access: (input, call) => [
    { ...parameterAccess(call, 'ssm:AddTagsToResource', input.ResourceId), requestTags: tagMap(input.Tags) },
  ],
  handle: (input, call) => {
    const parameter = taggable(call, input)
    const added = tagMap(input.Tags)
    if (Object.keys(added).some((name) => /^aws:/i.test(name)))
      throw validation('aws: prefixed tag key names are not allowed for external use.')
    const tags = { ...parameter.tags, ...added }
    if (Object.keys(tags).length > maxTags)
      throw new AwsError('TooManyTagsError', 'The Targets parameter includes too many tags.')
    putParameterRow(call, { ...parameter, tags })
    return {}
  },
})

export const removeTagsFromResource = operation<RemoveTagsFromResourceRequest, Record<string, never>>({
  name: 'RemoveTagsFromResource',
  access: (input, call) => [
    { ...parameterAccess(call, 'ssm:RemoveTagsFromResource', input.ResourceId), tagKeys: input.TagKeys ?? [] },
  ],
  handle: (input, call) => {
    const parameter = taggable(call, input)
    const tags = Object.fromEntries(Object.entries(parameter.tags).filter(([name]) => !input.TagKeys?.includes(name)))
    putParameterRow(call, { ...parameter, tags })
    return {}
  },
})

export const listTagsForResource = operation<ListTagsForResourceRequest, ListTagsForResourceResult>({
  name: 'ListTagsForResource',
  access: (input, call) => [parameterAccess(call, 'ssm:ListTagsForResource', input.ResourceId)],
  handle: (input, call) => ({ TagList: tagList(taggable(call, input).tags) }),
})

/** The sandbox has no other resource of Systems Manager than parameters. */
function taggable(
  call: Call,
  input: { ResourceType: string | undefined; ResourceId: string | undefined },
): ParameterRow {
  if (input.ResourceType !== 'Parameter')
    throw new AwsError('InvalidResourceType', 'The resource type is not valid. This sandbox tags parameters only.')
  const parameter = findParameter(call, parseReference(call, input.ResourceId ?? ''))
  if (!parameter) throw invalidResourceId()
  return parameter
}
