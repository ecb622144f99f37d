import { Readable } from 'node:stream'
import { CloudWatchClient, ListMetricsCommand } from '@aws-sdk/client-cloudwatch'
import { DescribeVpcsCommand, EC2Client } from '@aws-sdk/client-ec2'
import { CreateRoleCommand, GetRoleCommand, IAMClient, ListRolesCommand } from '@aws-sdk/client-iam'
import { DescribeKeyCommand, KMSClient } from '@aws-sdk/client-kms'
import { GetObjectCommand, HeadObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { DescribeEndpointCommand, SageMakerClient } from '@aws-sdk/client-sagemaker'
import { InvokeEndpointCommand, SageMakerRuntimeClient } from '@aws-sdk/client-sagemaker-runtime'
import { GetQueueUrlCommand, SQSClient } from '@aws-sdk/client-sqs'
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ClientConfig, refusal, startTestBench, type TestBench } from '../services/test-bench.ts'

let bench: TestBench
let config: ClientConfig
beforeAll(async () => {
  bench = await startTestBench()
  config = await bench.as('platform', 'admin')
})
afterAll(() => bench.stop())

const trust =
  '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}}'

describe('errors carry the code and status that SDK clients know', () => {
  it('query', async () => {
    const call = new IAMClient(config).send(new GetRoleCommand({ RoleName: 'nobody' }))
    expect(await refusal(call)).toEqual({
      code: 'NoSuchEntityException',
      status: 404,
      message: 'The role with name nobody cannot be found.',
    })
  })
  it('ec2', async () => {
    const call = new EC2Client(config).send(new DescribeVpcsCommand({ VpcIds: ['vpc-0123456789abcdef0'] }))
    expect(await refusal(call)).toMatchObject({ code: 'InvalidVpcID.NotFound', status: 400 })
  })
  it('json 1.1', async () => {
    const call = new KMSClient(config).send(new DescribeKeyCommand({ KeyId: 'alias/nothing' }))
    expect(await refusal(call)).toMatchObject({ code: 'NotFoundException', status: 400 })
  })
  it('json 1.0 with the error code of the former query protocol', async () => {
    const call = new SQSClient(config).send(new GetQueueUrlCommand({ QueueName: 'nothing' }))
    const { code, status } = await refusal(call)
    expect([code, status]).toEqual(['QueueDoesNotExist', 400])
  })
  it('rest-xml', async () => {
    const call = new S3Client(config).send(new GetObjectCommand({ Bucket: 'no-such-bucket-here', Key: 'k' }))
    expect(await refusal(call)).toMatchObject({ code: 'NoSuchBucket', status: 404 })
  })
  it('rest-json, beside json under one signing name', async () => {
    const runtime = new SageMakerRuntimeClient(config).send(new InvokeEndpointCommand({ EndpointName: 'e', Body: 'x' }))
    expect((await refusal(runtime)).status).toBe(400)
    const describe = new SageMakerClient(config).send(new DescribeEndpointCommand({ EndpointName: 'e' }))
    expect(await refusal(describe)).toMatchObject({ code: 'ValidationException', status: 400 })
  })
})

it('pages lists that handlers give whole, by opaque tokens', async () => {
  const iam = new IAMClient(config)
  for (const n of [1, 2, 3]) {
    await iam.send(new CreateRoleCommand({ RoleName: `page-${n}`, Path: '/page/', AssumeRolePolicyDocument: trust }))
  }
  const list = (Marker?: string) =>
    iam.send(new ListRolesCommand({ PathPrefix: '/page/', MaxItems: 2, ...(Marker ? { Marker } : {}) }))
  const first = await list()
  expect([first.Roles?.map((role) => role.RoleName), first.IsTruncated]).toEqual([['page-1', 'page-2'], true])
  const second = await list(first.Marker)
  expect([second.Roles?.map((role) => role.RoleName), second.IsTruncated, second.Marker]).toEqual([
    ['page-3'],
    false,
    undefined,
  ])
})

it('decodes aws-chunked uploads with trailing checksums, and odd keys', async () => {
  const s3 = new S3Client(config)
  const at = { Bucket: 'uais-state-200000000002', Key: 'a b+ü/(1).txt' }
  const stream = Readable.from([Buffer.from('one '), Buffer.from('two '), Buffer.from('three')])
  await s3.send(new PutObjectCommand({ ...at, Body: stream, ContentLength: 13 }))
  const { Body, ContentLength } = await s3.send(new GetObjectCommand(at))
  expect([await Body?.transformToString(), ContentLength]).toEqual(['one two three', 13])
  expect((await s3.send(new HeadObjectCommand(at))).ContentLength).toBe(13)
})

it('answers the query protocol and CBOR where a service has several', async () => {
  expect((await new CloudWatchClient(config).send(new ListMetricsCommand({}))).Metrics).toEqual([])
})

describe('input is checked against the model', () => {
  it.each([
    [
      { RoleName: 'has space' },
      "Value 'has space' at 'roleName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]+",
    ],
    [
      { RoleName: 'a'.repeat(65) },
      `Value '${'a'.repeat(65)}' at 'roleName' failed to satisfy constraint: Member must have length less than or equal to 64`,
    ],
    [
      { MaxSessionDuration: 60 },
      "Value '60' at 'maxSessionDuration' failed to satisfy constraint: Member must have value greater than or equal to 3600",
    ],
  ])('%j', async (input, message) => {
    const call = new IAMClient(config).send(
      new CreateRoleCommand({ RoleName: 'ok', AssumeRolePolicyDocument: trust, ...input }),
    )
    expect(await refusal(call)).toEqual({
      code: 'ValidationError',
      status: 400,
      message: `1 validation error detected: ${message}`,
    })
  })
  it('names what is missing', async () => {
    const call = new STSClient(config).send(new AssumeRoleCommand({} as never))
    expect((await refusal(call)).message).toBe(
      "2 validation errors detected: Value null at 'roleArn' failed to satisfy constraint: Member must not be null; Value null at 'roleSessionName' failed to satisfy constraint: Member must not be null",
    )
  })
})
