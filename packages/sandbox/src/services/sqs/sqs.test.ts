import { CreateKeyCommand, KMSClient } from '@aws-sdk/client-kms'
import {
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListQueuesCommand,
  ListQueueTagsCommand,
  PurgeQueueCommand,
  type QueueAttributeName,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
  SQSClient,
  TagQueueCommand,
  UntagQueueCommand,
} from '@aws-sdk/client-sqs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { refusal, startTestBench, type TestBench } from '../test-bench.ts'

let bench: TestBench
let sqs: SQSClient

beforeAll(async () => {
  bench = await startTestBench()
  sqs = new SQSClient(await bench.as('claims', 'admin'))
})
afterAll(() => bench.stop())

const queue = async (QueueName: string, Attributes: Record<string, string> = {}) =>
  (await sqs.send(new CreateQueueCommand({ QueueName, Attributes }))).QueueUrl as string
const attribute = async (QueueUrl: string, name: QueueAttributeName) =>
  (await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }))).Attributes?.[name]
const send = (QueueUrl: string, MessageBody: string) => sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }))
const receive = (QueueUrl: string, more: object = {}) => sqs.send(new ReceiveMessageCommand({ QueueUrl, ...more }))

describe('queues', () => {
  it('are made once, found by name and served at the address of the sandbox', async () => {
    const url = await queue('once', { VisibilityTimeout: '60' })
    expect(url).toBe(`${bench.sandbox.url}/300000000003/once`)
    expect(await queue('once', { VisibilityTimeout: '60' })).toBe(url)
    expect(await refusal(queue('once', { VisibilityTimeout: '61' }))).toMatchObject({ code: 'QueueNameExists' })
    expect((await sqs.send(new GetQueueUrlCommand({ QueueName: 'once' }))).QueueUrl).toBe(url)
    expect((await sqs.send(new ListQueuesCommand({ QueueNamePrefix: 'on' }))).QueueUrls).toEqual([url])
    expect(await attribute(url, 'QueueArn')).toBe('arn:aws:sqs:eu-west-1:300000000003:once')
    await sqs.send(new DeleteQueueCommand({ QueueUrl: url }))
    expect(await refusal(sqs.send(new GetQueueUrlCommand({ QueueName: 'once' })))).toEqual({
      code: 'QueueDoesNotExist',
      status: 400,
      message: 'The specified queue does not exist.',
    })
  })

  it('refuse wrong names, wrong attributes and FIFO', async () => {
    expect(await refusal(queue('not a name'))).toMatchObject({ code: 'InvalidParameterValue' })
    expect(await refusal(queue('bad', { VisibilityTimeout: '43201' }))).toMatchObject({ code: 'InvalidAttributeValue' })
    expect(await refusal(queue('bad', { DeduplicationScope: 'queue' }))).toMatchObject({ code: 'InvalidAttributeName' })
    expect(await refusal(queue('bad', { Policy: '{' }))).toMatchObject({ code: 'InvalidAttributeValue' })
    expect(await refusal(queue('bad.fifo', { FifoQueue: 'true' }))).toMatchObject({ code: 'UnsupportedOperation' })
  })

  it('keep tags', async () => {
    const QueueUrl = await queue('tagged')
    await sqs.send(new TagQueueCommand({ QueueUrl, Tags: { a: '1', b: '2' } }))
    await sqs.send(new UntagQueueCommand({ QueueUrl, TagKeys: ['a'] }))
    expect((await sqs.send(new ListQueueTagsCommand({ QueueUrl }))).Tags).toEqual({ b: '2' })
  })
})

describe('messages', () => {
  it('are hidden while in flight, come back, and are deleted by the last receipt handle', async () => {
    const QueueUrl = await queue('flight')
    await send(QueueUrl, 'hello')
    const first = await receive(QueueUrl, { MessageSystemAttributeNames: ['All'] })
    expect(first.Messages).toMatchObject([{ Body: 'hello', Attributes: { ApproximateReceiveCount: '1' } }])
    expect(await attribute(QueueUrl, 'ApproximateNumberOfMessagesNotVisible')).toBe('1')
    expect((await receive(QueueUrl)).Messages).toBeUndefined()
    const [ReceiptHandle] = (first.Messages ?? []).map((message) => message.ReceiptHandle)
    await sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 0 }))
    const second = await receive(QueueUrl)
    await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }))
    expect(await attribute(QueueUrl, 'ApproximateNumberOfMessagesNotVisible')).toBe('1')
    await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: second.Messages?.[0]?.ReceiptHandle }))
    expect(await attribute(QueueUrl, 'ApproximateNumberOfMessagesNotVisible')).toBe('0')
    const bad = new DeleteMessageCommand({ QueueUrl, ReceiptHandle: 'nonsense' })
    expect(await refusal(sqs.send(bad))).toMatchObject({ code: 'ReceiptHandleIsInvalid' })
  })

  it('wake a long poll as soon as they arrive', async () => {
    const QueueUrl = await queue('long')
    const started = Date.now()
    const waiting = receive(QueueUrl, { WaitTimeSeconds: 10 })
    setTimeout(() => send(QueueUrl, 'late'), 300)
    expect((await waiting).Messages?.[0]?.Body).toBe('late')
    expect(Date.now() - started).toBeLessThan(5000)
  })

  it('go in batches, and each entry fails for itself', async () => {
    const QueueUrl = await queue('batch', { MaximumMessageSize: '1024' })
    const sent = await sqs.send(
      new SendMessageBatchCommand({
        QueueUrl,
        Entries: [
          { Id: 'a', MessageBody: 'one' },
          { Id: 'b', MessageBody: 'x'.repeat(2000) },
        ],
      }),
    )
    expect(sent.Successful?.map((entry) => entry.Id)).toEqual(['a'])
    expect(sent.Failed).toMatchObject([{ Id: 'b', SenderFault: true, Code: 'InvalidParameterValue' }])
    const { Messages = [] } = await receive(QueueUrl, { MaxNumberOfMessages: 10 })
    const Entries = Messages.map((message, index) => ({ Id: String(index), ReceiptHandle: message.ReceiptHandle }))
    expect((await sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }))).Successful).toHaveLength(1)
    const twice = { Id: 'a', MessageBody: 'x' }
    const repeated = new SendMessageBatchCommand({ QueueUrl, Entries: [twice, twice] })
    expect(await refusal(sqs.send(repeated))).toMatchObject({ code: 'BatchEntryIdsNotDistinct' })
  })

  it('that are received too often move to the dead-letter queue', async () => {
    const dead = await queue('dead')
    const QueueUrl = await queue('redriven', {
      VisibilityTimeout: '0',
      RedrivePolicy: JSON.stringify({ deadLetterTargetArn: await attribute(dead, 'QueueArn'), maxReceiveCount: 2 }),
    })
    await send(QueueUrl, 'poison')
    await receive(QueueUrl)
    await receive(QueueUrl)
    expect((await receive(QueueUrl)).Messages).toBeUndefined()
    expect((await receive(dead)).Messages?.[0]?.Body).toBe('poison')
  })

  it('are purged, once a minute', async () => {
    const QueueUrl = await queue('purged')
    await send(QueueUrl, 'gone')
    await sqs.send(new PurgeQueueCommand({ QueueUrl }))
    expect((await receive(QueueUrl)).Messages).toBeUndefined()
    expect(await refusal(sqs.send(new PurgeQueueCommand({ QueueUrl })))).toMatchObject({ code: 'PurgeQueueInProgress' })
  })
})

describe('permission', () => {
  const other = async () => new SQSClient(await bench.as('trials', 'admin'))

  it('of another account comes from the queue policy', async () => {
    const QueueUrl = await queue('shared')
    const sending = async () => (await other()).send(new SendMessageCommand({ QueueUrl, MessageBody: 'hi' }))
    const denied = await refusal(sending())
    expect(denied).toMatchObject({ code: 'AccessDenied' })
    expect(denied.message).toContain(
      'is not authorized to perform: sqs:SendMessage on resource: arn:aws:sqs:eu-west-1:300000000003:shared',
    )
    const Policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { AWS: 'arn:aws:iam::400000000004:root' },
          Action: 'sqs:SendMessage',
          Resource: 'arn:aws:sqs:eu-west-1:300000000003:shared',
        },
      ],
    })
    await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy } }))
    await sending()
    expect((await receive(QueueUrl)).Messages?.[0]?.Body).toBe('hi')
    expect(await refusal((await other()).send(new PurgeQueueCommand({ QueueUrl })))).toMatchObject({
      code: 'AccessDenied',
    })
  })

  it('to the key decides about senders and receivers of an encrypted queue', async () => {
    const kms = new KMSClient(await bench.as('claims', 'admin'))
    const { KeyMetadata } = await kms.send(new CreateKeyCommand({}))
    const QueueUrl = await queue('sealed', { KmsMasterKeyId: KeyMetadata?.Arn as string })
    expect(await attribute(QueueUrl, 'SqsManagedSseEnabled')).toBe('false')
    await send(QueueUrl, 'secret')
    bench.role('claims', 'no-key', [{ Effect: 'Allow', Action: 'sqs:*', Resource: '*' }])
    const keyless = new SQSClient(await bench.as('claims', 'no-key'))
    const refused = await refusal(keyless.send(new ReceiveMessageCommand({ QueueUrl })))
    expect(refused).toMatchObject({ code: 'KmsAccessDenied' })
    expect(await refusal(keyless.send(new SendMessageCommand({ QueueUrl, MessageBody: 'x' })))).toMatchObject({
      code: 'KmsAccessDenied',
    })
    expect((await receive(QueueUrl)).Messages?.[0]?.Body).toBe('secret')
  })
})
