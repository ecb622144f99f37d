import type { ListKeysRequest, ListKeysResponse } from '@aws-sdk/client-kms'
import { operation } from '../../kernel/operation.ts'
import { page } from '../page.ts'
import { invalidMarker } from './errors.ts'
import { isGone, keys } from './state.ts'

export const listKeys = operation<ListKeysRequest, ListKeysResponse>({
  name: 'ListKeys',
  access: () => [{ action: 'kms:ListKeys', resource: '*' }],
  handle: (input, call) => {
    const present = [...keys(call).values()]
      .filter((key) => !isGone(key, call.now))
      .sort((a, b) => (a.id < b.id ? -1 : 1))
    const { items, next } = page(present, (key) => key.id, input.Limit ?? 100, input.Marker, invalidMarker)
    return {
      Keys: items.map((key) => ({ KeyId: key.id, KeyArn: key.arn })),
      Truncated: next !== undefined,
      ...(next ? { NextMarker: next } : {}),
    }
  },
})
