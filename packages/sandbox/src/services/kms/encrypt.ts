import type { EncryptRequest, EncryptResponse } from '@aws-sdk/client-kms'
import { operation } from '../../kernel/operation.ts'
import { cryptoContext, keyAccess } from './access.ts'
import { seal } from './crypto.ts'
import { dryRun, validation } from './errors.ts'
import { findKey } from './find-key.ts'
import { demandEnabled } from './state.ts'

/** At most 4,096 bytes of plaintext for a symmetric key (KMS API Reference, Encrypt). */
export const encrypt = operation<EncryptRequest, EncryptResponse>({
  name: 'Encrypt',
  sensitive: ['Plaintext'],
  access: (input, call) => [keyAccess(call, 'kms:Encrypt', input.KeyId ?? '', cryptoContext(input.EncryptionContext))],
  handle: (input, call) => {
    const key = findKey(call, input.KeyId ?? '')
    demandEnabled(key)
    const plaintext = input.Plaintext ?? new Uint8Array()
    if (plaintext.length < 1 || plaintext.length > 4096)
      throw validation("Value at 'plaintext' failed to satisfy constraint: Member must have length between 1 and 4096")
    if (input.DryRun) throw dryRun()
    return {
      CiphertextBlob: seal(key, plaintext, input.EncryptionContext),
      KeyId: key.arn,
      EncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
    }
  },
})
