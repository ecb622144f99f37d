import type {
  GetBucketVersioningOutput,
  GetBucketVersioningRequest,
  PutBucketVersioningRequest,
} from '@aws-sdk/client-s3'
import { operation } from '../../kernel/operation.ts'
import { bucketAccess } from './access.ts'
import { invalidBucketState, malformedXml, notImplemented } from './errors.ts'
import { buckets, openBucket } from './state.ts'

export const getBucketVersioning = operation<GetBucketVersioningRequest, GetBucketVersioningOutput>({
  name: 'GetBucketVersioning',
  access: (input, call) => [bucketAccess(call, input, 's3:GetBucketVersioning')],
  handle: (input, call) => {
    const { versioning } = openBucket(call, input)
    return versioning ? { Status: versioning } : {}
  },
})

export const putBucketVersioning = operation<PutBucketVersioningRequest, Record<string, never>>({
  name: 'PutBucketVersioning',
  access: (input, call) => [bucketAccess(call, input, 's3:PutBucketVersioning')],
  handle: (input, call) => {
    const bucket = openBucket(call, input)
    const { Status, MFADelete } = input.VersioningConfiguration ?? {}
    if (MFADelete === 'Enabled') throw notImplemented('x-amz-mfa')
    if (Status !== 'Enabled' && Status !== 'Suspended') throw malformedXml()
    if (bucket.objectLock && Status === 'Suspended')
      throw invalidBucketState(
        'An Object Lock configuration is present on this bucket, so the versioning state cannot be changed.',
      )
    buckets(call).put(bucket.name, { ...bucket, versioning: Status })
    return {}
  },
})
