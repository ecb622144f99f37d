import { bucketConfiguration } from './bucket-configuration.ts'
import { blockAll } from './public-access.ts'

export const publicAccessBlock = bucketConfiguration({
  kind: 'publicAccessBlock',
  member: 'PublicAccessBlockConfiguration',
  get: { name: 'GetPublicAccessBlock', action: 's3:GetBucketPublicAccessBlock' },
  put: { name: 'PutPublicAccessBlock', action: 's3:PutBucketPublicAccessBlock' },
  remove: { name: 'DeletePublicAccessBlock', action: 's3:PutBucketPublicAccessBlock' },
  missing: {
    code: 'NoSuchPublicAccessBlockConfiguration',
    message: 'The public access block configuration was not found',
  },
  store: (_bucket, given) => ({
    ...Object.fromEntries(Object.keys(blockAll).map((name) => [name, false])),
    ...given,
  }),
})
