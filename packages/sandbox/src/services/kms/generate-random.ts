import { randomBytes } from 'node:crypto'
import type { GenerateRandomRequest, GenerateRandomResponse } from '@aws-sdk/client-kms'
import { operation } from '../../kernel/operation.ts'
import { demandLength } from './generate-data-key.ts'

export const generateRandom = operation<GenerateRandomRequest, GenerateRandomResponse>({
  name: 'GenerateRandom',
  access: () => [{ action: 'kms:GenerateRandom', resource: '*' }],
  handle: (input) => ({ Plaintext: randomBytes(demandLength(input.NumberOfBytes)) }),
})
