import type {
  GetBucketLocationOutput,
  GetBucketLocationRequest,
  HeadBucketOutput,
  HeadBucketRequest,
} from '@aws-sdk/client-s3'
import { operation } from '../../kernel/operation.ts'
import { bucketAccess } from './access.ts'
import { bucketArn, openBucket } from './state.ts'

export const headBucket = operation<HeadBucketRequest, HeadBucketOutput>({
  name: 'HeadBucket',
  access: (input, call) => [bucketAccess(call, input, 's3:ListBucket')],
  handle: (input, call) => {
    const { name, region } = openBucket(call, input)
    return { BucketArn: bucketArn(call, name), BucketRegion: region, AccessPointAlias: false }
  },
})

/** us-east-1 is answered as no location. */
export const getBucketLocation = operation<GetBucketLocationRequest, GetBucketLocationOutput>({
  name: 'GetBucketLocation',
  access: (input, call) => [bucketAccess(call, input, 's3:GetBucketLocation')],
  handle: (input, call) => {
    const { region } = openBucket(call, input)
    return region === 'us-east-1' ? {} : { LocationConstraint: region as 'eu-west-1' }
  },
})
