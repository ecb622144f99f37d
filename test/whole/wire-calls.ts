import type { Principal, Subjects } from './wire-session.ts'

/** One AWS call, in the names of the API; every client sends the same. */
export interface WireCall {
  as: Principal
  /** Name of the service in the AWS CLI's and boto3's words. */
  service:
    | 'iam'
    | 's3'
    | 'sagemaker'
    | 'kms'
    | 'ec2'
    | 'sts'
    | 'logs'
    | 'cloudtrail'
    | 'secretsmanager'
    | 'organizations'
    | 'events'
  operation: string
  input: Record<string, unknown>
}

/** Calls that must work: what each of the three needs every day. At least 40. */
export function allowedCalls(s: Subjects): WireCall[] {
  const arn = (rest: string) => `arn:aws:sagemaker:${s.region}:${s.account}:${rest}`
  const scientist = (
    service: WireCall['service'],
    operation: string,
    input: Record<string, unknown> = {},
  ): WireCall => ({ as: 'scientist', service, operation, input })
  const admin = (service: WireCall['service'], operation: string, input: Record<string, unknown> = {}): WireCall => ({
    as: 'admin',
    service,
    operation,
    input,
  })
  const platform = (
    service: WireCall['service'],
    operation: string,
    input: Record<string, unknown> = {},
  ): WireCall => ({ as: 'platform', service, operation, input })
  return [
    scientist('sts', 'GetCallerIdentity'),
    scientist('s3', 'ListObjectsV2', { Bucket: s.bucket, Prefix: `projects/${s.project}/data/measurements/` }),
    scientist('s3', 'ListObjectsV2', { Bucket: s.bucket, Prefix: s.ownPrefix }),
    scientist('s3', 'ListObjectsV2', { Bucket: s.bucket, Prefix: `projects/${s.project}/models/` }),
    scientist('s3', 'GetObject', { Bucket: s.bucket, Key: `projects/${s.project}/data/measurements/train.csv` }),
    scientist('s3', 'HeadObject', { Bucket: s.bucket, Key: `projects/${s.project}/data/measurements/validation.csv` }),
    scientist('sagemaker', 'DescribeDomain', { DomainId: s.domainId }),
    scientist('sagemaker', 'DescribeUserProfile', { DomainId: s.domainId, UserProfileName: s.profile }),
    scientist('sagemaker', 'DescribeTrainingJob', { TrainingJobName: s.job }),
    scientist('sagemaker', 'ListTags', { ResourceArn: arn(`training-job/${s.job}`) }),
    scientist('sagemaker', 'DescribeModelPackage', { ModelPackageName: s.packageArn }),
    scientist('sagemaker', 'DescribeModelPackageGroup', { ModelPackageGroupName: s.group }),
    scientist('sagemaker', 'DescribeEndpoint', { EndpointName: s.endpoint }),
    admin('sts', 'GetCallerIdentity'),
    admin('iam', 'ListRoles'),
    admin('iam', 'GetRole', { RoleName: s.studioRole }),
    admin('iam', 'ListRolePolicies', { RoleName: s.studioRole }),
    admin('iam', 'ListAttachedRolePolicies', { RoleName: s.trainingRole }),
    admin('iam', 'GetAccountSummary'),
    admin('s3', 'ListBuckets'),
    admin('s3', 'GetBucketPolicy', { Bucket: s.bucket }),
    admin('s3', 'GetBucketEncryption', { Bucket: s.bucket }),
    admin('s3', 'GetPublicAccessBlock', { Bucket: s.bucket }),
    admin('s3', 'GetBucketVersioning', { Bucket: s.bucket }),
    admin('sagemaker', 'ListDomains'),
    admin('sagemaker', 'DescribeDomain', { DomainId: s.domainId }),
    admin('sagemaker', 'ListEndpoints'),
    admin('sagemaker', 'DescribeEndpoint', { EndpointName: s.endpoint }),
    admin('sagemaker', 'ListTrainingJobs'),
    admin('sagemaker', 'ListModelPackages', { ModelPackageGroupName: s.group }),
    admin('sagemaker', 'ListTags', { ResourceArn: arn(`domain/${s.domainId}`) }),
    admin('ec2', 'DescribeVpcs', { VpcIds: [s.vpcId] }),
    admin('ec2', 'DescribeSubnets', { SubnetIds: s.subnets }),
    admin('ec2', 'DescribeSecurityGroups', { GroupIds: s.securityGroups }),
    admin('ec2', 'DescribeVpcEndpoints'),
    admin('kms', 'DescribeKey', { KeyId: s.keyId }),
    admin('kms', 'ListAliases'),
    admin('cloudtrail', 'DescribeTrails'),
    admin('cloudtrail', 'LookupEvents', { MaxResults: 5 }),
    admin('logs', 'DescribeLogGroups'),
    admin('events', 'ListRules'),
    admin('secretsmanager', 'ListSecrets'),
    platform('sts', 'GetCallerIdentity'),
    platform('sagemaker', 'DescribeDomain', { DomainId: s.domainId }),
    platform('iam', 'GetRole', { RoleName: s.studioRole }),
    platform('s3', 'GetBucketPolicy', { Bucket: s.bucket }),
    platform('ec2', 'DescribeVpcs'),
    platform('kms', 'DescribeKey', { KeyId: s.keyId }),
  ]
}

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
  const call =
    (as: Principal) =>
    (service: WireCall['service'], operation: string, input: Record<string, unknown> = {}): WireCall => ({
      as,
      service,
      operation,
      input,
    })
  const [scientist, admin, platform] = [call('scientist'), call('admin'), call('platform')]
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
    // The account's administrator: everything that the platform manages.
    admin('sagemaker', 'DeleteDomain', { DomainId: s.domainId }),
    admin('sagemaker', 'UpdateDomain', { DomainId: s.domainId, AppNetworkAccessType: 'PublicInternetOnly' }),
    admin('sagemaker', 'AddTags', { ResourceArn: domain, Tags: [{ Key: 'ManagedBy', Value: 'me' }] }),
    admin('sagemaker', 'DeleteTags', { ResourceArn: domain, TagKeys: ['ManagedBy'] }),
    admin('sagemaker', 'DeleteEndpoint', { EndpointName: s.endpoint }),
    admin('sagemaker', 'UpdateModelPackage', { ModelPackageArn: s.packageArn, ModelApprovalStatus: 'Approved' }),
    admin('sagemaker', 'CreatePresignedDomainUrl', { DomainId: s.domainId, UserProfileName: s.profile }),
    admin('sagemaker', 'DeleteUserProfile', { DomainId: s.domainId, UserProfileName: s.profile }),
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
