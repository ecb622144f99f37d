import type { CreateBucketOutput, CreateBucketRequest } from '@aws-sdk/client-s3'
import { AwsError } from '../../kernel/aws-error.ts'
import type { Call } from '../../kernel/operation.ts'
import { operation } from '../../kernel/operation.ts'
import { tagMap } from '../tag-list.ts'
import { aclContext, demandOwnerOnly } from './acl.ts'
import { demandBucketName } from './bucket-name.ts'
import { accessDenied } from './errors.ts'
import { blockAll } from './public-access.ts'
import { type BucketRow, bucketArn, buckets } from './state.ts'
import { checkedTags } from './tags.ts'

export const createBucket = operation<CreateBucketRequest, CreateBucketOutput>({
  name: 'CreateBucket',
  access: (input, call) => {
    const tags = tagMap(input.CreateBucketConfiguration?.Tags)
    const arn = bucketArn(call, input.Bucket ?? '')
    const context = {
      ...aclContext(input),
      's3:locationconstraint': input.CreateBucketConfiguration?.LocationConstraint,
      's3:x-amz-object-ownership': input.ObjectOwnership,
    }
    const create = { action: 's3:CreateBucket', resource: arn, requestTags: tags, context }
    const also = (needed: boolean, action: string) => (needed ? [{ action, resource: arn, context }] : [])
    return [
      create,
      ...also(Object.keys(tags).length > 0, 's3:TagResource'),
      ...also(input.ObjectOwnership !== undefined, 's3:PutBucketOwnershipControls'),
      ...also(input.ObjectLockEnabledForBucket ?? false, 's3:PutBucketObjectLockConfiguration'),
      ...also(input.ObjectLockEnabledForBucket ?? false, 's3:PutBucketVersioning'),
    ]
  },
  handle: (input, call) => {
    const name = input.Bucket ?? ''
    demandBucketName(name)
    demandFree(call, name)
    const bucket = newBucket(call, input)
    if (input.ACL !== 'private') demandOwnerOnly(bucket, input)
    buckets(call).put(name, bucket)
    return { Location: `/${name}`, BucketArn: bucketArn(call, name) }
  },
})

/** Access control lists off, public access blocked (S3 User Guide, "Default settings for new S3 buckets"). */
function newBucket(call: Call, input: CreateBucketRequest): BucketRow {
  const tags = input.CreateBucketConfiguration?.Tags
  const lock = input.ObjectLockEnabledForBucket ?? false
  return {
    name: input.Bucket ?? '',
    account: accountOf(call),
    region: regionOf(call, input.CreateBucketConfiguration?.LocationConstraint),
    createdAt: call.now.toISOString(),
    objectLock: lock,
    ...(lock ? { versioning: 'Enabled' } : {}),
    ...(tags?.length ? { tags: checkedTags(tags, 50) } : {}),
    configurations: {
      publicAccessBlock: blockAll,
      ownership: { Rules: [{ ObjectOwnership: input.ObjectOwnership ?? 'BucketOwnerEnforced' }] },
    },
  }
}

/** A signer's Region and the asked location must agree; us-east-1 is the location that is not named. */
function regionOf(call: Call, location: string | undefined): string {
  if (call.region === 'us-east-1') return location === 'EU' ? 'eu-west-1' : (location ?? 'us-east-1')
  if (location === call.region || (location === 'EU' && call.region === 'eu-west-1')) return call.region
  const shown = location ?? 'unspecified'
  throw new AwsError(
    'IllegalLocationConstraintException',
    `The ${shown} location constraint is incompatible for the region specific endpoint this request was sent to.`,
    400,
  )
}

function demandFree(call: Call, name: string): void {
  const present = buckets(call).get(name)
  if (!present) return
  if (present.account === accountOf(call))
    throw new AwsError(
      'BucketAlreadyOwnedByYou',
      'Your previous request to create the named bucket succeeded and you already own it.',
      409,
      { BucketName: name },
    )
  throw new AwsError(
    'BucketAlreadyExists',
    'The requested bucket name is not available. The bucket namespace is shared by all users of the system. Please select a different name and try again.',
    409,
    { BucketName: name },
  )
}

function accountOf({ principal }: Call): string {
  if (principal.type === 'anonymous') throw accessDenied()
  return principal.type === 'service' ? principal.sourceAccount : principal.account
}
