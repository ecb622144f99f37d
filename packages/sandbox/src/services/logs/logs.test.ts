import { CloudWatchClient, GetMetricStatisticsCommand } from '@aws-sdk/client-cloudwatch'
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  DeleteLogGroupCommand,
  DescribeLogGroupsCommand,
  DescribeLogStreamsCommand,
  FilterLogEventsCommand,
  GetLogEventsCommand,
  ListTagsForResourceCommand,
  PutLogEventsCommand,
  PutLogGroupDeletionProtectionCommand,
  PutMetricFilterCommand,
  PutRetentionPolicyCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-cloudwatch-logs'
import { CreateKeyCommand, KMSClient } from '@aws-sdk/client-kms'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { refusal, startTestBench, type TestBench } from '../test-bench.ts'

let bench: TestBench
let logs: CloudWatchLogsClient

beforeAll(async () => {
  bench = await startTestBench()
  logs = new CloudWatchLogsClient(await bench.as('claims', 'admin'))
})
afterAll(() => bench.stop())

const group = (logGroupName: string, more: object = {}) =>
  logs.send(new CreateLogGroupCommand({ logGroupName, ...more }))
const stream = async (logGroupName: string, logStreamName = 's') => {
  await group(logGroupName)
  await logs.send(new CreateLogStreamCommand({ logGroupName, logStreamName }))
}
const write = (logGroupName: string, messages: string[], at = Date.now(), logStreamName = 's') =>
  logs.send(
    new PutLogEventsCommand({
      logGroupName,
      logStreamName,
      logEvents: messages.map((message, index) => ({ timestamp: at + index, message })),
    }),
  )
const filter = async (logGroupName: string, filterPattern: string) =>
  (await logs.send(new FilterLogEventsCommand({ logGroupName, filterPattern }))).events?.map((event) => event.message)

describe('log groups', () => {
  it('keep retention, tags and protection', async () => {
    const logGroupName = '/uais/life'
    await group(logGroupName, { tags: { a: '1' } })
    await logs.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays: 7 }))
    const resourceArn = `arn:aws:logs:eu-west-1:300000000003:log-group:${logGroupName}`
    await logs.send(new TagResourceCommand({ resourceArn, tags: { b: '2' } }))
    await logs.send(new UntagResourceCommand({ resourceArn, tagKeys: ['a'] }))
    expect((await logs.send(new ListTagsForResourceCommand({ resourceArn }))).tags).toEqual({ b: '2' })
    const { logGroups } = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: '/uais/li' }))
    expect(logGroups).toMatchObject([
      { logGroupName, retentionInDays: 7, arn: `${resourceArn}:*`, logGroupArn: resourceArn, storedBytes: 0 },
    ])
    expect(await refusal(group(logGroupName))).toMatchObject({ code: 'ResourceAlreadyExistsException' })
    const eight = new PutRetentionPolicyCommand({ logGroupName, retentionInDays: 8 })
    expect(await refusal(logs.send(eight))).toMatchObject({ code: 'InvalidParameterException' })
    const protect = (deletionProtectionEnabled: boolean) =>
      logs.send(
        new PutLogGroupDeletionProtectionCommand({ logGroupIdentifier: resourceArn, deletionProtectionEnabled }),
      )
    await protect(true)
    expect(await refusal(logs.send(new DeleteLogGroupCommand({ logGroupName })))).toMatchObject({
      code: 'ValidationException',
    })
    await protect(false)
    await logs.send(new DeleteLogGroupCommand({ logGroupName }))
    expect(await refusal(logs.send(new DescribeLogStreamsCommand({ logGroupName })))).toMatchObject({
      code: 'ResourceNotFoundException',
      message: 'The specified log group does not exist.',
    })
  })

  it('take a key only if its policy lets CloudWatch Logs use it for the group', async () => {
    const kms = new KMSClient(await bench.as('claims', 'admin'))
    const { KeyMetadata } = await kms.send(new CreateKeyCommand({}))
    expect(await refusal(group('/uais/closed', { kmsKeyId: KeyMetadata?.Arn }))).toMatchObject({
      code: 'AccessDeniedException',
      message: `The specified KMS key does not exist or is not allowed to be used with LogGroup 'arn:aws:logs:eu-west-1:300000000003:log-group:/uais/closed'`,
    })
    const Policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::300000000003:root' }, Action: 'kms:*', Resource: '*' },
        {
          Effect: 'Allow',
          Principal: { Service: 'logs.eu-west-1.amazonaws.com' },
          Action: ['kms:Encrypt*', 'kms:Decrypt*', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:Describe*'],
          Resource: '*',
          Condition: {
            ArnLike: { 'kms:EncryptionContext:aws:logs:arn': 'arn:aws:logs:eu-west-1:300000000003:log-group:/uais/*' },
          },
        },
      ],
    })
    const open = await kms.send(new CreateKeyCommand({ Policy }))
    await group('/uais/open', { kmsKeyId: open.KeyMetadata?.Arn })
    expect(await refusal(group('/other/open', { kmsKeyId: open.KeyMetadata?.Arn }))).toMatchObject({
      code: 'AccessDeniedException',
    })
  })
})

describe('log events', () => {
  it('are read by time, from either end, in pages', async () => {
    await stream('pages')
    const at = Date.now() - 10_000
    await write('pages', ['1', '2', '3', '4', '5'], at)
    const get = (more: object) =>
      logs.send(new GetLogEventsCommand({ logGroupName: 'pages', logStreamName: 's', limit: 2, ...more }))
    const last = await get({})
    expect(last.events?.map((event) => event.message)).toEqual(['4', '5'])
    const before = await get({ nextToken: last.nextBackwardToken })
    expect(before.events?.map((event) => event.message)).toEqual(['2', '3'])
    const head = await get({ startFromHead: true })
    const second = await get({ nextToken: head.nextForwardToken })
    expect(second.events?.map((event) => event.message)).toEqual(['3', '4'])
    const end = await get({ nextToken: last.nextForwardToken })
    expect(end).toMatchObject({ events: [], nextForwardToken: last.nextForwardToken })
    const { logStreams } = await logs.send(new DescribeLogStreamsCommand({ logGroupName: 'pages' }))
    expect(logStreams).toMatchObject([{ logStreamName: 's', firstEventTimestamp: at, lastEventTimestamp: at + 4 }])
  })

  it('that are too old or too new are refused singly; out of order, all are', async () => {
    await stream('refused')
    const old = await write('refused', ['old'], Date.now() - 15 * 86_400_000)
    expect(old.rejectedLogEventsInfo).toEqual({ tooOldLogEventEndIndex: 1 })
    const early = await write('refused', ['early'], Date.now() + 3 * 3_600_000)
    expect(early.rejectedLogEventsInfo).toEqual({ tooNewLogEventStartIndex: 0 })
    const now = Date.now()
    const unordered = new PutLogEventsCommand({
      logGroupName: 'refused',
      logStreamName: 's',
      logEvents: [
        { timestamp: now, message: 'b' },
        { timestamp: now - 1, message: 'a' },
      ],
    })
    expect(await refusal(logs.send(unordered))).toMatchObject({ code: 'InvalidParameterException' })
    expect(await filter('refused', '')).toEqual([])
  })

  it('are filtered by terms and by members of JSON', async () => {
    await stream('filtered')
    await write('filtered', ['ERROR one', 'WARN two', 'ERROR two', '{"n":3,"who":{"name":"ada"}}'])
    expect(await filter('filtered', 'ERROR')).toEqual(['ERROR one', 'ERROR two'])
    expect(await filter('filtered', 'ERROR -two')).toEqual(['ERROR one'])
    expect(await filter('filtered', '?one ?WARN')).toEqual(['ERROR one', 'WARN two'])
    expect(await filter('filtered', '{ $.n > 2 && $.who.name = "a*" }')).toHaveLength(1)
    expect(await filter('filtered', '{ ($.n = 9) || ($.gone NOT EXISTS) }')).toHaveLength(1)
    expect(await filter('filtered', '{ $.n > 3 }')).toEqual([])
    expect(await refusal(filter('filtered', '[a, b]'))).toMatchObject({ code: 'InvalidParameterException' })
  })

  it('are counted by metric filters', async () => {
    await stream('counted')
    await logs.send(
      new PutMetricFilterCommand({
        logGroupName: 'counted',
        filterName: 'errors',
        filterPattern: 'ERROR',
        metricTransformations: [{ metricName: 'Errors', metricNamespace: 'Uais', metricValue: '1' }],
      }),
    )
    await write('counted', ['ERROR', 'fine', 'ERROR'])
    const metrics = new CloudWatchClient(await bench.as('claims', 'admin'))
    const { Datapoints } = await metrics.send(
      new GetMetricStatisticsCommand({
        Namespace: 'Uais',
        MetricName: 'Errors',
        StartTime: new Date(Date.now() - 120_000),
        EndTime: new Date(Date.now() + 60_000),
        Period: 300,
        Statistics: ['Sum'],
      }),
    )
    expect(Datapoints?.reduce((sum, point) => sum + (point.Sum ?? 0), 0)).toBe(2)
  })
})

it('permission on a group is asked with the suffix that policies must match', async () => {
  await stream('/uais/p')
  const arn = 'arn:aws:logs:eu-west-1:300000000003:log-group:/uais/p'
  const read = async (role: string) =>
    new CloudWatchLogsClient(await bench.as('claims', role)).send(
      new FilterLogEventsCommand({ logGroupName: '/uais/p' }),
    )
  bench.role('claims', 'bare', [{ Effect: 'Allow', Action: 'logs:*', Resource: arn }])
  bench.role('claims', 'starred', [{ Effect: 'Allow', Action: 'logs:*', Resource: `${arn}:*` }])
  expect(await refusal(read('bare'))).toMatchObject({
    code: 'AccessDeniedException',
    message: expect.stringContaining(`not authorized to perform: logs:FilterLogEvents on resource: ${arn}:log-stream:`),
  })
  expect((await read('starred')).events).toEqual([])
})
