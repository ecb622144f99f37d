import type { CORSConfiguration } from '@aws-sdk/client-s3'
import { bucketConfiguration } from './bucket-configuration.ts'
import { invalidRequest } from './errors.ts'

const methods = ['GET', 'PUT', 'POST', 'DELETE', 'HEAD']

export const bucketCors = bucketConfiguration({
  kind: 'cors',
  member: 'CORSConfiguration',
  get: { name: 'GetBucketCors', action: 's3:GetBucketCORS' },
  put: { name: 'PutBucketCors', action: 's3:PutBucketCORS' },
  remove: { name: 'DeleteBucketCors', action: 's3:PutBucketCORS' },
  missing: { code: 'NoSuchCORSConfiguration', message: 'The CORS configuration does not exist' },
  answer: (stored) => stored,
  store: (_bucket, given) => {
    for (const rule of (given as CORSConfiguration).CORSRules ?? []) {
      const odd = rule.AllowedMethods?.find((method) => !methods.includes(method))
      if (odd) throw invalidRequest(`Found unsupported HTTP method in CORS config. Unsupported method is ${odd}`)
      if (rule.AllowedOrigins?.some((origin) => origin.split('*').length > 2))
        throw invalidRequest('AllowedOrigin can not have more than one wildcard.')
    }
    return given
  },
})
