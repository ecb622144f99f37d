import { AwsError } from '../../kernel/aws-error.ts'
import type { Call } from '../../kernel/operation.ts'
import { type TagPair, tagList, tagMap } from '../tag-list.ts'

type Tags = Record<string, string>

/** A call of the owning service. */
export type TagCall = [operation: string, input: object]

/** How a service sets and removes tags of its own: operation and input. */
interface TagCalls {
  service: string
  set: (arn: string, tags: Tags, call: Call) => TagCall | Promise<TagCall>
  remove: (arn: string, keys: string[], call: Call) => TagCall | Promise<TagCall>
}

const last = (arn: string) => arn.slice(arn.lastIndexOf('/') + 1)
const queueUrl = (arn: string) => {
  const [, , , region, account, name] = arn.split(':')
  return `https://sqs.${region}.amazonaws.com/${account}/${name}`
}

/** By the service part of the ARN; input names as in each service's API reference. */
const owners: Record<string, TagCalls> = {
  ec2: {
    service: 'ec2',
    set: (arn, tags) => ['CreateTags', { Resources: [last(arn)], Tags: tagList(tags) }],
    remove: (arn, keys) => ['DeleteTags', { Resources: [last(arn)], Tags: keys.map((Key) => ({ Key })) }],
  },
  sqs: {
    service: 'sqs',
    set: (arn, Tags) => ['TagQueue', { QueueUrl: queueUrl(arn), Tags }],
    remove: (arn, TagKeys) => ['UntagQueue', { QueueUrl: queueUrl(arn), TagKeys }],
  },
  events: {
    service: 'events',
    set: (ResourceARN, tags) => ['TagResource', { ResourceARN, Tags: tagList(tags) }],
    remove: (ResourceARN, TagKeys) => ['UntagResource', { ResourceARN, TagKeys }],
  },
  cloudtrail: {
    service: 'cloudtrail',
    set: (ResourceId, tags) => ['AddTags', { ResourceId, TagsList: tagList(tags) }],
    remove: (ResourceId, keys) => ['RemoveTags', { ResourceId, TagsList: keys.map((Key) => ({ Key })) }],
  },
  logs: {
    service: 'logs',
    set: (resourceArn, tags) => ['TagResource', { resourceArn, tags }],
    remove: (resourceArn, tagKeys) => ['UntagResource', { resourceArn, tagKeys }],
  },
  cloudwatch: {
    service: 'monitoring',
    set: (ResourceARN, tags) => ['TagResource', { ResourceARN, Tags: tagList(tags) }],
    remove: (ResourceARN, TagKeys) => ['UntagResource', { ResourceARN, TagKeys }],
  },
  budgets: {
    service: 'budgets',
    set: (ResourceARN, tags) => ['TagResource', { ResourceARN, ResourceTags: tagList(tags) }],
    remove: (ResourceARN, ResourceTagKeys) => ['UntagResource', { ResourceARN, ResourceTagKeys }],
  },
  config: {
    service: 'config',
    set: (ResourceArn, tags) => ['TagResource', { ResourceArn, Tags: tagList(tags) }],
    remove: (ResourceArn, TagKeys) => ['UntagResource', { ResourceArn, TagKeys }],
  },
  kms: {
    service: 'kms',
    set: (KeyId, tags) => [
      'TagResource',
      { KeyId, Tags: Object.entries(tags).map(([TagKey, TagValue]) => ({ TagKey, TagValue })) },
    ],
    remove: (KeyId, TagKeys) => ['UntagResource', { KeyId, TagKeys }],
  },
  sagemaker: {
    service: 'sagemaker',
    set: (ResourceArn, tags) => ['AddTags', { ResourceArn, Tags: tagList(tags) }],
    remove: (ResourceArn, TagKeys) => ['DeleteTags', { ResourceArn, TagKeys }],
  },
  s3: {
    service: 's3',
    set: (arn, tags, call) => bucketTags(arn, (old) => ({ ...old, ...tags }), call),
    remove: (arn, keys, call) =>
      bucketTags(arn, (old) => Object.fromEntries(Object.entries(old).filter(([key]) => !keys.includes(key))), call),
  },
  secretsmanager: {
    service: 'secretsmanager',
    set: (SecretId, tags) => ['TagResource', { SecretId, Tags: tagList(tags) }],
    remove: (SecretId, TagKeys) => ['UntagResource', { SecretId, TagKeys }],
  },
}

/** S3 replaces a bucket's tags as a whole, so they are read first. */
async function bucketTags(arn: string, change: (tags: Tags) => Tags, call: Call): Promise<TagCall> {
  const Bucket = arn.split(':').at(-1)
  const TagSet = tagList(change(await currentTags(Bucket, call)))
  return TagSet.length > 0 ? ['PutBucketTagging', { Bucket, Tagging: { TagSet } }] : ['DeleteBucketTagging', { Bucket }]
}

async function currentTags(Bucket: string | undefined, call: Call): Promise<Tags> {
  try {
    const found = await call.invoke<{ TagSet: TagPair[] }>('s3', 'GetBucketTagging', { Bucket })
    return tagMap(found.TagSet)
  } catch (error) {
    if (error instanceof AwsError && error.code === 'NoSuchTagSet') return {}
    throw error
  }
}

export function tagCallsOf(arn: string): TagCalls {
  const owner = owners[arn.split(':')[2] ?? '']
  if (owner) return owner
  throw new AwsError('InvalidParameterException', `The sandbox's tagging API does not know resources such as ${arn}`)
}
