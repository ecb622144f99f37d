import { randomBytes } from 'node:crypto'
import type {
  DisableKeyRotationRequest,
  EnableKeyRotationRequest,
  GetKeyRotationStatusRequest,
  GetKeyRotationStatusResponse,
  ListKeyRotationsRequest,
  ListKeyRotationsResponse,
  RotateKeyOnDemandRequest,
  RotateKeyOnDemandResponse,
} from '@aws-sdk/client-kms'
import { operation } from '../../kernel/operation.ts'
import { keyAccess } from './access.ts'
import { managedByAws, validation } from './errors.ts'
import { findKey } from './find-key.ts'
import { demandEnabled, putKey } from './state.ts'

const day = 86_400_000
const defaultPeriod = 365

export const getKeyRotationStatus = operation<GetKeyRotationStatusRequest, GetKeyRotationStatusResponse>({
  name: 'GetKeyRotationStatus',
  access: (input, call) => [keyAccess(call, 'kms:GetKeyRotationStatus', input.KeyId ?? '')],
  handle: (input, call) => {
    const key = findKey(call, input.KeyId ?? '')
    if (!key.rotation) return { KeyRotationEnabled: false, KeyId: key.arn }
    const { periodInDays, enabledAt } = key.rotation
    const elapsed = Math.floor((call.now.getTime() - new Date(enabledAt).getTime()) / (periodInDays * day))
    return {
      KeyRotationEnabled: key.state !== 'PendingDeletion',
      KeyId: key.arn,
      RotationPeriodInDays: periodInDays,
      NextRotationDate: new Date(new Date(enabledAt).getTime() + (elapsed + 1) * periodInDays * day),
    }
  },
})

/** 90 to 2,560 days, 365 when not given (KMS API Reference, EnableKeyRotation). */
export const enableKeyRotation = operation<EnableKeyRotationRequest, Record<string, never>>({
  name: 'EnableKeyRotation',
  access: (input, call) => [
    keyAccess(call, 'kms:EnableKeyRotation', input.KeyId ?? '', {
      'kms:RotationPeriodInDays': input.RotationPeriodInDays,
    }),
  ],
  handle: (input, call) => {
    const key = findKey(call, input.KeyId ?? '')
    if (key.manager === 'AWS') throw managedByAws(key.arn, 'EnableKeyRotation')
    demandEnabled(key)
    const periodInDays = input.RotationPeriodInDays ?? key.rotation?.periodInDays ?? defaultPeriod
    if (periodInDays < 90 || periodInDays > 2560)
      throw validation('RotationPeriodInDays must be between 90 and 2560 (inclusive)')
    putKey(call, { ...key, rotation: { periodInDays, enabledAt: call.now.toISOString() } })
    return {}
  },
})

export const disableKeyRotation = operation<DisableKeyRotationRequest, Record<string, never>>({
  name: 'DisableKeyRotation',
  access: (input, call) => [keyAccess(call, 'kms:DisableKeyRotation', input.KeyId ?? '')],
  handle: (input, call) => {
    const { rotation, ...key } = findKey(call, input.KeyId ?? '')
    if (key.manager === 'AWS') throw managedByAws(key.arn, 'DisableKeyRotation')
    demandEnabled(key)
    if (rotation) putKey(call, key)
    return {}
  },
})

export const rotateKeyOnDemand = operation<RotateKeyOnDemandRequest, RotateKeyOnDemandResponse>({
  name: 'RotateKeyOnDemand',
  access: (input, call) => [keyAccess(call, 'kms:RotateKeyOnDemand', input.KeyId ?? '')],
  handle: (input, call) => {
    const key = findKey(call, input.KeyId ?? '')
    if (key.manager === 'AWS') throw managedByAws(key.arn, 'RotateKeyOnDemand')
    demandEnabled(key)
    const fresh = { key: randomBytes(32).toString('base64'), createdAt: call.now.toISOString() }
    putKey(call, { ...key, material: [...key.material, { ...fresh, rotation: 'ON_DEMAND' }] })
    return { KeyId: key.id }
  },
})

export const listKeyRotations = operation<ListKeyRotationsRequest, ListKeyRotationsResponse>({
  name: 'ListKeyRotations',
  access: (input, call) => [keyAccess(call, 'kms:ListKeyRotations', input.KeyId ?? '')],
  handle: (input, call) => {
    const key = findKey(call, input.KeyId ?? '')
    return {
      Rotations: key.material.slice(1).map((item) => ({
        KeyId: key.id,
        RotationDate: new Date(item.createdAt),
        ...(item.rotation ? { RotationType: item.rotation } : {}),
      })),
    }
  },
})
