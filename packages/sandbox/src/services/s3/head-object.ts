import type { HeadObjectRequest } from '@aws-sdk/client-s3'
import { operation } from '../../kernel/operation.ts'
import { readAccess } from './access.ts'
import { readBody } from './body.ts'
import { openReading, readingHeaders } from './read-object.ts'

/** HEAD is s3:GetObject; with checksums of an SSE-KMS object it is kms:Decrypt too (S3 API Reference, HeadObject). */
export const headObject = operation<HeadObjectRequest, object>({
  name: 'HeadObject',
  event: 'data',
  access: (input, call) => readAccess(call, input),
  handle: async (input, call) => {
    const reading = openReading(input, call, 'HEAD')
    if (input.ChecksumMode === 'ENABLED') await readBody(call, reading.bucket, reading.version.body)
    return readingHeaders(input, reading)
  },
})
