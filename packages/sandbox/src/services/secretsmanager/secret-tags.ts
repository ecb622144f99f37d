import type { TagResourceRequest, UntagResourceRequest } from '@aws-sdk/client-secrets-manager'
import { AwsError } from '../../kernel/aws-error.ts'
import { operation } from '../../kernel/operation.ts'
import { tagMap } from '../tag-list.ts'
import { secretAccess } from './access.ts'
import { invalidParameter } from './errors.ts'
import { openLiveSecret, putSecret } from './state.ts'

const maxTags = 50

export const tagResource = operation<TagResourceRequest, Record<string, never>>({
  name: 'TagResource',
  access: (input, call) => [
    { ...secretAccess(call, 'secretsmanager:TagResource', input.SecretId), requestTags: tagMap(input.Tags) },
  ],
  handle: (input, call) => {
    const secret = openLiveSecret(call, input.SecretId)
    const added = tagMap(input.Tags)
    if (Object.keys(added).some((name) => /^aws:/i.test(name)))
      throw invalidParameter('Tag keys beginning with aws: are reserved.')
    const tags = { ...secret.tags, ...added }
    if (Object.keys(tags).length > maxTags)
      throw new AwsError('LimitExceededException', 'The request would exceed the limit of 50 tags for a secret.')
    putSecret(call, { ...secret, tags })
    return {}
  },
})

export const untagResource = operation<UntagResourceRequest, Record<string, never>>({
  name: 'UntagResource',
  access: (input, call) => [
    { ...secretAccess(call, 'secretsmanager:UntagResource', input.SecretId), tagKeys: input.TagKeys ?? [] },
  ],
  handle: (input, call) => {
    const secret = openLiveSecret(call, input.SecretId)
    const tags = Object.fromEntries(Object.entries(secret.tags).filter(([name]) => !input.TagKeys?.includes(name)))
    putSecret(call, { ...secret, tags })
    return {}
  },
})
