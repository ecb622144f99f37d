import {
  CreateAutoMLJobCommand,
  CreateAutoMLJobV2Command,
  CreateProcessingJobCommand,
  CreateTransformJobCommand,
  SageMakerClient,
} from '@aws-sdk/client-sagemaker'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accounts, refusal, startTestBench, type TestBench } from '../test-bench.ts'

let bench: TestBench
beforeAll(async () => {
  bench = await startTestBench()
})
afterAll(() => bench.stop())

const RoleArn = `arn:aws:iam::${accounts.claims}:role/execution`
const key = (name: string) => `arn:aws:kms:eu-west-1:${accounts.claims}:key/${name}`
const VpcConfig = { Subnets: ['subnet-1'], SecurityGroupIds: ['sg-1'] }
const SecurityConfig = { VolumeKmsKeyId: key('volume'), EnableInterContainerTrafficEncryption: true, VpcConfig }
const OutputDataConfig = { KmsKeyId: key('output'), S3OutputPath: 's3://b/o' }
const Tags = [{ Key: 'a', Value: 'b' }]

/** Everything that the Service Authorization Reference names, at once: one key that is not there, and it is denied. */
const network = {
  'ForAllValues:StringEquals': { 'sagemaker:VpcSubnets': 'subnet-1', 'sagemaker:VpcSecurityGroupIds': 'sg-1' },
  Null: { 'sagemaker:VpcSubnets': 'false', 'sagemaker:VpcSecurityGroupIds': 'false' },
}
const keys = { 'sagemaker:VolumeKmsKeyArn': key('volume'), 'sagemaker:OutputKmsKeyArn': key('output') }
const type = { 'ForAnyValue:StringEquals': { 'sagemaker:InstanceTypes': 'ml.m5.large' } }
const tagged = { StringEquals: { 'aws:RequestTag/a': 'b' } }

const processing = new CreateProcessingJobCommand({
  ProcessingJobName: 'Job',
  RoleArn,
  AppSpecification: { ImageUri: 'i' },
  ProcessingResources: {
    ClusterConfig: {
      InstanceCount: 1,
      InstanceType: 'ml.m5.large',
      VolumeSizeInGB: 5,
      VolumeKmsKeyId: key('volume'),
    },
  },
  ProcessingOutputConfig: { KmsKeyId: key('output'), Outputs: [] },
  StoppingCondition: { MaxRuntimeInSeconds: 60 },
  NetworkConfig: { EnableNetworkIsolation: true, EnableInterContainerTrafficEncryption: true, VpcConfig },
  Tags,
})
const autoMl = new CreateAutoMLJobCommand({
  AutoMLJobName: 'Job',
  RoleArn,
  InputDataConfig: [
    { TargetAttributeName: 'y', DataSource: { S3DataSource: { S3DataType: 'S3Prefix', S3Uri: 's3://b/i' } } },
  ],
  OutputDataConfig,
  AutoMLJobConfig: { SecurityConfig },
  Tags,
})
const autoMlV2 = new CreateAutoMLJobV2Command({
  AutoMLJobName: 'Job',
  RoleArn,
  AutoMLJobInputDataConfig: [{ DataSource: { S3DataSource: { S3DataType: 'S3Prefix', S3Uri: 's3://b/i' } } }],
  AutoMLProblemTypeConfig: { TabularJobConfig: { TargetAttributeName: 'y' } },
  OutputDataConfig,
  SecurityConfig,
  Tags,
})
const transform = new CreateTransformJobCommand({
  TransformJobName: 'Job',
  ModelName: 'M',
  TransformInput: { DataSource: { S3DataSource: { S3DataType: 'S3Prefix', S3Uri: 's3://b/i' } } },
  TransformOutput: { S3OutputPath: 's3://b/o', KmsKeyId: key('output') },
  TransformResources: { InstanceCount: 1, InstanceType: 'ml.m5.large', VolumeKmsKeyId: key('volume') },
  Tags,
})
const encryption = { 'sagemaker:InterContainerTrafficEncryption': 'true' }
const model = `arn:aws:sagemaker:eu-west-1:${accounts.claims}:model/m`

/** [operation, resource, what the caller sends, the conditions under which it is allowed] */
const cases: [string, string, { input: object }, object][] = [
  [
    'CreateProcessingJob',
    'processing-job/job',
    processing,
    {
      ...network,
      ...type,
      ...tagged,
      ArnEquals: keys,
      Bool: { ...encryption, 'sagemaker:NetworkIsolation': 'true' },
      NumericLessThanEquals: { 'sagemaker:MaxRuntimeInSeconds': '60' },
    },
  ],
  ['CreateAutoMLJob', 'automl-job/job', autoMl, { ...network, ...tagged, ArnEquals: keys, Bool: encryption }],
  ['CreateAutoMLJobV2', 'automl-job/job', autoMlV2, { ...network, ...tagged, ArnEquals: keys, Bool: encryption }],
  [
    'CreateTransformJob',
    'transform-job/job',
    transform,
    { ...type, ...tagged, ArnEquals: { ...keys, 'sagemaker:ModelArn': model } },
  ],
]

describe.each(cases)('%s', (operation, path, command, Condition) => {
  const resource = `arn:aws:sagemaker:eu-west-1:${accounts.claims}:${path}`
  const send = async (...statements: object[]) => {
    bench.role('claims', 'seer', statements)
    const client = new SageMakerClient(await bench.as('claims', 'seer'))
    return refusal(client.send(command as never))
  }
  const others = { Effect: 'Allow', Action: ['iam:PassRole', 'sagemaker:AddTags'], Resource: '*' }

  it('is decided by every key, and then not run', async () => {
    const allow = { Effect: 'Allow', Action: `sagemaker:${operation}`, Resource: resource, Condition }
    expect(await send(allow, others)).toMatchObject({
      code: 'NotImplemented',
      status: 501,
      message: expect.stringContaining(`whether sagemaker:${operation} is allowed, and this call is`),
    })
  })

  it('is denied by each key alone', async () => {
    const allow = { Effect: 'Allow', Action: '*', Resource: '*' }
    for (const [operator, values] of Object.entries(Condition as Record<string, object>).filter(
      ([o]) => o !== 'Null',
    )) {
      for (const [name, value] of Object.entries(values)) {
        const deny = {
          Effect: 'Deny',
          Action: `sagemaker:${operation}`,
          Resource: '*',
          Condition: { [operator]: { [name]: value } },
        }
        expect(await send(allow, deny), name).toMatchObject({
          code: 'AccessDeniedException',
          message: expect.stringContaining(`sagemaker:${operation} on resource: ${resource} with an explicit deny`),
        })
      }
    }
  })
})
