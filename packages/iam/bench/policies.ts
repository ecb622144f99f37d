import type { PolicyDocument } from '../src/index.ts'

const account = '111122223333'
const bucket = 'arn:aws:s3:::uais-data-111122223333-eu-west-1'
const platformRole = `arn:aws:iam::${account}:role/uais/uais-provision`

const studio: PolicyDocument = {
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'Read',
      Effect: 'Allow',
      Action: ['sagemaker:Describe*', 'sagemaker:List*', 'sagemaker:Get*'],
      Resource: '*',
    },
    {
      Sid: 'OwnApps',
      Effect: 'Allow',
      Action: ['sagemaker:CreateApp', 'sagemaker:DeleteApp'],
      Resource: `arn:aws:sagemaker:*:${account}:app/*/\${sagemaker:UserProfileName}/*`,
    },
    {
      Sid: 'Train',
      Effect: 'Allow',
      Action: ['sagemaker:CreateTrainingJob', 'sagemaker:CreateProcessingJob', 'sagemaker:AddTags'],
      Resource: [
        `arn:aws:sagemaker:*:${account}:training-job/fraud-*`,
        `arn:aws:sagemaker:*:${account}:processing-job/fraud-*`,
      ],
      Condition: { StringEquals: { 'aws:RequestTag/uais:project': 'fraud' } },
    },
    {
      Sid: 'Stop',
      Effect: 'Allow',
      Action: 'sagemaker:Stop*',
      Resource: '*',
      Condition: { StringEquals: { 'aws:ResourceTag/uais:project': '${aws:PrincipalTag/project}' } },
    },
  ],
}

const data: PolicyDocument = {
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'ListOwn',
      Effect: 'Allow',
      Action: 's3:ListBucket',
      Resource: bucket,
      Condition: { StringLike: { 's3:prefix': ['projects/fraud/*', 'projects/fraud/users/${aws:SourceIdentity}/*'] } },
    },
    { Sid: 'ReadProject', Effect: 'Allow', Action: 's3:GetObject', Resource: `${bucket}/projects/fraud/*` },
    {
      Sid: 'WriteOwn',
      Effect: 'Allow',
      Action: ['s3:PutObject', 's3:DeleteObject'],
      Resource: `${bucket}/projects/fraud/users/\${aws:SourceIdentity}/*`,
    },
    {
      Sid: 'NoPlainText',
      Effect: 'Deny',
      Action: 's3:PutObject',
      Resource: '*',
      Condition: { StringNotEquals: { 's3:x-amz-server-side-encryption': 'aws:kms' } },
    },
  ],
}

const pass: PolicyDocument = {
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'PassOwn',
      Effect: 'Allow',
      Action: 'iam:PassRole',
      Resource: `arn:aws:iam::${account}:role/uais/projects/uais-fraud-*`,
      Condition: { StringEquals: { 'iam:PassedToService': 'sagemaker.amazonaws.com' } },
    },
    {
      Sid: 'Key',
      Effect: 'Allow',
      Action: ['kms:Decrypt', 'kms:GenerateDataKey*', 'kms:DescribeKey'],
      Resource: `arn:aws:kms:*:${account}:key/*`,
      Condition: { StringLike: { 'kms:ViaService': ['s3.*.amazonaws.com', 'sagemaker.*.amazonaws.com'] } },
    },
  ],
}

export const identityDocuments: Record<string, PolicyDocument> = { studio, data, pass }

export const boundaryDocument: PolicyDocument = {
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Action: ['sagemaker:*', 's3:*', 'kms:*', 'logs:*', 'ecr:*', 'iam:PassRole'], Resource: '*' },
    { Effect: 'Deny', Action: 'sagemaker:CreatePresigned*', Resource: '*' },
    {
      Effect: 'Deny',
      Action: 's3:*',
      Resource: '*',
      Condition: { StringNotEqualsIfExists: { 'aws:ResourceAccount': account } },
    },
  ],
}

const exceptPlatform = {
  ArnNotLike: { 'aws:PrincipalArn': [platformRole, `arn:aws:iam::${account}:role/break-glass`] },
}

const immutability: PolicyDocument = {
  Version: '2012-10-17',
  Statement: [
    { Sid: 'FullAccess', Effect: 'Allow', Action: '*', Resource: '*' },
    {
      Sid: 'MutateManaged',
      Effect: 'Deny',
      NotAction: [
        'sagemaker:Describe*',
        'sagemaker:List*',
        's3:Get*',
        's3:List*',
        's3:PutObject',
        'kms:Decrypt',
        'iam:PassRole',
      ],
      Resource: '*',
      Condition: { StringEquals: { 'aws:ResourceTag/ManagedBy': 'UAIS' }, ...exceptPlatform },
    },
    {
      Sid: 'ClaimTag',
      Effect: 'Deny',
      Action: '*',
      Resource: '*',
      Condition: { 'ForAnyValue:StringEquals': { 'aws:TagKeys': ['ManagedBy', 'uais:stack'] }, ...exceptPlatform },
    },
    {
      Sid: 'ProtectRoles',
      Effect: 'Deny',
      Action: ['iam:Update*', 'iam:Put*', 'iam:Attach*', 'iam:Delete*'],
      Resource: `arn:aws:iam::*:role/uais/*`,
      Condition: exceptPlatform,
    },
    {
      Sid: 'Trail',
      Effect: 'Deny',
      Action: ['cloudtrail:StopLogging', 'cloudtrail:DeleteTrail'],
      Resource: '*',
      Condition: exceptPlatform,
    },
  ],
}

const network: PolicyDocument = {
  Version: '2012-10-17',
  Statement: [
    { Sid: 'FullAccess', Effect: 'Allow', Action: '*', Resource: '*' },
    {
      Sid: 'Subnets',
      Effect: 'Deny',
      Action: ['sagemaker:CreateTrainingJob', 'sagemaker:CreateProcessingJob', 'sagemaker:CreateModel'],
      Resource: '*',
      Condition: { Null: { 'sagemaker:VpcSubnets': 'true' } },
    },
    {
      Sid: 'Groups',
      Effect: 'Deny',
      Action: ['sagemaker:CreateTrainingJob', 'sagemaker:CreateProcessingJob', 'sagemaker:CreateModel'],
      Resource: '*',
      Condition: { Null: { 'sagemaker:VpcSecurityGroupIds': 'true' } },
    },
    {
      Sid: 'Instances',
      Effect: 'Deny',
      Action: ['sagemaker:Create*', 'sagemaker:Update*'],
      Resource: '*',
      Condition: { 'ForAnyValue:StringNotLike': { 'sagemaker:InstanceTypes': ['ml.t3.*', 'ml.m5.*', 'system'] } },
    },
    { Sid: 'Tls', Effect: 'Deny', Action: '*', Resource: '*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
  ],
}

const region: PolicyDocument = {
  Version: '2012-10-17',
  Statement: [
    { Sid: 'FullAccess', Effect: 'Allow', Action: '*', Resource: '*' },
    {
      Sid: 'Regions',
      Effect: 'Deny',
      NotAction: ['iam:*', 'organizations:*', 'sts:*', 'support:*'],
      Resource: '*',
      Condition: { StringNotEquals: { 'aws:RequestedRegion': ['eu-west-1', 'eu-central-1'] } },
    },
    { Sid: 'Leave', Effect: 'Deny', Action: 'organizations:LeaveOrganization', Resource: '*' },
    {
      Sid: 'Keys',
      Effect: 'Deny',
      Action: ['kms:ScheduleKeyDeletion', 'kms:DisableKey'],
      Resource: '*',
      Condition: exceptPlatform,
    },
    {
      Sid: 'Root',
      Effect: 'Deny',
      Action: '*',
      Resource: '*',
      Condition: { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:root' } },
    },
  ],
}

export const organizationDocuments: Record<string, PolicyDocument> = { immutability, network, region }

export const bucketDocument: PolicyDocument = {
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'Tls',
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:*',
      Resource: [bucket, `${bucket}/*`],
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    },
    {
      Sid: 'Endpoint',
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:*',
      Resource: [bucket, `${bucket}/*`],
      Condition: {
        StringNotEqualsIfExists: { 'aws:SourceVpce': 'vpce-1a2b3c4d' },
        BoolIfExists: { 'aws:ViaAWSService': 'false' },
      },
    },
    {
      Sid: 'Trail',
      Effect: 'Allow',
      Principal: { Service: 'cloudtrail.amazonaws.com' },
      Action: 's3:PutObject',
      Resource: `${bucket}/AWSLogs/*`,
      Condition: { StringEquals: { 'aws:SourceAccount': account } },
    },
    {
      Sid: 'Audit',
      Effect: 'Allow',
      Principal: { AWS: '444455556666' },
      Action: 's3:GetObject',
      Resource: `${bucket}/AWSLogs/*`,
    },
  ],
}
