import type { ListKeysRequest, ListKeysResponse } from '@aws-sdk/client-kms'
import { operation } from '../../kernel/operation.ts'
import { isGone, keys } from './state.ts'

export const listKeys = operation<ListKeysRequest, ListKeysResponse>({
  name: 'ListKeys',
  access: () => [{ action: 'kms:ListKeys', resource: '*' }],
  handle: (_input, call) => ({
    Keys: [...keys(call).values()]
      .filter((key) => !isGone(key, call.now))
      .map((key) => ({ KeyId: key.id, KeyArn: key.arn })),
  }),
})
