import type {
  DeleteObjectTaggingOutput,
  DeleteObjectTaggingRequest,
  GetObjectTaggingOutput,
  GetObjectTaggingRequest,
  PutObjectTaggingOutput,
  PutObjectTaggingRequest,
} from '@aws-sdk/client-s3'
import { operation } from '../../kernel/operation.ts'
import { tagList, tagMap } from '../tag-list.ts'
import { objectAccess, readAccess, versioned } from './access.ts'
import { changeVersion, openBucket, openVersion, versionHeader } from './state.ts'
import { checkedTags } from './tags.ts'
import { requestTagContext } from './write-object.ts'

const maxTags = 10

export const getObjectTagging = operation<GetObjectTaggingRequest, GetObjectTaggingOutput>({
  name: 'GetObjectTagging',
  event: 'data',
  access: (input, call) => readAccess(call, input, 's3:GetObjectTagging'),
  handle: (input, call) => {
    const bucket = openBucket(call, input)
    const version = openVersion(call, bucket.name, input.Key ?? '', input.VersionId)
    return { TagSet: tagList(version.tags), VersionId: versionHeader(bucket, version) }
  },
})

export const putObjectTagging = operation<PutObjectTaggingRequest, PutObjectTaggingOutput>({
  name: 'PutObjectTagging',
  event: 'data',
  access: (input, call) => [
    objectAccess(
      call,
      input,
      versioned(input, 's3:PutObjectTagging'),
      requestTagContext(tagMap(input.Tagging?.TagSet)),
    ),
  ],
  handle: (input, call) => {
    const bucket = openBucket(call, input)
    const key = input.Key ?? ''
    const version = openVersion(call, bucket.name, key, input.VersionId)
    changeVersion(call, bucket, key, { ...version, tags: checkedTags(input.Tagging?.TagSet, maxTags) })
    return { VersionId: versionHeader(bucket, version) }
  },
})

export const deleteObjectTagging = operation<DeleteObjectTaggingRequest, DeleteObjectTaggingOutput>({
  name: 'DeleteObjectTagging',
  event: 'data',
  access: (input, call) => [objectAccess(call, input, versioned(input, 's3:DeleteObjectTagging'))],
  handle: (input, call) => {
    const bucket = openBucket(call, input)
    const key = input.Key ?? ''
    const version = openVersion(call, bucket.name, key, input.VersionId)
    changeVersion(call, bucket, key, { ...version, tags: {} })
    return { VersionId: versionHeader(bucket, version) }
  },
})
