import { CloudWatchLogsClient, DescribeLogStreamsCommand, GetLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs'
import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge'
import { KMSClient, ListGrantsCommand } from '@aws-sdk/client-kms'
import {
  DeleteBucketPolicyCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutBucketPolicyCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import {
  CreateTrainingJobCommand,
  DescribeTrainingJobCommand,
  ListTagsCommand,
  ListTrainingJobsCommand,
  QueryLineageCommand,
  SageMakerClient,
  SearchCommand,
  StopTrainingJobCommand,
} from '@aws-sdk/client-sagemaker'
import { CreateQueueCommand, ReceiveMessageCommand, SetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadModel } from '../../ml/artifact.ts'
import { birdStrikes, penguins } from '../../ml/dataset.ts'
import { imageUri } from '../../ml/image-uri.ts'
import { accuracy } from '../../ml/metrics.ts'
import { classProbabilities } from '../../ml/model.ts'
import { parseRows } from '../../ml/table.ts'
import { refusal, startTestBench, type TestBench } from '../test-bench.ts'
import { ended, makeProject, makeRole, type TestProject, trainingJob } from './test-project.ts'

let bench: TestBench
let project: TestProject

beforeAll(async () => {
  bench = await startTestBench()
  project = await makeProject(bench)
})
afterAll(() => bench.stop())

const create = (name: string, changes?: Parameters<typeof trainingJob>[2], client = project.sagemaker) =>
  client.send(new CreateTrainingJobCommand(trainingJob(project, name, changes)))

const upload = (channel: string, Body: string) =>
  new S3Client(project.admin).send(new PutObjectCommand({ Bucket: project.bucket, Key: `data/${channel}/a.csv`, Body }))

const channelOf = (name: string) => ({
  ChannelName: 'train',
  DataSource: { S3DataSource: { S3DataType: 'S3Prefix' as const, S3Uri: `s3://${project.bucket}/data/${name}/` } },
})

describe('a training job', () => {
  test('reads, trains, writes an encrypted artifact, logs, and leaves lineage', async () => {
    await create('first', { Tags: [{ Key: 'uais:project', Value: 'fraud' }] })
    const job = await ended(project.sagemaker, 'first')
    expect(job.FailureReason).toBeUndefined()
    expect(job).toMatchObject({ TrainingJobStatus: 'Completed', SecondaryStatus: 'Completed' })
    expect(job.SecondaryStatusTransitions?.map((each) => each.Status)).toEqual([
      'Starting',
      'Downloading',
      'Training',
      'Uploading',
      'Completed',
    ])
    const metric = job.FinalMetricDataList?.find((each) => each.MetricName === 'validation:multiclass_accuracy')
    expect(metric?.Value).toBeGreaterThan(0.9)

    const uri = job.ModelArtifacts?.S3ModelArtifacts ?? ''
    expect(uri).toBe(`s3://${project.bucket}/models/first/output/model.tar.gz`)
    const s3 = new S3Client(project.admin)
    const place = { Bucket: project.bucket, Key: 'models/first/output/model.tar.gz' }
    expect(await s3.send(new HeadObjectCommand(place))).toMatchObject({
      ServerSideEncryption: 'aws:kms',
      SSEKMSKeyId: project.keyArn,
    })
    const artifact = await (await s3.send(new GetObjectCommand(place))).Body?.transformToByteArray()
    const model = await loadModel(artifact ?? new Uint8Array())
    const rows = parseRows(penguins().test, 'test')
    const heldOut = accuracy(
      rows.map((row) => row[0]!),
      rows.map((row) => classProbabilities(model, row.slice(1))),
    )
    expect(heldOut).toBeGreaterThan(0.9)

    const logs = new CloudWatchLogsClient(project.admin)
    const logGroupName = '/aws/sagemaker/TrainingJobs'
    const { logStreams } = await logs.send(
      new DescribeLogStreamsCommand({ logGroupName, logStreamNamePrefix: 'first/' }),
    )
    const logStreamName = logStreams?.[0]?.logStreamName ?? ''
    const { events } = await logs.send(new GetLogEventsCommand({ logGroupName, logStreamName }))
    expect(events?.map((event) => event.message).join('\n')).toContain('validation:multiclass_accuracy')

    const lineage = await project.sagemaker.send(
      new QueryLineageCommand({
        StartArns: [`arn:aws:sagemaker:eu-west-1:300000000003:experiment-trial-component/first-aws-training-job`],
        Direction: 'Both',
      }),
    )
    expect(lineage.Vertices?.map((each) => each.Type).toSorted()).toEqual(['DataSet', 'DataSet', 'Image', 'Model'])
    expect(lineage.Edges?.map((each) => each.AssociationType)).toContain('Produced')
  })

  test('gives the volume key back when it ends', async () => {
    const { Grants } = await new KMSClient(project.admin).send(new ListGrantsCommand({ KeyId: project.keyArn }))
    expect(Grants).toEqual([])
  })

  test('trains trees, and is found by list and search', async () => {
    await create('trees', {
      AlgorithmSpecification: { TrainingImage: imageUri('xgboost', 'eu-west-1'), TrainingInputMode: 'File' },
      HyperParameters: { objective: 'multi:softprob', num_class: '3', num_round: '5', max_depth: '3' },
      Tags: [{ Key: 'team', Value: 'trees' }],
    })
    expect((await ended(project.sagemaker, 'trees')).TrainingJobStatus).toBe('Completed')
    const listed = await project.sagemaker.send(new ListTrainingJobsCommand({ NameContains: 'tree' }))
    expect(listed.TrainingJobSummaries?.map((each) => each.TrainingJobName)).toEqual(['trees'])
    const found = await project.sagemaker.send(
      new SearchCommand({
        Resource: 'TrainingJob',
        SearchExpression: { Filters: [{ Name: 'Tags.team', Operator: 'Equals', Value: 'trees' }] },
      }),
    )
    expect(found.Results?.map((each) => each.TrainingJob?.TrainingJobName)).toEqual(['trees'])
  })

  test('carries the source identity of who started it', async () => {
    const scientist = await bench.as('claims', 'admin', 'a-scientist')
    await create('mine', {}, new SageMakerClient(scientist))
    await ended(project.sagemaker, 'mine')
    const row = bench.sandbox.kernel.store.table('sagemaker|300000000003|eu-west-1|TrainingJob').rows.get('mine')
    expect(row).toMatchObject({ session: { sourceIdentity: 'a-scientist', roleArn: project.roleArn } })
  })

  const longJob = () => ({
    AlgorithmSpecification: { TrainingImage: imageUri('xgboost', 'eu-west-1'), TrainingInputMode: 'File' as const },
    HyperParameters: { objective: 'binary:logistic', num_round: '1000' },
    InputDataConfig: [channelOf('strikes')],
  })

  test('stops when told', async () => {
    await upload('strikes', birdStrikes().train)
    await create('long', longJob())
    const status = new DescribeTrainingJobCommand({ TrainingJobName: 'long' })
    await expect
      .poll(async () => (await project.sagemaker.send(status)).SecondaryStatus, { timeout: 20_000 })
      .toBe('Training')
    await project.sagemaker.send(new StopTrainingJobCommand({ TrainingJobName: 'long' }))
    const job = await ended(project.sagemaker, 'long')
    expect(job).toMatchObject({ TrainingJobStatus: 'Stopped', SecondaryStatus: 'Stopped' })
    const again = await refusal(project.sagemaker.send(new StopTrainingJobCommand({ TrainingJobName: 'long' })))
    expect(again.message).toContain('in status Stopped')
  })

  test('runs no longer than it may', async () => {
    await create('limited', { ...longJob(), StoppingCondition: { MaxRuntimeInSeconds: 1 } })
    const job = await ended(project.sagemaker, 'limited')
    expect(job).toMatchObject({ TrainingJobStatus: 'Stopped', SecondaryStatus: 'MaxRuntimeExceeded' })
  })

  test('fails with a reason on wrong data', async () => {
    await upload('wrong', 'species,length\nAdelie,39\n')
    await create('wrong', { InputDataConfig: [channelOf('wrong')] })
    const job = await ended(project.sagemaker, 'wrong')
    expect(job).toMatchObject({ TrainingJobStatus: 'Failed', SecondaryStatus: 'Failed' })
    expect(job.FailureReason).toMatch(/^ClientError: Non-numeric value 'species'/)
  })

  test('fails when its role may not write the artifact', async () => {
    const RoleArn = await makeRole(project.admin, 'reader', [
      { Effect: 'Allow', Action: ['s3:GetObject', 's3:ListBucket', 'kms:CreateGrant'], Resource: '*' },
    ])
    await create('unwritten', { RoleArn })
    const job = await ended(project.sagemaker, 'unwritten')
    expect(job.TrainingJobStatus).toBe('Failed')
    expect(job.FailureReason).toMatch(/^ClientError: Artifact upload failed:.*s3:PutObject/)
  })

  test('tells the event bus, which tells a queue', async () => {
    const sqs = new SQSClient(project.admin)
    const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: 'events' }))
    const Arn = 'arn:aws:sqs:eu-west-1:300000000003:events'
    const Policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: 'sqs:SendMessage', Resource: Arn },
      ],
    })
    await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy } }))
    const events = new EventBridgeClient(project.admin)
    const EventPattern = JSON.stringify({
      source: ['aws.sagemaker'],
      'detail-type': ['SageMaker Training Job State Change'],
      detail: { TrainingJobStatus: ['Completed'] },
    })
    await events.send(new PutRuleCommand({ Name: 'jobs', EventPattern }))
    await events.send(new PutTargetsCommand({ Rule: 'jobs', Targets: [{ Id: 'queue', Arn }] }))
    await create('announced')
    await ended(project.sagemaker, 'announced')
    const received = await sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 5 }))
    const event = JSON.parse(received.Messages?.[0]?.Body ?? '{}')
    expect(event).toMatchObject({
      source: 'aws.sagemaker',
      account: '300000000003',
      resources: ['arn:aws:sagemaker:eu-west-1:300000000003:training-job/announced'],
      detail: { TrainingJobName: 'announced', TrainingJobStatus: 'Completed', CreationTime: expect.any(Number) },
    })
    expect(JSON.stringify(event)).not.toContain('accessKeyId')
  })

  test('in subnets without a way to S3 it fails while it downloads', async () => {
    await create('closed', { VpcConfig: project.closedVpc })
    const job = await ended(project.sagemaker, 'closed')
    expect(job.TrainingJobStatus).toBe('Failed')
    expect(job.FailureReason).toContain('route to an S3 VPC endpoint')
  })

  test('reaches S3 through its VPC endpoint, as a bucket policy can demand', async () => {
    const s3 = new S3Client(project.admin)
    const Policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Deny',
          Principal: { AWS: project.roleArn },
          Action: 's3:*',
          Resource: [`arn:aws:s3:::${project.bucket}`, `arn:aws:s3:::${project.bucket}/*`],
          Condition: { StringNotEquals: { 'aws:SourceVpce': project.endpointId } },
        },
      ],
    })
    await s3.send(new PutBucketPolicyCommand({ Bucket: project.bucket, Policy }))
    await create('through-endpoint')
    expect((await ended(project.sagemaker, 'through-endpoint')).TrainingJobStatus).toBe('Completed')
    const { VpcConfig: _vpc, ...open } = trainingJob(project, 'without-endpoint')
    const refused = await refusal(project.sagemaker.send(new CreateTrainingJobCommand(open)))
    expect(refused).toMatchObject({ code: 'ValidationException' })
    expect(refused.message).toMatch(/No S3 objects found.*Error message from S3: .*explicit deny/)
    await s3.send(new DeleteBucketPolicyCommand({ Bucket: project.bucket }))
  })
})

describe('refused', () => {
  test('a name that was used', async () => {
    const { code, message } = await refusal(create('first'))
    expect(code).toBe('ResourceInUse')
    expect(message).toContain('already exists (arn:aws:sagemaker:eu-west-1:300000000003:training-job/first)')
  })

  test.each([
    ['no VPC', { VpcConfig: undefined }],
    ['another subnet', { VpcConfig: { Subnets: ['subnet-0'], SecurityGroupIds: ['sg-0'] } }],
    ['no volume key', { ResourceConfig: { InstanceType: 'ml.m5.large', InstanceCount: 1, VolumeSizeInGB: 1 } }],
    [
      'a large instance',
      { ResourceConfig: { InstanceType: 'ml.p4d.24xlarge', InstanceCount: 1, VolumeSizeInGB: 1, VolumeKmsKeyId: 'k' } },
    ],
  ] as const)('%s, where the policy demands otherwise', async (name, changes) => {
    const id = `guarded-${name.replaceAll(' ', '-')}`
    const deny = (Sid: string, Condition: object) => ({
      Sid,
      Effect: 'Deny',
      Action: 'sagemaker:CreateTrainingJob',
      Resource: '*',
      Condition,
    })
    await makeRole(project.admin, id, [
      { Effect: 'Allow', Action: ['sagemaker:*', 'iam:PassRole'], Resource: '*' },
      deny('NoVpc', { Null: { 'sagemaker:VpcSubnets': 'true' } }),
      deny('OtherVpc', { 'ForAnyValue:StringNotEquals': { 'sagemaker:VpcSubnets': project.vpc.Subnets } }),
      deny('NoKey', { Null: { 'sagemaker:VolumeKmsKeyArn': 'true' } }),
      deny('Large', { 'ForAnyValue:StringNotEquals': { 'sagemaker:InstanceTypes': ['ml.m5.large'] } }),
    ])
    const client = new SageMakerClient(await bench.as('claims', id))
    const { code, message } = await refusal(create(id, changes as never, client))
    expect(code).toBe('AccessDeniedException')
    expect(message).toContain('is not authorized to perform: sagemaker:CreateTrainingJob')
    expect(message).toContain('with an explicit deny')
  })

  test('passing a role without the right to, and a role of another account', async () => {
    await makeRole(project.admin, 'no-pass', [{ Effect: 'Allow', Action: 'sagemaker:*', Resource: '*' }])
    const client = new SageMakerClient(await bench.as('claims', 'no-pass'))
    expect((await refusal(create('no-pass', {}, client))).message).toContain('iam:PassRole')
    const foreign = { RoleArn: 'arn:aws:iam::400000000004:role/admin' }
    expect((await refusal(create('foreign', foreign))).message).toBe('Cross-account pass role is not allowed.')
  })

  test('a role that does not trust SageMaker', async () => {
    const { message } = await refusal(create('untrusted', { RoleArn: 'arn:aws:iam::300000000003:role/admin' }))
    expect(message).toContain('Could not assume role arn:aws:iam::300000000003:role/admin')
  })

  test('tags without the right to tag', async () => {
    await makeRole(project.admin, 'no-tags', [
      { Effect: 'Allow', Action: ['sagemaker:CreateTrainingJob', 'iam:PassRole'], Resource: '*' },
    ])
    const client = new SageMakerClient(await bench.as('claims', 'no-tags'))
    const { message } = await refusal(create('no-tags', { Tags: [{ Key: 'a', Value: 'b' }] }, client))
    expect(message).toContain('sagemaker:AddTags')
  })

  test('an image that the sandbox cannot run is said to be so', async () => {
    const TrainingImage = '300000000003.dkr.ecr.eu-west-1.amazonaws.com/mine:1'
    const { code, status } = await refusal(
      create('custom', { AlgorithmSpecification: { TrainingImage, TrainingInputMode: 'File' } }),
    )
    expect([code, status]).toEqual(['NotImplemented', 501])
  })

  test('an unknown job, and tags of nothing', async () => {
    const unknown = await refusal(project.sagemaker.send(new DescribeTrainingJobCommand({ TrainingJobName: 'none' })))
    expect(unknown).toMatchObject({ code: 'ValidationException', message: 'Requested resource not found.' })
    const arn = 'arn:aws:sagemaker:eu-west-1:300000000003:training-job/none'
    expect((await refusal(project.sagemaker.send(new ListTagsCommand({ ResourceArn: arn })))).code).toBe(
      'ValidationException',
    )
  })
})
