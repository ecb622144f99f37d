import type {
  DeleteBucketTaggingRequest,
  GetBucketTaggingOutput,
  GetBucketTaggingRequest,
  PutBucketTaggingRequest,
} from '@aws-sdk/client-s3'
import { operation } from '../../kernel/operation.ts'
import { tagList } from '../tag-list.ts'
import { bucketAccess } from './access.ts'
import { notConfigured } from './errors.ts'
import { buckets, openBucket } from './state.ts'
import { checkedTags } from './tags.ts'

const maxTags = 50

export const getBucketTagging = operation<GetBucketTaggingRequest, GetBucketTaggingOutput>({
  name: 'GetBucketTagging',
  access: (input, call) => [bucketAccess(call, input, 's3:GetBucketTagging')],
  handle: (input, call) => {
    const bucket = openBucket(call, input)
    if (!bucket.tags) throw notConfigured('NoSuchTagSet', 'The TagSet does not exist', bucket.name)
    return { TagSet: tagList(bucket.tags) }
  },
})

export const putBucketTagging = operation<PutBucketTaggingRequest, Record<string, never>>({
  name: 'PutBucketTagging',
  access: (input, call) => [bucketAccess(call, input, 's3:PutBucketTagging')],
  handle: (input, call) => {
    const bucket = openBucket(call, input)
    buckets(call).put(bucket.name, { ...bucket, tags: checkedTags(input.Tagging?.TagSet, maxTags) })
    return {}
  },
})

export const deleteBucketTagging = operation<DeleteBucketTaggingRequest, Record<string, never>>({
  name: 'DeleteBucketTagging',
  access: (input, call) => [bucketAccess(call, input, 's3:PutBucketTagging')],
  handle: (input, call) => {
    const { tags: _removed, ...bucket } = openBucket(call, input)
    buckets(call).put(bucket.name, bucket)
    return {}
  },
})
