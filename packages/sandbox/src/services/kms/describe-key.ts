import type { DescribeKeyRequest, DescribeKeyResponse } from '@aws-sdk/client-kms'
import { operation } from '../../kernel/operation.ts'
import { keyAccess } from './access.ts'
import { findKey } from './find-key.ts'
import { keyMetadata } from './key-metadata.ts'

export const describeKey = operation<DescribeKeyRequest, DescribeKeyResponse>({
  name: 'DescribeKey',
  access: (input, call) => [keyAccess(call, 'kms:DescribeKey', input.KeyId ?? '')],
  handle: (input, call) => ({ KeyMetadata: keyMetadata(findKey(call, input.KeyId ?? '')) }),
})
