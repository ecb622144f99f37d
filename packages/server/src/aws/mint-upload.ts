import { S3Client } from '@aws-sdk/client-s3'
import { createPresignedPost } from '@aws-sdk/s3-presigned-post'
import { uploadSessionPolicy } from '@uais/guardrails'
import type { AwsDoor } from './session.ts'

export interface UploadRequest {
  awsAccountId: string
  region: string
  externalId: string
  oid: string
  bucket: string
  key: string
  keyArn: string
  contentType: string
  /** The exact size that may be posted. */
  bytes: number
}

const grantSeconds = 900

/**
 * A grant to post one file of one size under one key, encrypted with the owner's key (Amazon S3 API Reference, "Creating
 * a POST policy"). The bytes go from the browser to the owner's bucket and never through us.
 */
export async function mintUpload(aws: AwsDoor, request: UploadRequest) {
  const account = { awsAccountId: request.awsAccountId, region: request.region }
  const session = await aws.enter({
    ...{ ...account, externalId: request.externalId },
    role: 'uais-mint',
    sourceIdentity: request.oid,
    ttlSeconds: grantSeconds,
    sessionPolicy: uploadSessionPolicy({ ...account, partition: aws.settings.partition }, request),
  })
  const now = Date.now()
  const { url, fields } = await createPresignedPost(session.client(S3Client), {
    Bucket: request.bucket,
    Key: request.key,
    Expires: grantSeconds,
    Conditions: [['content-length-range', request.bytes, request.bytes]],
    Fields: {
      'Content-Type': request.contentType,
      'x-amz-server-side-encryption': 'aws:kms',
      'x-amz-server-side-encryption-aws-kms-key-id': request.keyArn,
    },
  })
  return { url, fields, key: request.key, expiresAt: new Date(now + grantSeconds * 1000).toISOString() }
}
