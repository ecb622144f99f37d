import { CloudTrailClient, LookupEventsCommand } from '@aws-sdk/client-cloudtrail'
import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import {
  AddTagsCommand,
  CreateEndpointCommand,
  CreateEndpointConfigCommand,
  CreateModelCommand,
  CreateModelPackageCommand,
  CreateModelPackageGroupCommand,
  CreateProcessingJobCommand,
  CreateTrainingJobCommand,
  DeleteEndpointCommand,
  DeleteModelPackageCommand,
  DeleteModelPackageGroupCommand,
  DeleteTagsCommand,
  DescribeEndpointCommand,
  DescribeModelCommand,
  DescribeModelPackageCommand,
  GetModelPackageGroupPolicyCommand,
  ListAssociationsCommand,
  ListModelPackagesCommand,
  ListTagsCommand,
  PutModelPackageGroupPolicyCommand,
  QueryLineageCommand,
  SageMakerClient,
  UpdateEndpointCommand,
  UpdateModelPackageCommand,
  waitUntilEndpointInService,
} from '@aws-sdk/client-sagemaker'
import { InvokeEndpointCommand, SageMakerRuntimeClient } from '@aws-sdk/client-sagemaker-runtime'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadModel } from '../../ml/artifact.ts'
import { imageUri } from '../../ml/image-uri.ts'
import { infer } from '../../ml/inference.ts'
import { refusal, startTestBench, type TestBench } from '../test-bench.ts'
import { ended, makeProject, makeRole, type TestProject, trainingJob } from './test-project.ts'

let bench: TestBench
let project: TestProject
let artifact: string
const group = 'uais-fraud'
const image = imageUri('linear-learner', 'eu-west-1')
const row = '39.1,18.7,181,3750'

beforeAll(async () => {
  bench = await startTestBench()
  project = await makeProject(bench)
  await project.sagemaker.send(new CreateTrainingJobCommand(trainingJob(project, 'source')))
  artifact = (await ended(project.sagemaker, 'source')).ModelArtifacts?.S3ModelArtifacts ?? ''
  await project.sagemaker.send(new CreateModelPackageGroupCommand({ ModelPackageGroupName: group }))
})
afterAll(() => bench.stop())

async function publish(
  client = project.sagemaker,
  approval: 'PendingManualApproval' | 'Approved' = 'PendingManualApproval',
) {
  const { ModelPackageArn } = await client.send(
    new CreateModelPackageCommand({
      ModelPackageGroupName: group,
      ModelApprovalStatus: approval,
      InferenceSpecification: {
        Containers: [{ Image: image, ModelDataUrl: artifact }],
        SupportedContentTypes: ['text/csv'],
        SupportedResponseMIMETypes: ['application/json'],
      },
    }),
  )
  return ModelPackageArn ?? ''
}

const createModel = (ModelName: string, container: object, VpcConfig: TestProject['vpc'] | undefined = project.vpc) =>
  project.sagemaker.send(
    new CreateModelCommand({
      ModelName,
      ExecutionRoleArn: project.roleArn,
      PrimaryContainer: container,
      VpcConfig,
      EnableNetworkIsolation: true,
    }),
  )

const createConfig = (EndpointConfigName: string, ModelName: string) =>
  project.sagemaker.send(
    new CreateEndpointConfigCommand({
      EndpointConfigName,
      KmsKeyId: project.keyArn,
      DataCaptureConfig: {
        EnableCapture: true,
        InitialSamplingPercentage: 100,
        DestinationS3Uri: `s3://${project.bucket}/capture`,
        CaptureOptions: [{ CaptureMode: 'Input' }, { CaptureMode: 'Output' }],
      },
      ProductionVariants: [
        { VariantName: 'AllTraffic', ModelName, InstanceType: 'ml.m5.large', InitialInstanceCount: 1 },
      ],
    }),
  )

async function settled(EndpointName: string) {
  for (;;) {
    const endpoint = await project.sagemaker.send(new DescribeEndpointCommand({ EndpointName }))
    if (!['Creating', 'Updating'].includes(endpoint.EndpointStatus ?? '')) return endpoint
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

describe('the registry', () => {
  test('numbers versions, keeps the digest of the image and the ETag of the artifact', async () => {
    const first = await publish()
    expect(first).toBe(`arn:aws:sagemaker:eu-west-1:300000000003:model-package/${group}/1`)
    expect(await publish()).toMatch(/\/2$/)
    const described = await project.sagemaker.send(new DescribeModelPackageCommand({ ModelPackageName: first }))
    expect(described).toMatchObject({
      ModelPackageVersion: 1,
      ModelApprovalStatus: 'PendingManualApproval',
      ModelPackageStatus: 'Completed',
      CreatedBy: { IamIdentity: { Arn: expect.stringContaining('assumed-role/admin/') } },
    })
    expect(described.InferenceSpecification?.Containers?.[0]).toMatchObject({
      ImageDigest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
      ModelDataETag: expect.stringMatching(/^[0-9a-f]{32}/),
    })
  })

  test('a deleted version is not numbered again; a group with packages stays', async () => {
    const last = await publish()
    await project.sagemaker.send(new DeleteModelPackageCommand({ ModelPackageName: last }))
    expect(Number((await publish()).split('/').at(-1))).toBe(Number(last.split('/').at(-1)) + 1)
    const { code } = await refusal(
      project.sagemaker.send(new DeleteModelPackageGroupCommand({ ModelPackageGroupName: group })),
    )
    expect(code).toBe('ConflictException')
  })

  test('only who may approve approves; lists filter by approval', async () => {
    const arn = await publish()
    await makeRole(project.admin, 'no-approval', [
      { Effect: 'Allow', Action: 'sagemaker:*', Resource: '*' },
      {
        Effect: 'Deny',
        Action: ['sagemaker:CreateModelPackage', 'sagemaker:UpdateModelPackage'],
        Resource: '*',
        Condition: { StringEquals: { 'sagemaker:ModelApprovalStatus': 'Approved' } },
      },
    ])
    const scientist = new SageMakerClient(await bench.as('claims', 'no-approval'))
    const approve = new UpdateModelPackageCommand({ ModelPackageArn: arn, ModelApprovalStatus: 'Approved' })
    expect((await refusal(scientist.send(approve))).message).toContain('explicit deny')
    expect((await refusal(publish(scientist, 'Approved'))).code).toBe('AccessDeniedException')
    await publish(scientist)
    await project.sagemaker.send(approve)
    const listed = await project.sagemaker.send(
      new ListModelPackagesCommand({ ModelPackageGroupName: group, ModelApprovalStatus: 'Approved' }),
    )
    expect(listed.ModelPackageSummaryList?.map((each) => each.ModelPackageArn)).toEqual([arn])
  })

  test('a group policy is kept, a malformed one refused', async () => {
    const put = (ResourcePolicy: string) =>
      project.sagemaker.send(new PutModelPackageGroupPolicyCommand({ ModelPackageGroupName: group, ResourcePolicy }))
    expect((await refusal(put('{"Statement":"x"}'))).code).toBe('ValidationException')
    const policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Principal: { AWS: '400000000004' }, Action: 'sagemaker:Describe*', Resource: '*' },
      ],
    })
    await put(policy)
    const get = new GetModelPackageGroupPolicyCommand({ ModelPackageGroupName: group })
    expect((await project.sagemaker.send(get)).ResourcePolicy).toBe(policy)
  })

  test('lists page by the limit that was asked for', async () => {
    const first = await project.sagemaker.send(
      new ListModelPackagesCommand({ ModelPackageGroupName: group, MaxResults: 2 }),
    )
    expect(first.ModelPackageSummaryList).toHaveLength(2)
    const next = await project.sagemaker.send(
      new ListModelPackagesCommand({ ModelPackageGroupName: group, MaxResults: 2, NextToken: first.NextToken }),
    )
    expect(next.ModelPackageSummaryList?.[0]?.ModelPackageArn).not.toBe(
      first.ModelPackageSummaryList?.[0]?.ModelPackageArn,
    )
  })
})

describe('an endpoint', () => {
  test('serves the artifact that was trained, over CSV and JSON', async () => {
    const packageArn = await publish()
    const unapproved = await refusal(createModel('fraud', { ModelPackageName: packageArn }))
    expect(unapproved.message).toContain('approval status PendingManualApproval')
    await project.sagemaker.send(
      new UpdateModelPackageCommand({ ModelPackageArn: packageArn, ModelApprovalStatus: 'Approved' }),
    )
    await createModel('fraud', { ModelPackageName: packageArn })
    await createConfig('fraud-1', 'fraud')
    await project.sagemaker.send(new CreateEndpointCommand({ EndpointName: 'fraud', EndpointConfigName: 'fraud-1' }))
    await waitUntilEndpointInService(
      { client: project.sagemaker, maxWaitTime: 10, minDelay: 1, maxDelay: 1 },
      { EndpointName: 'fraud' },
    )
    const endpoint = await settled('fraud')
    expect(endpoint).toMatchObject({ EndpointStatus: 'InService', EndpointConfigName: 'fraud-1' })
    expect(endpoint.ProductionVariants?.[0]?.DeployedImages?.[0]).toMatchObject({ SpecifiedImage: image })

    const runtime = new SageMakerRuntimeClient(project.admin)
    const answer = await runtime.send(
      new InvokeEndpointCommand({ EndpointName: 'fraud', ContentType: 'text/csv', Body: row }),
    )
    const key = artifact.slice(`s3://${project.bucket}/`.length)
    const stored = await new S3Client(project.admin).send(new GetObjectCommand({ Bucket: project.bucket, Key: key }))
    const model = await loadModel((await stored.Body?.transformToByteArray()) ?? new Uint8Array())
    expect(Buffer.from(answer.Body ?? []).toString()).toBe(infer(model, 'text/csv', undefined, row).body)
    expect(answer).toMatchObject({ ContentType: 'application/json', InvokedProductionVariant: 'AllTraffic' })
    const json = await runtime.send(
      new InvokeEndpointCommand({
        EndpointName: 'fraud',
        ContentType: 'application/json',
        Body: JSON.stringify({ instances: [{ features: row.split(',').map(Number) }] }),
      }),
    )
    expect(JSON.parse(Buffer.from(json.Body ?? []).toString()).predictions[0].predicted_label).toBe(0)
  })

  test('captures what was asked and answered', async () => {
    const s3 = new S3Client(project.admin)
    const list = new ListObjectsV2Command({ Bucket: project.bucket, Prefix: 'capture/fraud/AllTraffic/' })
    await expect.poll(async () => (await s3.send(list)).KeyCount).toBe(2)
    const Key = (await s3.send(list)).Contents?.[0]?.Key
    const text = await (await s3.send(new GetObjectCommand({ Bucket: project.bucket, Key }))).Body?.transformToString()
    expect(JSON.parse(text ?? '').captureData).toMatchObject({
      endpointInput: { mode: 'INPUT', data: row, encoding: 'CSV' },
      endpointOutput: { mode: 'OUTPUT', encoding: 'JSON', data: expect.stringContaining('predicted_label') },
    })
  })

  test('keeps serving what it loaded; lineage leads from data to endpoint', async () => {
    const found = await project.sagemaker.send(
      new ListAssociationsCommand({ AssociationType: 'Produced', DestinationType: 'Endpoint' }),
    )
    const context = found.AssociationSummaries?.find((each) => each.DestinationType === 'Endpoint')
    expect(context?.DestinationName).toBe('fraud-aws-endpoint')
    const lineage = await project.sagemaker.send(
      new QueryLineageCommand({ StartArns: [context?.DestinationArn ?? ''], Direction: 'Ascendants' }),
    )
    const types = lineage.Vertices?.map((each) => each.Type)
    expect(types).toEqual(
      expect.arrayContaining(['ModelDeployment', 'Model', 'SageMakerTrainingJob', 'DataSet', 'Image']),
    )
  })

  test('refuses wrong features with the words of its container', async () => {
    const runtime = new SageMakerRuntimeClient(project.admin)
    const wrong = await refusal(
      runtime.send(new InvokeEndpointCommand({ EndpointName: 'fraud', ContentType: 'text/csv', Body: '1,2' })),
    )
    expect(wrong).toMatchObject({ code: 'ModelError', status: 424 })
    expect(wrong.message).toContain(
      'Received client error (400) from primary with message "Feature size of the request is 2',
    )
    const none = await refusal(runtime.send(new InvokeEndpointCommand({ EndpointName: 'none', Body: row })))
    expect(none.message).toBe('Endpoint none of account 300000000003 not found.')
  })

  test('fails when its artifact is gone, and an update keeps what was served', async () => {
    const s3 = new S3Client(project.admin)
    const copy = { Bucket: project.bucket, Key: 'models/broken/model.tar.gz' }
    await s3.send(new PutObjectCommand({ ...copy, Body: 'not a model' }))
    await createModel('broken', { Image: image, ModelDataUrl: `s3://${copy.Bucket}/${copy.Key}` })
    await createConfig('broken-1', 'broken')
    await project.sagemaker.send(new CreateEndpointCommand({ EndpointName: 'broken', EndpointConfigName: 'broken-1' }))
    const failed = await settled('broken')
    expect(failed.EndpointStatus).toBe('Failed')
    expect(failed.FailureReason).toContain('did not pass the ping health check')
    await project.sagemaker.send(new UpdateEndpointCommand({ EndpointName: 'fraud', EndpointConfigName: 'broken-1' }))
    expect(await settled('fraud')).toMatchObject({ EndpointStatus: 'InService', EndpointConfigName: 'fraud-1' })
    await s3.send(new DeleteObjectCommand(copy))
  })

  test('is deleted, and then not found', async () => {
    await project.sagemaker.send(new DeleteEndpointCommand({ EndpointName: 'fraud' }))
    const { code, message } = await refusal(
      project.sagemaker.send(new DescribeEndpointCommand({ EndpointName: 'fraud' })),
    )
    expect([code, message]).toEqual([
      'ValidationException',
      'Could not find endpoint "arn:aws:sagemaker:eu-west-1:300000000003:endpoint/fraud".',
    ])
  })
})

describe('refused', () => {
  test('a model whose artifact the role cannot read, or without a way to S3', async () => {
    const missing = { Image: image, ModelDataUrl: `s3://${project.bucket}/nothing/model.tar.gz` }
    expect((await refusal(createModel('missing', missing))).message).toContain('Could not access model data at s3://')
  })

  test('what exists already, and what does not', async () => {
    const container = { Image: image, ModelDataUrl: artifact }
    await createModel('twice', container)
    expect((await refusal(createModel('twice', container))).message).toBe(
      'Cannot create already existing model "arn:aws:sagemaker:eu-west-1:300000000003:model/twice".',
    )
    expect((await refusal(createConfig('no-model', 'none'))).message).toBe(
      'Could not find model "arn:aws:sagemaker:eu-west-1:300000000003:model/none".',
    )
    expect((await refusal(project.sagemaker.send(new DescribeModelCommand({ ModelName: 'none' })))).code).toBe(
      'ValidationException',
    )
  })

  test('an operation that is not built says so', async () => {
    const command = new CreateProcessingJobCommand({
      ProcessingJobName: 'p',
      RoleArn: project.roleArn,
      AppSpecification: { ImageUri: image },
      ProcessingResources: { ClusterConfig: { InstanceCount: 1, InstanceType: 'ml.m5.large', VolumeSizeInGB: 1 } },
    })
    expect((await refusal(project.sagemaker.send(command))).status).toBe(501)
  })

  test('taking off the tag that a policy protects', async () => {
    const ResourceArn = 'arn:aws:sagemaker:eu-west-1:300000000003:model/twice'
    await project.sagemaker.send(new AddTagsCommand({ ResourceArn, Tags: [{ Key: 'ManagedBy', Value: 'UAIS' }] }))
    await makeRole(project.admin, 'tag-bound', [
      { Effect: 'Allow', Action: 'sagemaker:*', Resource: '*' },
      {
        Effect: 'Deny',
        Action: ['sagemaker:AddTags', 'sagemaker:DeleteTags', 'sagemaker:DeleteModel'],
        Resource: '*',
        Condition: { StringEquals: { 'aws:ResourceTag/ManagedBy': 'UAIS' } },
      },
    ])
    const bound = new SageMakerClient(await bench.as('claims', 'tag-bound'))
    const untag = new DeleteTagsCommand({ ResourceArn, TagKeys: ['ManagedBy'] })
    expect((await refusal(bound.send(untag))).code).toBe('AccessDeniedException')
    const retag = new AddTagsCommand({ ResourceArn, Tags: [{ Key: 'ManagedBy', Value: 'me' }] })
    expect((await refusal(bound.send(retag))).code).toBe('AccessDeniedException')
    const { Tags } = await project.sagemaker.send(new ListTagsCommand({ ResourceArn }))
    expect(Tags).toEqual([{ Key: 'ManagedBy', Value: 'UAIS' }])
  })

  test('is on record', async () => {
    const trail = new CloudTrailClient(project.admin)
    const { Events } = await trail.send(
      new LookupEventsCommand({ LookupAttributes: [{ AttributeKey: 'EventName', AttributeValue: 'DeleteTags' }] }),
    )
    const record = JSON.parse(Events?.[0]?.CloudTrailEvent ?? '{}')
    expect(record).toMatchObject({ eventSource: 'sagemaker.amazonaws.com', errorCode: 'AccessDenied' })
  })
})
