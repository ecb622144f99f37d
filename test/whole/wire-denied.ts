import { callAs, type WireCall } from './wire-calls.ts'
import type { Subjects } from './wire-session.ts'

const trust = (account: string) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: 'sts:AssumeRole' }],
  })
const everything = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
})

/** Calls that must be denied: what the guardrails promise. At least 40. */
export function deniedCalls(s: Subjects): WireCall[] {
  const arn = (rest: string) => `arn:aws:sagemaker:${s.region}:${s.account}:${rest}`
  const [scientist, admin, platform] = [callAs('scientist'), callAs('admin'), callAs('platform')]
  const domain = arn(`domain/${s.domainId}`)
  const training = {
    TrainingJobName: `${s.project}--forbidden`,
    AlgorithmSpecification: { TrainingImage: s.image, TrainingInputMode: 'File' },
    RoleArn: `arn:aws:iam::${s.account}:role/uais/projects/${s.trainingRole}`,
    OutputDataConfig: { S3OutputPath: `s3://${s.bucket}/projects/${s.project}/models/`, KmsKeyId: s.keyId },
    ResourceConfig: { InstanceType: 'ml.m5.large', InstanceCount: 1, VolumeSizeInGB: 10, VolumeKmsKeyId: s.keyId },
    StoppingCondition: { MaxRuntimeInSeconds: 3600 },
    VpcConfig: { Subnets: s.subnets, SecurityGroupIds: s.securityGroups },
    EnableNetworkIsolation: true,
    EnableInterContainerTrafficEncryption: true,
    Tags: [{ Key: 'uais:project', Value: s.project }],
  }
  const { VpcConfig: _, ...withoutNetwork } = training
  const notebook = {
    NotebookInstanceName: `${s.project}-forbidden`,
    InstanceType: 'ml.t3.medium',
    RoleArn: `arn:aws:iam::${s.account}:role/uais/projects/${s.studioRole}`,
    SubnetId: s.subnets[0],
    SecurityGroupIds: s.securityGroups,
    KmsKeyId: s.keyId,
    DirectInternetAccess: 'Disabled',
    RootAccess: 'Disabled',
  }
  const { SubnetId: _subnet, SecurityGroupIds: _groups, ...anywhere } = notebook
  return [
    // The scientist: other people's things, approvals, endpoints, ways around network, key and role.
    scientist('s3', 'ListObjectsV2', { Bucket: s.bucket }),
    scientist('s3', 'ListObjectsV2', { Bucket: s.bucket, Prefix: `projects/${s.project}/users/` }),
    scientist('s3', 'GetObject', {
      Bucket: s.bucket,
      Key: `projects/${s.project}/users/00000000-0000-0000-0000-000000000000/a.csv`,
    }),
    scientist('s3', 'DeleteObject', { Bucket: s.bucket, Key: `projects/${s.project}/data/measurements/train.csv` }),
    scientist('s3', 'GetObject', { Bucket: s.bucket, Key: 'projects/other/data/x.csv' }),
    scientist('s3', 'ListObjectsV2', { Bucket: s.trailBucket }),
    scientist('s3', 'GetBucketPolicy', { Bucket: s.bucket }),
    scientist('s3', 'ListBuckets'),
    scientist('sagemaker', 'CreateTrainingJob', withoutNetwork),
    scientist('sagemaker', 'CreateTrainingJob', {
      ...training,
      ResourceConfig: {
        InstanceType: 'ml.p4d.24xlarge',
        InstanceCount: 1,
        VolumeSizeInGB: 10,
        VolumeKmsKeyId: s.keyId,
      },
    }),
    scientist('sagemaker', 'CreateTrainingJob', {
      ...training,
      ResourceConfig: { InstanceType: 'ml.m5.large', InstanceCount: 1, VolumeSizeInGB: 10 },
    }),
    scientist('sagemaker', 'CreateTrainingJob', {
      ...training,
      OutputDataConfig: { S3OutputPath: training.OutputDataConfig.S3OutputPath },
    }),
    scientist('sagemaker', 'CreateTrainingJob', { ...training, RoleArn: `arn:aws:iam::${s.account}:role/admin` }),
    scientist('sagemaker', 'CreateTrainingJob', {
      ...training,
      VpcConfig: { Subnets: ['subnet-0123456789abcdef0'], SecurityGroupIds: s.securityGroups },
    }),
    scientist('sagemaker', 'CreateTrainingJob', { ...training, Tags: [{ Key: 'uais:project', Value: 'other' }] }),
    scientist('sagemaker', 'UpdateModelPackage', { ModelPackageArn: s.packageArn, ModelApprovalStatus: 'Approved' }),
    scientist('sagemaker', 'CreateEndpoint', { EndpointName: `uais-${s.project}-mine`, EndpointConfigName: 'mine' }),
    scientist('sagemaker', 'UpdateEndpoint', { EndpointName: s.endpoint, EndpointConfigName: 'mine' }),
    scientist('sagemaker', 'DeleteEndpoint', { EndpointName: s.endpoint }),
    scientist('sagemaker', 'CreatePresignedDomainUrl', { DomainId: s.domainId, UserProfileName: s.profile }),
    scientist('sagemaker', 'ListTrainingJobs'),
    scientist('sagemaker', 'AddTags', { ResourceArn: domain, Tags: [{ Key: 'a', Value: 'b' }] }),
    scientist('iam', 'ListRoles'),
    scientist('iam', 'CreateRole', { RoleName: 'mine', AssumeRolePolicyDocument: trust(s.account) }),
    scientist('kms', 'ScheduleKeyDeletion', { KeyId: s.keyId }),
    scientist('secretsmanager', 'GetSecretValue', { SecretId: 'uais/other/password' }),
    scientist('ec2', 'CreateInternetGateway'),
    scientist('sagemaker', 'CreateNotebookInstance', notebook),
    // The account's administrator: everything that the platform manages.
    admin('sagemaker', 'DeleteDomain', { DomainId: s.domainId }),
    admin('sagemaker', 'UpdateDomain', { DomainId: s.domainId, AppNetworkAccessType: 'PublicInternetOnly' }),
    admin('sagemaker', 'AddTags', { ResourceArn: domain, Tags: [{ Key: 'ManagedBy', Value: 'me' }] }),
    admin('sagemaker', 'DeleteTags', { ResourceArn: domain, TagKeys: ['ManagedBy'] }),
    admin('sagemaker', 'DeleteEndpoint', { EndpointName: s.endpoint }),
    admin('sagemaker', 'UpdateModelPackage', { ModelPackageArn: s.packageArn, ModelApprovalStatus: 'Approved' }),
    admin('sagemaker', 'CreatePresignedDomainUrl', { DomainId: s.domainId, UserProfileName: s.profile }),
    admin('sagemaker', 'DeleteUserProfile', { DomainId: s.domainId, UserProfileName: s.profile }),
    admin('sagemaker', 'CreateNotebookInstance', { ...notebook, DirectInternetAccess: 'Enabled' }),
    admin('sagemaker', 'CreateNotebookInstance', { ...anywhere, DirectInternetAccess: 'Enabled' }),
    admin('sagemaker', 'CreateNotebookInstance', { ...notebook, SubnetId: 'subnet-0123456789abcdef0' }),
    admin('sagemaker', 'CreateNotebookInstance', { ...notebook, SecurityGroupIds: ['sg-0123456789abcdef0'] }),
    admin('sagemaker', 'CreatePresignedNotebookInstanceUrl', { NotebookInstanceName: 'any' }),
    admin('sagemaker', 'CreateProcessingJob', {
      ProcessingJobName: `${s.project}--forbidden`,
      RoleArn: training.RoleArn,
      AppSpecification: { ImageUri: s.image },
      ProcessingResources: { ClusterConfig: { InstanceCount: 1, InstanceType: 'ml.m5.large', VolumeSizeInGB: 10 } },
    }),
    admin('organizations', 'LeaveOrganization'),
    admin('iam', 'UpdateAssumeRolePolicy', { RoleName: s.studioRole, PolicyDocument: trust(s.account) }),
    admin('iam', 'PutRolePolicy', { RoleName: s.studioRole, PolicyName: 'more', PolicyDocument: everything }),
    admin('iam', 'AttachRolePolicy', {
      RoleName: s.trainingRole,
      PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess',
    }),
    admin('iam', 'DeleteRolePermissionsBoundary', { RoleName: s.trainingRole }),
    admin('iam', 'DeleteRole', { RoleName: 'uais-provision' }),
    admin('iam', 'CreateRole', { RoleName: 'uais-evil', Path: '/uais/', AssumeRolePolicyDocument: trust(s.account) }),
    admin('iam', 'UntagRole', { RoleName: s.studioRole, TagKeys: ['ManagedBy'] }),
    admin('s3', 'DeleteBucketPolicy', { Bucket: s.bucket }),
    admin('s3', 'PutBucketVersioning', { Bucket: s.trailBucket, VersioningConfiguration: { Status: 'Suspended' } }),
    admin('s3', 'DeletePublicAccessBlock', { Bucket: s.bucket }),
    admin('kms', 'ScheduleKeyDeletion', { KeyId: s.keyId }),
    admin('cloudtrail', 'StopLogging', { Name: 'uais' }),
    admin('cloudtrail', 'DeleteTrail', { Name: 'uais' }),
    admin('events', 'DisableRule', { Name: 'uais-calls' }),
    // The platform's own role: narrow, and without the data.
    platform('s3', 'GetObject', { Bucket: s.bucket, Key: `projects/${s.project}/data/measurements/train.csv` }),
    platform('kms', 'GenerateDataKey', { KeyId: s.keyId, KeySpec: 'AES_256' }),
    platform('iam', 'CreateUser', { UserName: 'mine' }),
    platform('iam', 'CreateRole', { RoleName: 'outside', AssumeRolePolicyDocument: trust(s.account) }),
    platform('iam', 'UpdateAssumeRolePolicy', { RoleName: 'break-glass', PolicyDocument: trust(s.account) }),
    platform('ec2', 'CreateInternetGateway'),
  ]
}
