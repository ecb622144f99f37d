import { AwsError } from '../../kernel/aws-error.ts'
import type { Call, InvokeAs } from '../../kernel/operation.ts'
import type { TrailRow } from './state.ts'

/** CloudTrail writes as its service principal on behalf of the trail: aws:SourceArn is the trail's ARN. */
export function asTrail(trail: TrailRow): InvokeAs {
  return {
    principal: {
      type: 'service',
      service: 'cloudtrail.amazonaws.com',
      sourceAccount: trail.account,
      sourceArn: trail.arn,
    },
    origin: { sourceIp: 'cloudtrail.amazonaws.com', secure: true },
    account: trail.account,
    region: trail.homeRegion,
  }
}

/** Headers that CloudTrail sends with every file (CloudTrail User Guide, "Amazon S3 bucket policy for CloudTrail"). */
export async function putFile(trail: TrailRow, key: string, body: Buffer, call: Call): Promise<void> {
  const encryption = trail.kmsKeyId
    ? { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: trail.kmsKeyId }
    : { ServerSideEncryption: 'AES256' }
  const input = {
    Bucket: trail.bucket,
    Key: key,
    Body: body,
    ACL: 'bucket-owner-full-control',
    ContentType: 'application/json',
    ContentEncoding: 'gzip',
    ...encryption,
  }
  await call.invoke('s3', 'PutObject', input, asTrail(trail))
}

/** `[prefix/]AWSLogs/[o-ORG/]ACCOUNT/` (CloudTrail User Guide, "Finding your CloudTrail log files"). */
export function accountPath(trail: TrailRow, account: string, organizationId: string | undefined): string {
  const parts = [trail.prefix, 'AWSLogs', trail.organization ? organizationId : undefined, account]
  return `${parts.filter((part) => part).join('/')}/`
}

/**
 * Asks the bucket and the key as CloudTrail would: reads the bucket's ACL and writes the empty folder object that
 * CloudTrail leaves behind. What they refuse becomes CloudTrail's own error.
 */
export async function checkDestination(trail: TrailRow, organizationId: string | undefined, call: Call): Promise<void> {
  try {
    await call.invoke('s3', 'GetBucketAcl', { Bucket: trail.bucket }, asTrail(trail))
    await putFile(trail, `${accountPath(trail, trail.account, organizationId)}CloudTrail/`, Buffer.alloc(0), call)
  } catch (error) {
    if (!(error instanceof AwsError)) throw error
    throw destinationError(trail, error)
  }
}

function destinationError(trail: TrailRow, error: AwsError): AwsError {
  if (error.code === 'NoSuchBucket')
    return new AwsError('S3BucketDoesNotExistException', `S3 bucket ${trail.bucket} does not exist!`)
  if (/^KMS\.|NotFoundException|Disabled|InvalidState/.test(error.code))
    return new AwsError('KmsKeyNotFoundException', `KMS key with id: ${trail.kmsKeyId} can not be found or used.`)
  if (/kms:/.test(error.message))
    return new AwsError(
      'InsufficientEncryptionPolicyException',
      `Insufficient permissions to access S3 bucket ${trail.bucket} or KMS key ${trail.kmsKeyId}.`,
    )
  if (/AccessDenied/.test(error.code))
    return new AwsError(
      'InsufficientS3BucketPolicyException',
      `Incorrect S3 bucket policy is detected for bucket: ${trail.bucket}`,
    )
  return error
}
