import type { OwnershipControls } from '@aws-sdk/client-s3'
import { bucketConfiguration } from './bucket-configuration.ts'
import { malformedXml } from './errors.ts'
import type { BucketRow } from './state.ts'

export const bucketOwnership = bucketConfiguration({
  kind: 'ownership',
  member: 'OwnershipControls',
  get: { name: 'GetBucketOwnershipControls', action: 's3:GetBucketOwnershipControls' },
  put: { name: 'PutBucketOwnershipControls', action: 's3:PutBucketOwnershipControls' },
  remove: { name: 'DeleteBucketOwnershipControls', action: 's3:PutBucketOwnershipControls' },
  missing: { code: 'OwnershipControlsNotFoundError', message: 'The bucket ownership controls were not found' },
  store: (_bucket, given) => {
    if ((given as OwnershipControls).Rules?.length !== 1) throw malformedXml()
    return given
  },
})

/** Whether access control lists are off, as they are by default (S3 User Guide, "Controlling ownership of objects"). */
export function aclsAreDisabled(bucket: BucketRow): boolean {
  const controls = bucket.configurations.ownership as OwnershipControls | undefined
  return controls?.Rules?.[0]?.ObjectOwnership === 'BucketOwnerEnforced'
}
