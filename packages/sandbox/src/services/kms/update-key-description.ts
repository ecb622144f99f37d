import type { UpdateKeyDescriptionRequest } from '@aws-sdk/client-kms'
import { operation } from '../../kernel/operation.ts'
import { keyAccess } from './access.ts'
import { managedByAws } from './errors.ts'
import { findKey } from './find-key.ts'
import { demandNotPendingDeletion, putKey } from './state.ts'

export const updateKeyDescription = operation<UpdateKeyDescriptionRequest, Record<string, never>>({
  name: 'UpdateKeyDescription',
  access: (input, call) => [keyAccess(call, 'kms:UpdateKeyDescription', input.KeyId ?? '')],
  handle: (input, call) => {
    const key = findKey(call, input.KeyId ?? '')
    if (key.manager === 'AWS') throw managedByAws(key.arn, 'UpdateKeyDescription')
    demandNotPendingDeletion(key)
    putKey(call, { ...key, description: input.Description ?? '' })
    return {}
  },
})
