import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import {
  AddTagsCommand,
  CloudTrailClient,
  CreateTrailCommand,
  DeleteTrailCommand,
  DescribeTrailsCommand,
  GetEventSelectorsCommand,
  GetInsightSelectorsCommand,
  GetTrailStatusCommand,
  ListTagsCommand,
  LookupEventsCommand,
  PutEventSelectorsCommand,
  RemoveTagsCommand,
  StartLoggingCommand,
  StopLoggingCommand,
  UpdateTrailCommand,
} from '@aws-sdk/client-cloudtrail'
import { DescribeVpcsCommand, EC2Client } from '@aws-sdk/client-ec2'
import {
  CreateBucketCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutBucketPolicyCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CallRecord } from '../../kernel/call-record.ts'
import { accounts, refusal, startTestBench, type TestBench } from '../test-bench.ts'

let bench: TestBench
let trail: CloudTrailClient
let s3: S3Client

const dataDir = mkdtempSync(join(tmpdir(), 'uais-cloudtrail-'))
const claims = accounts.claims

async function signIn(): Promise<void> {
  trail = new CloudTrailClient(await bench.as('claims', 'admin'))
  s3 = new S3Client(await bench.as('claims', 'admin'))
}

beforeAll(async () => {
  bench = await startTestBench(dataDir)
  await signIn()
})
afterAll(async () => {
  await bench.stop()
  rmSync(dataDir, { recursive: true, force: true })
})

const newBucket = (Bucket: string) =>
  s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } }))

/** A bucket with the policy of the CloudTrail User Guide, "Amazon S3 bucket policy for CloudTrail". */
async function bucketFor(name: string): Promise<string> {
  const Bucket = `trail-of-${name}`
  await newBucket(Bucket)
  const Principal = { Service: 'cloudtrail.amazonaws.com' }
  const source = { 'aws:SourceArn': `arn:aws:cloudtrail:eu-west-1:${claims}:trail/${name}` }
  const Policy = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal,
        Action: 's3:GetBucketAcl',
        Resource: `arn:aws:s3:::${Bucket}`,
        Condition: { StringEquals: source },
      },
      {
        Effect: 'Allow',
        Principal,
        Action: 's3:PutObject',
        Resource: `arn:aws:s3:::${Bucket}/AWSLogs/${claims}/*`,
        Condition: { StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control', ...source } },
      },
    ],
  })
  await s3.send(new PutBucketPolicyCommand({ Bucket, Policy }))
  return Bucket
}

async function trailOf(Name: string, more: object = {}): Promise<string> {
  const S3BucketName = await bucketFor(Name)
  await trail.send(new CreateTrailCommand({ Name, S3BucketName, ...more }))
  await trail.send(new StartLoggingCommand({ Name }))
  return S3BucketName
}

/** All records that were delivered to a bucket, with the keys of their files. */
async function delivered(Bucket: string): Promise<{ keys: string[]; records: CallRecord[] }> {
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket }))
  const keys = Contents.map((one) => one.Key as string).filter((key) => key.endsWith('.gz'))
  const files = await Promise.all(keys.map((Key) => s3.send(new GetObjectCommand({ Bucket, Key }))))
  const bodies = await Promise.all(files.map((file) => file.Body?.transformToByteArray()))
  return { keys, records: bodies.flatMap((body) => JSON.parse(gunzipSync(body as Uint8Array).toString()).Records) }
}

async function until<Result>(read: () => Promise<Result>, good: (result: Result) => boolean): Promise<Result> {
  for (let tries = 0; tries < 60; tries++) {
    const result = await read()
    if (good(result)) return result
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  return expect.fail('what was waited for did not come')
}

describe('trails', () => {
  it('need a bucket whose policy lets CloudTrail write for this trail', async () => {
    const create = (Name: string, S3BucketName: string) => trail.send(new CreateTrailCommand({ Name, S3BucketName }))
    expect(await refusal(create('first', 'no-such-bucket-at-all'))).toMatchObject({
      code: 'S3BucketDoesNotExistException',
    })
    await newBucket('bare-bucket')
    expect(await refusal(create('first', 'bare-bucket'))).toMatchObject({
      code: 'InsufficientS3BucketPolicyException',
      message: 'Incorrect S3 bucket policy is detected for bucket: bare-bucket',
    })
    const other = await bucketFor('other-trail')
    expect(await refusal(create('first', other))).toMatchObject({ code: 'InsufficientS3BucketPolicyException' })
    expect(await refusal(create('a', other))).toMatchObject({ code: expect.stringMatching(/Invalid|Validation/) })
  })

  it('are described, changed, tagged and deleted', async () => {
    const bucket = await trailOf('life', { TagsList: [{ Key: 'a', Value: '1' }] })
    const arn = `arn:aws:cloudtrail:eu-west-1:${claims}:trail/life`
    const { trailList } = await trail.send(new DescribeTrailsCommand({ trailNameList: ['life', 'missing'] }))
    expect(trailList).toMatchObject([
      { TrailARN: arn, S3BucketName: bucket, HomeRegion: 'eu-west-1', IsMultiRegionTrail: false },
    ])
    await trail.send(new UpdateTrailCommand({ Name: 'life', IsMultiRegionTrail: true }))
    const elsewhere = new CloudTrailClient({ ...(await bench.as('claims', 'admin')), region: 'us-east-1' })
    expect((await elsewhere.send(new DescribeTrailsCommand({ trailNameList: [arn] }))).trailList).toHaveLength(1)
    expect(await refusal(elsewhere.send(new StopLoggingCommand({ Name: arn })))).toMatchObject({
      code: 'InvalidHomeRegionException',
    })
    await trail.send(new AddTagsCommand({ ResourceId: arn, TagsList: [{ Key: 'b', Value: '2' }] }))
    await trail.send(new RemoveTagsCommand({ ResourceId: arn, TagsList: [{ Key: 'a' }] }))
    const tags = await trail.send(new ListTagsCommand({ ResourceIdList: [arn] }))
    expect(tags.ResourceTagList).toEqual([{ ResourceId: arn, TagsList: [{ Key: 'b', Value: '2' }] }])
    expect(await refusal(trail.send(new GetInsightSelectorsCommand({ TrailName: 'life' })))).toMatchObject({
      code: 'InsightNotEnabledException',
    })
    await trail.send(new StopLoggingCommand({ Name: 'life' }))
    expect(await trail.send(new GetTrailStatusCommand({ Name: 'life' }))).toMatchObject({ IsLogging: false })
    await trail.send(new DeleteTrailCommand({ Name: 'life' }))
    expect(await refusal(trail.send(new GetTrailStatusCommand({ Name: 'life' })))).toMatchObject({
      code: 'TrailNotFoundException',
      message: `Unknown trail: ${arn} for the user: ${claims}`,
    })
  })

  it('of an organization belong to the management account', async () => {
    const create = new CreateTrailCommand({ Name: 'org', S3BucketName: 'x-bucket', IsOrganizationTrail: true })
    expect(await refusal(trail.send(create))).toMatchObject({ code: 'NotOrganizationMasterAccountException' })
  })

  it('refuse selectors that CloudTrail refuses', async () => {
    await trailOf('selectors')
    const advanced = (...FieldSelectors: object[]) =>
      trail.send(
        new PutEventSelectorsCommand({
          TrailName: 'selectors',
          AdvancedEventSelectors: [{ FieldSelectors: FieldSelectors as never }],
        }),
      )
    const data = { Field: 'eventCategory', Equals: ['Data'] }
    const faulty = [
      advanced({ Field: 'readOnly', Equals: ['true'] }),
      advanced(data),
      advanced(data, { Field: 'resources.type', StartsWith: ['AWS::'] }),
      advanced(data, { Field: 'resources.type', Equals: ['AWS::S3::Object'] }, { Field: 'colour', Equals: ['x'] }),
    ]
    for (const one of faulty) expect((await refusal(one)).code).toBe('InvalidEventSelectorsException')
    const selectors = await trail.send(new GetEventSelectorsCommand({ TrailName: 'selectors' }))
    expect(selectors.EventSelectors).toMatchObject([{ ReadWriteType: 'All', IncludeManagementEvents: true }])
    await trail.send(new DeleteTrailCommand({ Name: 'selectors' }))
  })
})

describe('delivery', () => {
  it('writes gzipped files of management events, and of the data events that were selected', async () => {
    const bucket = await trailOf('delivery')
    await newBucket('watched-bucket')
    const field = (Field: string, more: object) => ({ Field, ...more })
    await trail.send(
      new PutEventSelectorsCommand({
        TrailName: 'delivery',
        AdvancedEventSelectors: [
          { FieldSelectors: [field('eventCategory', { Equals: ['Management'] })] },
          {
            FieldSelectors: [
              field('eventCategory', { Equals: ['Data'] }),
              field('resources.type', { Equals: ['AWS::S3::Object'] }),
              field('resources.ARN', { StartsWith: ['arn:aws:s3:::watched-bucket/in/'] }),
              field('eventName', { NotEquals: ['DeleteObject'] }),
            ],
          },
        ],
      }),
    )
    const put = (Key: string) => s3.send(new PutObjectCommand({ Bucket: 'watched-bucket', Key, Body: 'x' }))
    await put('out/skipped')
    await put('in/seen')
    const { keys, records } = await until(
      () => delivered(bucket),
      (found) => found.records.some((record) => record.eventName === 'PutObject'),
    )
    expect(keys[0]).toMatch(
      new RegExp(
        `^AWSLogs/${claims}/CloudTrail/eu-west-1/\\d{4}/\\d\\d/\\d\\d/${claims}_CloudTrail_eu-west-1_\\d{8}T\\d{4}Z_\\w{16}\\.json\\.gz$`,
      ),
    )
    const objects = records.filter((record) => record.eventCategory === 'Data')
    expect(objects.map((record) => record.requestParameters?.key)).toEqual(['in/seen'])
    expect(records.find((record) => record.eventName === 'PutEventSelectors')).toMatchObject({
      eventSource: 'cloudtrail.amazonaws.com',
      readOnly: false,
      recipientAccountId: claims,
      userIdentity: { type: 'AssumedRole', accountId: claims },
    })
    const status = await trail.send(new GetTrailStatusCommand({ Name: 'delivery' }))
    expect(status.LatestDeliveryError).toBeUndefined()
    await trail.send(new DeleteTrailCommand({ Name: 'delivery' }))
  })

  it('that was under way when the sandbox ended is made up for at the next start', async () => {
    const bucket = await trailOf('restart')
    const ec2 = new EC2Client(await bench.as('claims', 'admin', 'before-restart'))
    await ec2.send(new DescribeVpcsCommand({}))
    await bench.stop()
    bench = await startTestBench(dataDir)
    await signIn()
    const { records } = await until(
      () => delivered(bucket),
      (found) => found.records.some((record) => record.eventName === 'DescribeVpcs'),
    )
    const [seen] = records.filter((record) => record.eventName === 'DescribeVpcs')
    expect(seen?.userIdentity).toMatchObject({ sessionContext: { sourceIdentity: 'before-restart' } })
    await trail.send(new DeleteTrailCommand({ Name: 'restart' }))
  })
})

describe('event history', () => {
  it('is looked up by one attribute and pages, and shows refused calls', async () => {
    bench.role('claims', 'nobody', [{ Effect: 'Allow', Action: 'sqs:ListQueues', Resource: '*' }])
    const nobody = new EC2Client(await bench.as('claims', 'nobody'))
    expect(await refusal(nobody.send(new DescribeVpcsCommand({})))).toMatchObject({ code: 'UnauthorizedOperation' })
    const lookup = (AttributeKey: string, AttributeValue: string, more: object = {}) =>
      trail.send(
        new LookupEventsCommand({
          LookupAttributes: [{ AttributeKey: AttributeKey as never, AttributeValue }],
          ...more,
        }),
      )
    const { Events } = await lookup('EventName', 'DescribeVpcs')
    const denied = Events?.map((event) => JSON.parse(event.CloudTrailEvent ?? '{}')).find((event) => event.errorCode)
    expect(denied).toMatchObject({ errorCode: 'Client.UnauthorizedOperation', eventSource: 'ec2.amazonaws.com' })
    const page = await lookup('EventSource', 'cloudtrail.amazonaws.com', { MaxResults: 2 })
    expect(page.Events).toHaveLength(2)
    const next = await lookup('EventSource', 'cloudtrail.amazonaws.com', { MaxResults: 2, NextToken: page.NextToken })
    expect(next.Events?.[0]?.EventId).not.toBe(page.Events?.[0]?.EventId)
    const range = { StartTime: new Date(2_000), EndTime: new Date(1_000) }
    expect(await refusal(trail.send(new LookupEventsCommand(range)))).toMatchObject({
      code: 'InvalidTimeRangeException',
    })
  })
})
