import { HeadBucketCommand, S3Client } from '@aws-sdk/client-s3'
import { headerOf, isRefused, orNone } from './aws-error.ts'
import type { AwsSession } from './session.ts'

/**
 * The region of a bucket, which S3 tells to whoever asks, be it with a refusal (Amazon S3 API Reference, "HeadBucket");
 * `nowhere`: there is no such bucket; undefined: S3 did not say.
 */
export async function bucketRegion(session: AwsSession, Bucket: string): Promise<string | undefined> {
  try {
    const found = await orNone(session.client(S3Client).send(new HeadBucketCommand({ Bucket })))
    return found ? found.BucketRegion : 'nowhere'
  } catch (error) {
    const told = headerOf(error, 'x-amz-bucket-region')
    if (told === undefined && !isRefused(error)) throw error
    return told
  }
}
