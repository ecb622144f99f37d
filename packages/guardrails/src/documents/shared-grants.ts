import type { PolicyStatement } from '@uais/iam'
import { dataBucketArn, logGroupArn, projectLogGroup } from '../names.ts'
import type { ProjectParams } from '../params.ts'
import { allow } from '../statement.ts'

/** Use of the account's key, through services only; the key policy says the same (AWS KMS, "kms:ViaService"). */
export const useKey = (p: ProjectParams, ...services: ('s3' | 'secretsmanager')[]): PolicyStatement =>
  allow('UseKey', {
    Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
    Resource: p.keyArn,
    Condition: {
      StringEquals: { 'kms:ViaService': services.map((name) => `${name}.${p.region}.amazonaws.com`) },
    },
  })

/** Disks of jobs and models: SageMaker holds a grant for as long as they live. */
export const grantKeyToSageMaker = (p: ProjectParams): PolicyStatement =>
  allow('GrantKeyToSageMaker', {
    Action: ['kms:CreateGrant', 'kms:DescribeKey'],
    Resource: p.keyArn,
    Condition: { StringEquals: { 'kms:ViaService': `sagemaker.${p.region}.amazonaws.com` } },
  })

/** Container images, AWS's own among them: each lies in a registry of another account, so no ARN narrows it. */
export const pullImages = allow('PullImages', {
  Action: [
    'ecr:BatchCheckLayerAvailability',
    'ecr:BatchGetImage',
    'ecr:GetAuthorizationToken',
    'ecr:GetDownloadUrlForLayer',
  ],
  Resource: '*',
})

/** Interfaces in the agreed subnets (SageMaker AI Developer Guide, "Give training jobs access to resources in your VPC"). */
export const useNetwork = allow('UseNetwork', {
  Action: [
    'ec2:CreateNetworkInterface',
    'ec2:CreateNetworkInterfacePermission',
    'ec2:DeleteNetworkInterface',
    'ec2:DeleteNetworkInterfacePermission',
    'ec2:DescribeDhcpOptions',
    'ec2:DescribeNetworkInterfaces',
    'ec2:DescribeSecurityGroups',
    'ec2:DescribeSubnets',
    'ec2:DescribeVpcs',
  ],
  Resource: '*',
})

/** Groups are named with and without their streams; a star at the end of a name stands for both. */
export const writeLogs = (p: ProjectParams, ...groups: string[]): PolicyStatement =>
  allow('WriteLogs', {
    Action: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
    Resource: [...groups, projectLogGroup(p.project.name)]
      .flatMap((group) => (group.endsWith('*') ? [group] : [group, `${group}:*`]))
      .map((group) => logGroupArn(p, group)),
  })

export const writeMetrics = allow('WriteMetrics', {
  Action: 'cloudwatch:PutMetricData',
  Resource: '*',
  Condition: { StringLike: { 'cloudwatch:namespace': '/aws/sagemaker/*' } },
})

export const objects = (p: ProjectParams, path: string) => `${dataBucketArn(p)}/projects/${p.project.name}/${path}`

/**
 * Listing of the given paths only: a star stands for nothing too. No `IfExists`: without a prefix the whole bucket
 * would be listed (Amazon S3 User Guide, "Bucket policy examples using condition keys: s3:prefix").
 */
export const listObjects = (p: ProjectParams, ...paths: string[]): PolicyStatement =>
  allow('ListObjects', {
    Action: 's3:ListBucket',
    Resource: dataBucketArn(p),
    Condition: { StringLike: { 's3:prefix': paths.map((path) => `projects/${p.project.name}/${path}/*`) } },
  })
