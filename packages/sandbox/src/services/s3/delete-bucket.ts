import type { DeleteBucketRequest } from '@aws-sdk/client-s3'
import { AwsError } from '../../kernel/aws-error.ts'
import { operation } from '../../kernel/operation.ts'
import { bucketAccess } from './access.ts'
import { endUpload } from './multipart-upload.ts'
import { buckets, objects, openBucket, uploads } from './state.ts'

/** Versions and delete markers count as contents; unfinished uploads end with the bucket. */
export const deleteBucket = operation<DeleteBucketRequest, Record<string, never>>({
  name: 'DeleteBucket',
  access: (input, call) => [bucketAccess(call, input, 's3:DeleteBucket')],
  handle: (input, call) => {
    const bucket = openBucket(call, input)
    if (objects(call, bucket.name).size > 0)
      throw new AwsError(
        'BucketNotEmpty',
        bucket.versioning === undefined
          ? 'The bucket you tried to delete is not empty'
          : 'The bucket you tried to delete is not empty. You must delete all versions in the bucket.',
        409,
        { BucketName: bucket.name },
      )
    for (const upload of [...uploads(call, bucket.name).values()]) endUpload(call, bucket, upload)
    buckets(call).delete(bucket.name)
    return {}
  },
})
