import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge'
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  PutBucketNotificationConfigurationCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { accounts, startTestBench, type TestBench } from '../test-bench.ts'

let bench: TestBench
beforeAll(async () => {
  bench = await startTestBench()
})
afterAll(() => bench.stop())

const queueArn = `arn:aws:sqs:eu-west-1:${accounts.claims}:objects`

it('changes of objects reach a queue by the account’s event bus, once the bucket asks for it', async () => {
  const config = await bench.as('claims', 'admin')
  const s3 = new S3Client(config)
  const sqs = new SQSClient(config)
  const events = new EventBridgeClient(config)
  const statement = {
    Effect: 'Allow',
    Principal: { Service: 'events.amazonaws.com' },
    Action: 'sqs:SendMessage',
    Resource: queueArn,
  }
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [statement] })
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'objects', Attributes: { Policy } }))
  await events.send(new PutRuleCommand({ Name: 'objects', EventPattern: JSON.stringify({ source: ['aws.s3'] }) }))
  await events.send(new PutTargetsCommand({ Rule: 'objects', Targets: [{ Id: 'q', Arn: queueArn }] }))
  const Bucket = 'announcing'
  const CreateBucketConfiguration = { LocationConstraint: 'eu-west-1' as const }
  await s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration }))

  await s3.send(new PutObjectCommand({ Bucket, Key: 'unheard', Body: 'x' }))
  const NotificationConfiguration = { EventBridgeConfiguration: {} }
  await s3.send(new PutBucketNotificationConfigurationCommand({ Bucket, NotificationConfiguration }))
  await s3.send(new PutObjectCommand({ Bucket, Key: 'a/b', Body: 'data' }))
  await s3.send(new DeleteObjectCommand({ Bucket, Key: 'a/b' }))

  const seen: Record<string, unknown>[] = []
  while (seen.length < 2) {
    const { Messages } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 5 }),
    )
    if (!Messages) break
    for (const { Body } of Messages) seen.push(JSON.parse(Body ?? '{}'))
  }
  seen.sort((a, b) => String(a['detail-type']).localeCompare(String(b['detail-type'])))
  expect(seen).toMatchObject([
    {
      'detail-type': 'Object Created',
      account: accounts.claims,
      resources: ['arn:aws:s3:::announcing'],
      detail: { bucket: { name: Bucket }, object: { key: 'a/b', size: 4 }, reason: 'PutObject' },
    },
    { 'detail-type': 'Object Deleted', detail: { object: { key: 'a/b' }, 'deletion-type': 'Permanently Deleted' } },
  ])
})
