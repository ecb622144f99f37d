import { AttachRolePolicyCommand, IAMClient, UpdateAssumeRolePolicyCommand } from '@aws-sdk/client-iam'
import { LeaveOrganizationCommand, OrganizationsClient } from '@aws-sdk/client-organizations'
import { DeleteBucketPolicyCommand, GetObjectCommand, S3Client } from '@aws-sdk/client-s3'
import {
  AddTagsCommand,
  CreateNotebookInstanceCommand,
  CreateTrainingJobCommand,
  DeleteDomainCommand,
  DeleteEndpointCommand,
  SageMakerClient,
  UpdateModelPackageCommand,
} from '@aws-sdk/client-sagemaker'
import { imageUri } from '@uais/sandbox'
import type { Studio } from './studio.ts'

export interface DenialSubjects {
  admin: Studio['config']
  studio: Studio
  account: string
  packageArn: string
  endpointName: string
  endpointArn: string
}

export interface Attempt {
  principal: 'admin' | 'scientist'
  action: string
  resource: string
  send: () => Promise<unknown>
}

/** What neither the account's administrator nor a scientist in Studio may do. */
export function forbiddenActs(subjects: DenialSubjects): Attempt[] {
  return [...actsOfAdmin(subjects), ...actsOfScientist(subjects)]
}

function actsOfAdmin({ admin, studio, account, packageArn, endpointName, endpointArn }: DenialSubjects): Attempt[] {
  const act = (action: string, resource: string, send: Attempt['send']): Attempt => ({
    principal: 'admin',
    action,
    resource,
    send,
  })
  const { domainId, executionRoleArn, kmsKeyId, places, network } = studio.identity
  const arn = (path: string) => `arn:aws:sagemaker:${admin.region}:${account}:${path}`
  const domain = arn(`domain/${domainId}`)
  const Tags = [{ Key: 'ManagedBy', Value: 'me' }]
  const RoleName = executionRoleArn.split('/').at(-1) ?? ''
  const PolicyArn = 'arn:aws:iam::aws:policy/AdministratorAccess'
  const sagemaker = new SageMakerClient(admin)
  const iam = new IAMClient(admin)
  const approve = new UpdateModelPackageCommand({ ModelPackageArn: packageArn, ModelApprovalStatus: 'Approved' })
  const openNotebook = new CreateNotebookInstanceCommand({
    NotebookInstanceName: 'open-to-the-internet',
    InstanceType: 'ml.t3.medium',
    RoleArn: executionRoleArn,
    SubnetId: network.subnetIds[0],
    SecurityGroupIds: network.securityGroupIds,
    KmsKeyId: kmsKeyId,
    RootAccess: 'Disabled',
    InstanceMetadataServiceConfiguration: { MinimumInstanceMetadataServiceVersion: '2' },
    DirectInternetAccess: 'Enabled',
  })
  return [
    act('sagemaker:DeleteDomain', domain, () => sagemaker.send(new DeleteDomainCommand({ DomainId: domainId }))),
    act('sagemaker:AddTags', domain, () => sagemaker.send(new AddTagsCommand({ ResourceArn: domain, Tags }))),
    act('sagemaker:DeleteEndpoint', endpointArn, () =>
      sagemaker.send(new DeleteEndpointCommand({ EndpointName: endpointName })),
    ),
    act('sagemaker:UpdateModelPackage', packageArn, () => sagemaker.send(approve)),
    act('sagemaker:CreateNotebookInstance', arn('notebook-instance/open-to-the-internet'), () =>
      sagemaker.send(openNotebook),
    ),
    act('iam:UpdateAssumeRolePolicy', executionRoleArn, () =>
      iam.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument: trustFor(account) })),
    ),
    act('iam:AttachRolePolicy', executionRoleArn, () => iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }))),
    act('s3:DeleteBucketPolicy', `arn:aws:s3:::${places.bucket}`, () =>
      new S3Client(admin).send(new DeleteBucketPolicyCommand({ Bucket: places.bucket })),
    ),
    act('organizations:LeaveOrganization', '*', () =>
      new OrganizationsClient(admin).send(new LeaveOrganizationCommand({})),
    ),
  ]
}

function actsOfScientist({ admin, studio, account, packageArn }: DenialSubjects): Attempt[] {
  const act = (action: string, resource: string, send: Attempt['send']): Attempt => ({
    principal: 'scientist',
    action,
    resource,
    send,
  })
  const { config } = studio
  const { bucket, project } = studio.identity.places
  const sagemaker = new SageMakerClient(config)
  const approve = new UpdateModelPackageCommand({ ModelPackageArn: packageArn, ModelApprovalStatus: 'Approved' })
  const job = `arn:aws:sagemaker:${admin.region}:${account}:training-job/${project}--no-network`
  const somebodyElses = `projects/${project}/users/00000000-0000-0000-0000-000000000000/notes.csv`
  return [
    act('sagemaker:UpdateModelPackage', packageArn, () => sagemaker.send(approve)),
    act('sagemaker:CreateTrainingJob', job, () => sagemaker.send(trainingWithoutNetwork(studio))),
    act('s3:GetObject', `arn:aws:s3:::${bucket}/${somebodyElses}`, () =>
      new S3Client(config).send(new GetObjectCommand({ Bucket: bucket, Key: somebodyElses })),
    ),
  ]
}

function trainingWithoutNetwork({ identity, config }: Studio): CreateTrainingJobCommand {
  const { places, kmsKeyId } = identity
  return new CreateTrainingJobCommand({
    TrainingJobName: `${places.project}--no-network`,
    AlgorithmSpecification: { TrainingImage: imageUri('xgboost', config.region), TrainingInputMode: 'File' },
    RoleArn: places.trainingRoleArn,
    OutputDataConfig: { S3OutputPath: `s3://${places.bucket}/${places.modelsPrefix}`, KmsKeyId: kmsKeyId },
    ResourceConfig: { InstanceType: 'ml.m5.large', InstanceCount: 1, VolumeSizeInGB: 10, VolumeKmsKeyId: kmsKeyId },
    StoppingCondition: { MaxRuntimeInSeconds: 3600 },
    EnableNetworkIsolation: true,
    EnableInterContainerTrafficEncryption: true,
    Tags: [{ Key: 'uais:project', Value: places.project }],
  })
}

function trustFor(account: string): string {
  const Statement = [{ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: 'sts:AssumeRole' }]
  return JSON.stringify({ Version: '2012-10-17', Statement })
}
