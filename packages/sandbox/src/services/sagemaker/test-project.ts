import {
  AssociateRouteTableCommand,
  CreateRouteTableCommand,
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  CreateVpcEndpointCommand,
  EC2Client,
} from '@aws-sdk/client-ec2'
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam'
import { CreateKeyCommand, KMSClient } from '@aws-sdk/client-kms'
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import {
  type CreateTrainingJobCommandInput,
  DescribeTrainingJobCommand,
  type DescribeTrainingJobCommandOutput,
  SageMakerClient,
} from '@aws-sdk/client-sagemaker'
import { penguins } from '../../ml/dataset.ts'
import { imageUri } from '../../ml/image-uri.ts'
import { type AccountName, accounts, type ClientConfig, type TestBench } from '../test-bench.ts'

/** What a project's account holds for these tests: network, key, bucket with data, and an execution role. */
export interface TestProject {
  admin: ClientConfig
  sagemaker: SageMakerClient
  bucket: string
  keyArn: string
  roleArn: string
  vpc: { Subnets: string[]; SecurityGroupIds: string[] }
  vpcId: string
  /** A VPC of the same account without an S3 endpoint. */
  closedVpc: { Subnets: string[]; SecurityGroupIds: string[] }
  endpointId: string
}

const trust = (account: string) => ({
  Effect: 'Allow',
  Principal: { Service: 'sagemaker.amazonaws.com' },
  Action: ['sts:AssumeRole', 'sts:SetSourceIdentity'],
  Condition: { StringEquals: { 'aws:SourceAccount': account } },
})

const document = (...statements: object[]) => JSON.stringify({ Version: '2012-10-17', Statement: statements })

export async function makeRole(
  admin: ClientConfig,
  name: string,
  statements: object[],
  trusts?: object,
): Promise<string> {
  const iam = new IAMClient(admin)
  const account = accounts.claims
  const { Role } = await iam.send(
    new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument: document(trusts ?? trust(account)) }),
  )
  await iam.send(new PutRolePolicyCommand({ RoleName: name, PolicyName: 'p', PolicyDocument: document(...statements) }))
  return Role?.Arn ?? ''
}

export async function makeProject(bench: TestBench, account: AccountName = 'claims'): Promise<TestProject> {
  const admin = await bench.as(account, 'admin')
  const bucket = `train-${accounts[account]}`
  const s3 = new S3Client(admin)
  await s3.send(
    new CreateBucketCommand({ Bucket: bucket, CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } }),
  )
  const data = penguins()
  for (const channel of ['train', 'validation', 'test'] as const)
    await s3.send(new PutObjectCommand({ Bucket: bucket, Key: `data/${channel}/penguins.csv`, Body: data[channel] }))
  const { KeyMetadata } = await new KMSClient(admin).send(new CreateKeyCommand({}))
  const roleArn = await makeRole(admin, 'execution', [
    {
      Effect: 'Allow',
      Action: ['s3:GetObject', 's3:PutObject', 's3:ListBucket'],
      Resource: [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`],
    },
    { Effect: 'Allow', Action: ['kms:CreateGrant', 'kms:Decrypt', 'kms:GenerateDataKey'], Resource: '*' },
    { Effect: 'Allow', Action: ['logs:*'], Resource: '*' },
  ])
  const open = await makeNetwork(admin, true)
  const closed = await makeNetwork(admin, false)
  return {
    admin,
    sagemaker: new SageMakerClient(admin),
    bucket,
    keyArn: KeyMetadata?.Arn ?? '',
    roleArn,
    vpc: open.vpc,
    vpcId: open.vpcId,
    endpointId: open.endpointId,
    closedVpc: closed.vpc,
  }
}

async function makeNetwork(admin: ClientConfig, withEndpoint: boolean) {
  const ec2 = new EC2Client(admin)
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }))
  const VpcId = Vpc?.VpcId ?? ''
  const { Subnet } = await ec2.send(new CreateSubnetCommand({ VpcId, CidrBlock: '10.0.1.0/24' }))
  const SubnetId = Subnet?.SubnetId ?? ''
  const { GroupId = '' } = await ec2.send(new CreateSecurityGroupCommand({ VpcId, GroupName: 'g', Description: 'g' }))
  let endpointId = ''
  if (withEndpoint) {
    const { RouteTable } = await ec2.send(new CreateRouteTableCommand({ VpcId }))
    const RouteTableId = RouteTable?.RouteTableId ?? ''
    await ec2.send(new AssociateRouteTableCommand({ RouteTableId, SubnetId }))
    const { VpcEndpoint } = await ec2.send(
      new CreateVpcEndpointCommand({ VpcId, ServiceName: 'com.amazonaws.eu-west-1.s3', RouteTableIds: [RouteTableId] }),
    )
    endpointId = VpcEndpoint?.VpcEndpointId ?? ''
  }
  return { vpcId: VpcId, vpc: { Subnets: [SubnetId], SecurityGroupIds: [GroupId] }, endpointId }
}

/** A complete request for training on penguins; `changes` replace its members. */
export function trainingJob(
  project: TestProject,
  name: string,
  changes: Partial<CreateTrainingJobCommandInput> = {},
): CreateTrainingJobCommandInput {
  const channel = (ChannelName: string) => ({
    ChannelName,
    ContentType: 'text/csv',
    DataSource: {
      S3DataSource: { S3DataType: 'S3Prefix' as const, S3Uri: `s3://${project.bucket}/data/${ChannelName}/` },
    },
  })
  return {
    TrainingJobName: name,
    AlgorithmSpecification: { TrainingImage: imageUri('linear-learner', 'eu-west-1'), TrainingInputMode: 'File' },
    RoleArn: project.roleArn,
    HyperParameters: { predictor_type: 'multiclass_classifier', num_classes: '3', epochs: '10' },
    InputDataConfig: [channel('train'), channel('validation')],
    OutputDataConfig: { S3OutputPath: `s3://${project.bucket}/models`, KmsKeyId: project.keyArn },
    ResourceConfig: {
      InstanceType: 'ml.m5.large',
      InstanceCount: 1,
      VolumeSizeInGB: 5,
      VolumeKmsKeyId: project.keyArn,
    },
    VpcConfig: project.vpc,
    StoppingCondition: { MaxRuntimeInSeconds: 600 },
    ...changes,
  }
}

/** Waits until the job has ended. */
export async function ended(sagemaker: SageMakerClient, name: string): Promise<DescribeTrainingJobCommandOutput> {
  for (;;) {
    const job = await sagemaker.send(new DescribeTrainingJobCommand({ TrainingJobName: name }))
    if (job.TrainingJobStatus !== 'InProgress' && job.TrainingJobStatus !== 'Stopping') return job
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
