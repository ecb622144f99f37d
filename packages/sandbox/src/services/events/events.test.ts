import { CloudTrailClient, CreateTrailCommand, StartLoggingCommand } from '@aws-sdk/client-cloudtrail'
import { CreateVpcCommand, EC2Client } from '@aws-sdk/client-ec2'
import {
  DeleteRuleCommand,
  DescribeRuleCommand,
  DisableRuleCommand,
  EventBridgeClient,
  ListRulesCommand,
  ListTargetsByRuleCommand,
  PutEventsCommand,
  PutPermissionCommand,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
  TestEventPatternCommand,
} from '@aws-sdk/client-eventbridge'
import { CreateBucketCommand, PutBucketPolicyCommand, S3Client } from '@aws-sdk/client-s3'
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { refusal, startTestBench, type TestBench } from '../test-bench.ts'

let bench: TestBench
let events: EventBridgeClient
let sqs: SQSClient

beforeAll(async () => {
  bench = await startTestBench()
  events = new EventBridgeClient(await bench.as('claims', 'admin'))
  sqs = new SQSClient(await bench.as('claims', 'admin'))
})
afterAll(() => bench.stop())

const arn = (name: string) => `arn:aws:sqs:eu-west-1:300000000003:${name}`

/** A queue that EventBridge may write to for one rule, unless `rule` is left out. */
async function queue(QueueName: string, rule?: string): Promise<string> {
  const Policy = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: 'events.amazonaws.com' },
        Action: 'sqs:SendMessage',
        Resource: arn(QueueName),
        Condition: { ArnEquals: { 'aws:SourceArn': `arn:aws:events:eu-west-1:300000000003:rule/${rule}` } },
      },
    ],
  })
  const Attributes = rule ? { Policy } : undefined
  return (await sqs.send(new CreateQueueCommand({ QueueName, Attributes }))).QueueUrl as string
}

async function rule(Name: string, pattern: object, target: object, more: object = {}) {
  await events.send(new PutRuleCommand({ Name, EventPattern: JSON.stringify(pattern), ...more }))
  return events.send(new PutTargetsCommand({ Rule: Name, Targets: [{ Id: 'one', Arn: arn(Name), ...target }] }))
}

const next = async (QueueUrl: string, WaitTimeSeconds = 5) =>
  (await sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds }))).Messages?.[0]?.Body

const put = (Detail: object, more: object = {}) =>
  events.send(
    new PutEventsCommand({
      Entries: [{ Source: 'uais.test', DetailType: 'Test', Detail: JSON.stringify(Detail), ...more }],
    }),
  )

describe('rules', () => {
  it('are described, listed, disabled and deleted once they have no targets', async () => {
    await rule('plain', { source: ['nothing'] }, {})
    await events.send(new DisableRuleCommand({ Name: 'plain' }))
    expect(await events.send(new DescribeRuleCommand({ Name: 'plain' }))).toMatchObject({
      Arn: 'arn:aws:events:eu-west-1:300000000003:rule/plain',
      State: 'DISABLED',
      EventBusName: 'default',
      CreatedBy: '300000000003',
    })
    const { Rules } = await events.send(new ListRulesCommand({ NamePrefix: 'pla' }))
    expect(Rules?.map((one) => one.Name)).toEqual(['plain'])
    expect(await refusal(events.send(new DeleteRuleCommand({ Name: 'plain' })))).toMatchObject({
      code: 'ValidationException',
    })
    await events.send(new RemoveTargetsCommand({ Rule: 'plain', Ids: ['one'] }))
    await events.send(new DeleteRuleCommand({ Name: 'plain' }))
    expect(await refusal(events.send(new DescribeRuleCommand({ Name: 'plain' })))).toMatchObject({
      code: 'ResourceNotFoundException',
      message: 'Rule plain does not exist on EventBus default.',
    })
  })

  it('are refused without a sound pattern or a known target', async () => {
    const faulty = new PutRuleCommand({ Name: 'faulty', EventPattern: '{"source":"x"}' })
    expect(await refusal(events.send(faulty))).toMatchObject({ code: 'InvalidEventPatternException' })
    expect(await refusal(events.send(new PutRuleCommand({ Name: 'faulty' })))).toMatchObject({
      code: 'ValidationException',
    })
    const answer = await rule('nowhere', { source: ['x'] }, { Arn: 'arn:aws:sns:eu-west-1:300000000003:topic' })
    expect(answer).toMatchObject({ FailedEntryCount: 1, FailedEntries: [{ TargetId: 'one' }] })
    expect((await events.send(new ListTargetsByRuleCommand({ Rule: 'nowhere' }))).Targets).toEqual([])
  })

  it('test a pattern', async () => {
    const Event = JSON.stringify({ source: 'a', detail: { n: 3 } })
    const EventPattern = JSON.stringify({ detail: { n: [{ numeric: ['>', 2] }] } })
    expect((await events.send(new TestEventPatternCommand({ Event, EventPattern }))).Result).toBe(true)
  })
})

describe('delivery', () => {
  it('brings matching events to the queue, as the rule says', async () => {
    const url = await queue('match', 'match')
    await rule('match', { source: ['uais.test'], detail: { kind: ['wanted'] } }, {})
    await put({ kind: 'unwanted' })
    const sent = await put({ kind: 'wanted', n: 1 }, { Resources: ['arn:x'] })
    const event = JSON.parse((await next(url)) ?? '{}')
    expect(event).toMatchObject({
      version: '0',
      id: sent.Entries?.[0]?.EventId,
      'detail-type': 'Test',
      source: 'uais.test',
      account: '300000000003',
      region: 'eu-west-1',
      resources: ['arn:x'],
      detail: { kind: 'wanted', n: 1 },
    })
    expect(await next(url, 1)).toBeUndefined()
  })

  it('shapes the input', async () => {
    const url = await queue('shaped', 'shaped')
    const InputTransformer = {
      InputPathsMap: { who: '$.detail.who', all: '$.detail' },
      InputTemplate: '{"text":"It was <who>","all":<all>,"rule":"<aws.events.rule-name>"}',
    }
    await rule('shaped', { detail: { who: [{ exists: true }] } }, { InputTransformer })
    await put({ who: 'A "quoted" name' })
    expect(JSON.parse((await next(url)) ?? '{}')).toEqual({
      text: 'It was A "quoted" name',
      all: { who: 'A "quoted" name' },
      rule: 'shaped',
    })
  })

  it('is refused by a queue that does not name the rule, and goes to the dead-letter queue', async () => {
    const closed = await queue('closed')
    const dead = await queue('closed-dead', 'closed')
    await rule('closed', { detail: { to: ['closed'] } }, { DeadLetterConfig: { Arn: arn('closed-dead') } })
    await put({ to: 'closed' })
    expect(JSON.parse((await next(dead)) ?? '{}')).toMatchObject({ detail: { to: 'closed' } })
    expect(await next(closed, 0)).toBeUndefined()
  })

  it('goes to a bus of another account whose policy lets it in', async () => {
    const other = new EventBridgeClient(await bench.as('trials', 'admin'))
    const EventBusName = 'arn:aws:events:eu-west-1:300000000003:event-bus/default'
    const entry = { Source: 'uais.other', DetailType: 'Test', Detail: '{"from":"trials"}', EventBusName }
    const sending = () => other.send(new PutEventsCommand({ Entries: [entry] }))
    expect(await refusal(sending())).toMatchObject({ code: 'AccessDeniedException' })
    await events.send(
      new PutPermissionCommand({ Action: 'events:PutEvents', Principal: '400000000004', StatementId: 'trials' }),
    )
    const url = await queue('across', 'across')
    await rule('across', { source: ['uais.other'] }, {})
    await sending()
    expect(JSON.parse((await next(url)) ?? '{}')).toMatchObject({ account: '400000000004' })
  })

  it('takes no events in the name of AWS, and reports faulty entries in their place', async () => {
    const answer = await events.send(
      new PutEventsCommand({
        Entries: [
          { Source: 'aws.ec2', DetailType: 'T', Detail: '{}' },
          { Source: 'x', DetailType: 'T', Detail: 'no json' },
          { Source: 'x', DetailType: 'T', Detail: '{}' },
        ],
      }),
    )
    expect(answer.FailedEntryCount).toBe(2)
    expect(answer.Entries?.map((entry) => entry.ErrorCode)).toEqual([
      'NotAuthorizedForSourceException',
      'MalformedDetail',
      undefined,
    ])
  })
})

describe('API calls', () => {
  it('become events once a trail logs them: writes for every rule, reads for those that ask', async () => {
    const url = await queue('calls', 'calls')
    const pattern = { 'detail-type': ['AWS API Call via CloudTrail'], detail: { eventName: ['CreateVpc'] } }
    await rule('calls', pattern, {})
    const ec2 = new EC2Client(await bench.as('claims', 'admin', 'a-person'))
    await ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }))
    expect(await next(url, 1)).toBeUndefined()
    await startTrail()
    await ec2.send(new CreateVpcCommand({ CidrBlock: '10.1.0.0/16' }))
    expect(JSON.parse((await next(url)) ?? '{}')).toMatchObject({
      source: 'aws.ec2',
      account: '300000000003',
      detail: {
        eventSource: 'ec2.amazonaws.com',
        eventName: 'CreateVpc',
        requestParameters: { cidrBlock: '10.1.0.0/16' },
        userIdentity: { type: 'AssumedRole', sessionContext: { sourceIdentity: 'a-person' } },
      },
    })
    const readPattern = { detail: { eventName: ['DescribeRule'] } }
    const reads = await queue('reads', 'reads')
    await rule('reads', readPattern, {})
    await events.send(new DescribeRuleCommand({ Name: 'reads' }))
    expect(await next(reads, 1)).toBeUndefined()
    await rule('reads', readPattern, {}, { State: 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS' })
    await events.send(new DescribeRuleCommand({ Name: 'reads' }))
    expect(await next(reads)).toContain('DescribeRule')
  })
})

async function startTrail(): Promise<void> {
  const s3 = new S3Client(await bench.as('claims', 'admin'))
  const Bucket = 'events-test-trail'
  await s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } }))
  const Policy = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: 'cloudtrail.amazonaws.com' },
        Action: ['s3:GetBucketAcl', 's3:PutObject'],
        Resource: [`arn:aws:s3:::${Bucket}`, `arn:aws:s3:::${Bucket}/AWSLogs/300000000003/*`],
      },
    ],
  })
  await s3.send(new PutBucketPolicyCommand({ Bucket, Policy }))
  const trail = new CloudTrailClient(await bench.as('claims', 'admin'))
  await trail.send(new CreateTrailCommand({ Name: 'all', S3BucketName: Bucket }))
  await trail.send(new StartLoggingCommand({ Name: 'all' }))
}
