import { CloudTrailClient, DescribeTrailsCommand, ListTagsCommand } from '@aws-sdk/client-cloudtrail'
import {
  CloudWatchLogsClient,
  DescribeLogGroupsCommand,
  ListTagsForResourceCommand,
} from '@aws-sdk/client-cloudwatch-logs'
import { GetBucketTaggingCommand, HeadBucketCommand, S3Client } from '@aws-sdk/client-s3'
import { GetQueueUrlCommand, ListQueueTagsCommand, SQSClient } from '@aws-sdk/client-sqs'
import { awsErrorCode, orNone, orRefused } from '../aws-error.ts'
import { type Finder, isOurs, nameOf, stackTag, tagValue } from './finder.ts'

/**
 * A bucket gets its tags in a second call, so one without tags may be ours; its name holds the account's id and
 * the call names the owner, so nobody else's can be meant.
 */
export const bucket: Finder = async (session, wanted) => {
  const name = nameOf(wanted, 'bucket')
  if (!name) return undefined
  const s3 = session.client(S3Client)
  const mine = { Bucket: name, ExpectedBucketOwner: session.accountId }
  // A stranger's bucket of that name answers 403: it is not ours, and creating ours says so clearly.
  if (!(await orNone(orRefused(s3.send(new HeadBucketCommand(mine)))))) return undefined
  const tags = await s3.send(new GetBucketTaggingCommand(mine)).catch((error: unknown) => {
    if (awsErrorCode(error) === 'NoSuchTagSet') return { TagSet: [] }
    throw error
  })
  const owner = tagValue(tags.TagSet, stackTag)
  return owner === wanted.stackKey || (owner === undefined && name.includes(session.accountId)) ? name : undefined
}

export const logGroup: Finder = async (session, wanted) => {
  const name = nameOf(wanted)
  if (!name) return undefined
  const logs = session.client(CloudWatchLogsClient)
  const page = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: name }))
  const arn = page.logGroups?.find((group) => group.logGroupName === name)?.arn?.replace(/:\*$/, '')
  if (!arn) return undefined
  const { tags } = await logs.send(new ListTagsForResourceCommand({ resourceArn: arn }))
  return tags?.[stackTag] === wanted.stackKey ? name : undefined
}

export const queue: Finder = async (session, wanted) => {
  const name = nameOf(wanted)
  if (!name) return undefined
  const sqs = session.client(SQSClient)
  const found = await orNone(sqs.send(new GetQueueUrlCommand({ QueueName: name })))
  if (!found?.QueueUrl) return undefined
  const { Tags: tags } = await sqs.send(new ListQueueTagsCommand({ QueueUrl: found.QueueUrl }))
  return tags?.[stackTag] === wanted.stackKey ? found.QueueUrl : undefined
}

export const trail: Finder = async (session, wanted) => {
  const name = nameOf(wanted)
  if (!name) return undefined
  const cloudtrail = session.client(CloudTrailClient)
  const { trailList } = await cloudtrail.send(
    new DescribeTrailsCommand({ trailNameList: [name], includeShadowTrails: false }),
  )
  const arn = trailList?.[0]?.TrailARN
  if (!arn) return undefined
  const tags = await cloudtrail.send(new ListTagsCommand({ ResourceIdList: [arn] }))
  return isOurs(tags.ResourceTagList?.[0]?.TagsList, wanted) ? arn : undefined
}
