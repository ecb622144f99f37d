import type {
  DeleteBucketPolicyRequest,
  GetBucketPolicyOutput,
  GetBucketPolicyRequest,
  GetBucketPolicyStatusOutput,
  GetBucketPolicyStatusRequest,
  PutBucketPolicyRequest,
} from '@aws-sdk/client-s3'
import { operation } from '../../kernel/operation.ts'
import { policyDocument } from '../resource-policy.ts'
import { bucketAccess } from './access.ts'
import { checkBucketPolicy } from './check-bucket-policy.ts'
import { accessDenied, notConfigured } from './errors.ts'
import { callerName } from './owner.ts'
import { isPublicPolicy, publicAccessBlockOf } from './public-access.ts'
import { type BucketRow, bucketArn, buckets, openBucket } from './state.ts'

const missing = (bucket: BucketRow) =>
  notConfigured('NoSuchBucketPolicy', 'The bucket policy does not exist', bucket.name)

export const getBucketPolicy = operation<GetBucketPolicyRequest, GetBucketPolicyOutput>({
  name: 'GetBucketPolicy',
  access: (input, call) => [bucketAccess(call, input, 's3:GetBucketPolicy')],
  handle: (input, call) => {
    const bucket = openBucket(call, input)
    if (bucket.policy === undefined) throw missing(bucket)
    return { Policy: bucket.policy }
  },
})

export const putBucketPolicy = operation<PutBucketPolicyRequest, Record<string, never>>({
  name: 'PutBucketPolicy',
  access: (input, call) => [bucketAccess(call, input, 's3:PutBucketPolicy')],
  handle: (input, call) => {
    const bucket = openBucket(call, input)
    const policy = input.Policy ?? ''
    const document = checkBucketPolicy(call, bucket, policy)
    if (publicAccessBlockOf(bucket).BlockPublicPolicy && isPublicPolicy(document))
      throw accessDenied(
        `User: ${callerName(call)} is not authorized to perform: s3:PutBucketPolicy on resource: "${bucketArn(call, bucket.name)}" because public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access.`,
      )
    buckets(call).put(bucket.name, { ...bucket, policy })
    return {}
  },
})

export const deleteBucketPolicy = operation<DeleteBucketPolicyRequest, Record<string, never>>({
  name: 'DeleteBucketPolicy',
  access: (input, call) => [bucketAccess(call, input, 's3:DeleteBucketPolicy')],
  handle: (input, call) => {
    const { policy: _removed, ...bucket } = openBucket(call, input)
    buckets(call).put(bucket.name, bucket)
    return {}
  },
})

export const getBucketPolicyStatus = operation<GetBucketPolicyStatusRequest, GetBucketPolicyStatusOutput>({
  name: 'GetBucketPolicyStatus',
  access: (input, call) => [bucketAccess(call, input, 's3:GetBucketPolicyStatus')],
  handle: (input, call) => {
    const bucket = openBucket(call, input)
    if (bucket.policy === undefined) throw missing(bucket)
    return { PolicyStatus: { IsPublic: isPublicPolicy(policyDocument(bucket.policy)) } }
  },
})
