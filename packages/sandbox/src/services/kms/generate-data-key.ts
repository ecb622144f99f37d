import { randomBytes } from 'node:crypto'
import type {
  GenerateDataKeyRequest,
  GenerateDataKeyResponse,
  GenerateDataKeyWithoutPlaintextRequest,
  GenerateDataKeyWithoutPlaintextResponse,
} from '@aws-sdk/client-kms'
import { operation } from '../../kernel/operation.ts'
import { cryptoContext, keyAccess } from './access.ts'
import { seal } from './crypto.ts'
import { dryRun, validation } from './errors.ts'
import { findKey } from './find-key.ts'
import { demandEnabled } from './state.ts'

export const generateDataKey = operation<GenerateDataKeyRequest, GenerateDataKeyResponse>({
  name: 'GenerateDataKey',
  access: (input, call) => [
    keyAccess(call, 'kms:GenerateDataKey', input.KeyId ?? '', cryptoContext(input.EncryptionContext)),
  ],
  handle: (input, call) => {
    const key = findKey(call, input.KeyId ?? '')
    demandEnabled(key)
    const Plaintext = randomBytes(lengthOf(input))
    if (input.DryRun) throw dryRun()
    return { CiphertextBlob: seal(key, Plaintext, input.EncryptionContext), Plaintext, KeyId: key.arn }
  },
})

export const generateDataKeyWithoutPlaintext = operation<
  GenerateDataKeyWithoutPlaintextRequest,
  GenerateDataKeyWithoutPlaintextResponse
>({
  name: 'GenerateDataKeyWithoutPlaintext',
  access: (input, call) => [
    keyAccess(call, 'kms:GenerateDataKeyWithoutPlaintext', input.KeyId ?? '', cryptoContext(input.EncryptionContext)),
  ],
  handle: (input, call) => {
    const key = findKey(call, input.KeyId ?? '')
    demandEnabled(key)
    const dataKey = randomBytes(lengthOf(input))
    if (input.DryRun) throw dryRun()
    return { CiphertextBlob: seal(key, dataKey, input.EncryptionContext), KeyId: key.arn }
  },
})

/** Bytes of the data key: exactly one of KeySpec and NumberOfBytes names it. */
function lengthOf({ KeySpec, NumberOfBytes }: GenerateDataKeyRequest): number {
  if ((KeySpec === undefined) === (NumberOfBytes === undefined))
    throw validation('Please specify either number of bytes or key spec.')
  if (KeySpec !== undefined) return KeySpec === 'AES_128' ? 16 : 32
  return demandLength(NumberOfBytes)
}

/** 1 to 1,024 bytes. */
export function demandLength(length: number | undefined): number {
  if (length === undefined || length < 1 || length > 1024)
    throw validation("Value at 'numberOfBytes' failed to satisfy constraint: Member must be between 1 and 1024")
  return length
}
