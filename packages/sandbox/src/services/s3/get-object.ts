import type { GetObjectRequest } from '@aws-sdk/client-s3'
import { operation } from '../../kernel/operation.ts'
import { readAccess } from './access.ts'
import { readBody } from './body.ts'
import { openReading, readingHeaders } from './read-object.ts'

export const getObject = operation<GetObjectRequest, object>({
  name: 'GetObject',
  event: 'data',
  access: (input, call) => readAccess(call, input),
  handle: async (input, call) => {
    const reading = openReading(input, call, 'GET')
    const { bucket, version, range } = reading
    const bytes = await readBody(call, bucket, version.body)
    return { ...readingHeaders(input, reading), Body: range ? bytes.subarray(range.first, range.last + 1) : bytes }
  },
})
