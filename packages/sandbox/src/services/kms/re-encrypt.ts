import type { ReEncryptRequest, ReEncryptResponse } from '@aws-sdk/client-kms'
import { operation } from '../../kernel/operation.ts'
import { cryptoContext, keyAccess, keyCheck } from './access.ts'
import { open, seal } from './crypto.ts'
import { keyOfBlob } from './decrypt.ts'
import { dryRun, incorrectKey } from './errors.ts'
import { findKey } from './find-key.ts'
import { demandEnabled } from './state.ts'

export const reEncrypt = operation<ReEncryptRequest, ReEncryptResponse>({
  name: 'ReEncrypt',
  sensitive: ['CiphertextBlob'],
  access: (input, call) => {
    const source = keyOfBlob(call, input.CiphertextBlob)
    const same = { 'kms:ReEncryptOnSameKey': findKey(call, input.DestinationKeyId ?? '').arn === source.arn }
    return [
      keyCheck(call, 'kms:ReEncryptFrom', source, { ...cryptoContext(input.SourceEncryptionContext), ...same }),
      keyAccess(call, 'kms:ReEncryptTo', input.DestinationKeyId ?? '', {
        ...cryptoContext(input.DestinationEncryptionContext),
        ...same,
      }),
    ]
  },
  handle: (input, call) => {
    const source = keyOfBlob(call, input.CiphertextBlob)
    if (input.SourceKeyId !== undefined && findKey(call, input.SourceKeyId).arn !== source.arn) throw incorrectKey()
    const destination = findKey(call, input.DestinationKeyId ?? '')
    demandEnabled(source)
    demandEnabled(destination)
    const plaintext = open(source, input.CiphertextBlob as Uint8Array, input.SourceEncryptionContext)
    if (input.DryRun) throw dryRun()
    return {
      CiphertextBlob: seal(destination, plaintext, input.DestinationEncryptionContext),
      SourceKeyId: source.arn,
      KeyId: destination.arn,
      SourceEncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
      DestinationEncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
    }
  },
})
