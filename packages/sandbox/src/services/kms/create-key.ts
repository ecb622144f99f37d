import { randomBytes, randomUUID } from 'node:crypto'
import type { CreateKeyRequest, CreateKeyResponse } from '@aws-sdk/client-kms'
import { operation } from '../../kernel/operation.ts'
import { callerContext } from './access.ts'
import { unsupported } from './errors.ts'
import { keyMetadata } from './key-metadata.ts'
import { checkKeyPolicy, defaultKeyPolicy } from './policy.ts'
import { type KeyRow, kmsArn, putKey } from './state.ts'
import { tagMap } from './tags.ts'

/** Symmetric keys made by KMS only: others are refused, not pretended. */
export const createKey = operation<CreateKeyRequest, CreateKeyResponse>({
  name: 'CreateKey',
  access: (input, call) => [
    {
      action: 'kms:CreateKey',
      resource: '*',
      requestTags: tagMap(input.Tags),
      context: {
        ...callerContext(call),
        'kms:BypassPolicyLockoutSafetyCheck': input.BypassPolicyLockoutSafetyCheck,
        'kms:KeyOrigin': input.Origin ?? 'AWS_KMS',
        'kms:KeySpec': specOf(input),
        'kms:KeyUsage': input.KeyUsage ?? 'ENCRYPT_DECRYPT',
        'kms:MultiRegion': input.MultiRegion ?? false,
      },
    },
  ],
  handle: (input, call) => {
    demandSymmetric(input)
    if (input.Policy !== undefined) checkKeyPolicy(call, input.Policy, input.BypassPolicyLockoutSafetyCheck ?? false)
    const id = randomUUID()
    const now = call.now.toISOString()
    const key: KeyRow = {
      id,
      account: call.account,
      region: call.region,
      arn: kmsArn(call, `key/${id}`),
      description: input.Description ?? '',
      state: 'Enabled',
      manager: 'CUSTOMER',
      createdAt: now,
      policy: input.Policy ?? defaultKeyPolicy(call),
      tags: tagMap(input.Tags),
      material: [{ key: randomBytes(32).toString('base64'), createdAt: now }],
    }
    putKey(call, key)
    return { KeyMetadata: keyMetadata(key) }
  },
})

function specOf(input: CreateKeyRequest): string {
  return input.KeySpec ?? input.CustomerMasterKeySpec ?? 'SYMMETRIC_DEFAULT'
}

function demandSymmetric(input: CreateKeyRequest): void {
  if (specOf(input) !== 'SYMMETRIC_DEFAULT')
    throw unsupported(`Key spec ${specOf(input)} is not supported by this sandbox; use SYMMETRIC_DEFAULT`)
  if ((input.KeyUsage ?? 'ENCRYPT_DECRYPT') !== 'ENCRYPT_DECRYPT')
    throw unsupported(`KeyUsage ${input.KeyUsage} is not compatible with KeySpec SYMMETRIC_DEFAULT`)
  if ((input.Origin ?? 'AWS_KMS') !== 'AWS_KMS' || input.MultiRegion || input.CustomKeyStoreId)
    throw unsupported('Imported, multi-Region and custom-store keys are not supported by this sandbox')
}
