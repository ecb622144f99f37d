import type {
  CancelKeyDeletionRequest,
  CancelKeyDeletionResponse,
  DisableKeyRequest,
  EnableKeyRequest,
  ScheduleKeyDeletionRequest,
  ScheduleKeyDeletionResponse,
} from '@aws-sdk/client-kms'
import type { Call } from '../../kernel/operation.ts'
import { operation } from '../../kernel/operation.ts'
import { keyAccess } from './access.ts'
import { keyNotPendingDeletion, managedByAws, validation } from './errors.ts'
import { findKey } from './find-key.ts'
import { demandNotPendingDeletion, type KeyRow, putKey } from './state.ts'

const day = 86_400_000

export const enableKey = operation<EnableKeyRequest, Record<string, never>>({
  name: 'EnableKey',
  access: (input, call) => [keyAccess(call, 'kms:EnableKey', input.KeyId ?? '')],
  handle: (input, call) => {
    const key = customerKey(call, input.KeyId, 'EnableKey')
    demandNotPendingDeletion(key)
    putKey(call, { ...key, state: 'Enabled' })
    return {}
  },
})

export const disableKey = operation<DisableKeyRequest, Record<string, never>>({
  name: 'DisableKey',
  access: (input, call) => [keyAccess(call, 'kms:DisableKey', input.KeyId ?? '')],
  handle: (input, call) => {
    const key = customerKey(call, input.KeyId, 'DisableKey')
    demandNotPendingDeletion(key)
    putKey(call, { ...key, state: 'Disabled' })
    return {}
  },
})

/** 7 to 30 days, 30 when not given (KMS API Reference, ScheduleKeyDeletion). */
export const scheduleKeyDeletion = operation<ScheduleKeyDeletionRequest, ScheduleKeyDeletionResponse>({
  name: 'ScheduleKeyDeletion',
  access: (input, call) => [
    keyAccess(call, 'kms:ScheduleKeyDeletion', input.KeyId ?? '', {
      'kms:ScheduleKeyDeletionPendingWindowInDays': input.PendingWindowInDays ?? 30,
    }),
  ],
  handle: (input, call) => {
    const key = customerKey(call, input.KeyId, 'ScheduleKeyDeletion')
    demandNotPendingDeletion(key)
    const days = input.PendingWindowInDays ?? 30
    if (days < 7 || days > 30) throw validation('PendingWindowInDays must be between 7 and 30 (inclusive)')
    const deletionDate = new Date(call.now.getTime() + days * day)
    putKey(call, { ...key, state: 'PendingDeletion', deletionDate: deletionDate.toISOString() })
    return { KeyId: key.arn, DeletionDate: deletionDate, KeyState: 'PendingDeletion', PendingWindowInDays: days }
  },
})

export const cancelKeyDeletion = operation<CancelKeyDeletionRequest, CancelKeyDeletionResponse>({
  name: 'CancelKeyDeletion',
  access: (input, call) => [keyAccess(call, 'kms:CancelKeyDeletion', input.KeyId ?? '')],
  handle: (input, call) => {
    const { deletionDate, ...key } = customerKey(call, input.KeyId, 'CancelKeyDeletion')
    if (deletionDate === undefined) throw keyNotPendingDeletion(key.arn)
    putKey(call, { ...key, state: 'Disabled' })
    return { KeyId: key.arn }
  },
})

/** AWS managed keys cannot be disabled or deleted by anyone in the account. */
function customerKey(call: Call, keyId: string | undefined, operationName: string): KeyRow {
  const key = findKey(call, keyId ?? '')
  if (key.manager === 'AWS') throw managedByAws(key.arn, operationName)
  return key
}
