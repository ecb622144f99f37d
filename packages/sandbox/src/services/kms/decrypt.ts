import type { DecryptRequest, DecryptResponse } from '@aws-sdk/client-kms'
import type { Call } from '../../kernel/operation.ts'
import { operation } from '../../kernel/operation.ts'
import { cryptoContext, keyCheck } from './access.ts'
import { keyArnOf, open } from './crypto.ts'
import { dryRun, incorrectKey, invalidCiphertext } from './errors.ts'
import { findKey } from './find-key.ts'
import { demandEnabled, type KeyRow } from './state.ts'

/** The ciphertext names its key; a KeyId that is given must be that key (KMS API Reference, Decrypt). */
export const decrypt = operation<DecryptRequest, DecryptResponse>({
  name: 'Decrypt',
  sensitive: ['CiphertextBlob'],
  access: (input, call) => [
    keyCheck(call, 'kms:Decrypt', keyOfBlob(call, input.CiphertextBlob), cryptoContext(input.EncryptionContext)),
  ],
  handle: (input, call) => {
    const key = keyOfBlob(call, input.CiphertextBlob)
    if (input.KeyId !== undefined && findKey(call, input.KeyId).arn !== key.arn) throw incorrectKey()
    demandEnabled(key)
    const Plaintext = open(key, input.CiphertextBlob as Uint8Array, input.EncryptionContext)
    if (input.DryRun) throw dryRun()
    return { Plaintext, KeyId: key.arn, EncryptionAlgorithm: 'SYMMETRIC_DEFAULT' }
  },
})

/** The key that made `blob`; blobs made in another Region are unreadable here. */
export function keyOfBlob(call: Call, blob: Uint8Array | undefined): KeyRow {
  const arn = keyArnOf(blob ?? new Uint8Array())
  if (arn.split(':')[3] !== call.region) throw invalidCiphertext()
  return findKey(call, arn)
}
