import type {
  ListResourceTagsRequest,
  ListResourceTagsResponse,
  TagResourceRequest,
  UntagResourceRequest,
} from '@aws-sdk/client-kms'
import { AwsError } from '../../kernel/aws-error.ts'
import { operation } from '../../kernel/operation.ts'
import { keyAccess } from './access.ts'
import { managedByAws } from './errors.ts'
import { findKey } from './find-key.ts'
import { demandNotPendingDeletion, putKey } from './state.ts'
import { tagList, tagMap } from './tags.ts'

const maxTags = 50

export const listResourceTags = operation<ListResourceTagsRequest, ListResourceTagsResponse>({
  name: 'ListResourceTags',
  access: (input, call) => [keyAccess(call, 'kms:ListResourceTags', input.KeyId ?? '')],
  handle: (input, call) => ({ Tags: tagList(findKey(call, input.KeyId ?? '').tags) }),
})

export const tagResource = operation<TagResourceRequest, Record<string, never>>({
  name: 'TagResource',
  access: (input, call) => [
    { ...keyAccess(call, 'kms:TagResource', input.KeyId ?? ''), requestTags: tagMap(input.Tags) },
  ],
  handle: (input, call) => {
    const key = findKey(call, input.KeyId ?? '')
    if (key.manager === 'AWS') throw managedByAws(key.arn, 'TagResource')
    demandNotPendingDeletion(key)
    const tags = { ...key.tags, ...tagMap(input.Tags) }
    if (Object.keys(tags).length > maxTags) throw new AwsError('LimitExceededException', 'Too many tags')
    if (Object.keys(tags).some((name) => /^aws:/i.test(name)))
      throw new AwsError('TagException', 'Tags beginning with aws: are reserved')
    putKey(call, { ...key, tags })
    return {}
  },
})

export const untagResource = operation<UntagResourceRequest, Record<string, never>>({
  name: 'UntagResource',
  access: (input, call) => [
    { ...keyAccess(call, 'kms:UntagResource', input.KeyId ?? ''), tagKeys: input.TagKeys ?? [] },
  ],
  handle: (input, call) => {
    const key = findKey(call, input.KeyId ?? '')
    if (key.manager === 'AWS') throw managedByAws(key.arn, 'UntagResource')
    demandNotPendingDeletion(key)
    const tags = Object.fromEntries(Object.entries(key.tags).filter(([name]) => !input.TagKeys?.includes(name)))
    putKey(call, { ...key, tags })
    return {}
  },
})
