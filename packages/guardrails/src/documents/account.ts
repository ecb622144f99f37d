import type { PolicyStatement } from '@uais/iam'
import { statementsFor } from '../catalogue.ts'
import {
  dataBucketArn,
  eventQueueArn,
  eventRulesArn,
  logGroupArn,
  projectRoleArn,
  sagemakerArn,
  secretArn,
  trailArn,
  trailBucketArn,
} from '../names.ts'
import type { AccountParams } from '../params.ts'
import { allow, deny, forAnyone } from '../statement.ts'
import { denialsOf } from './ceiling.ts'

/**
 * What a project role could be given at most. It grants nothing by itself (IAM User Guide, "Permissions boundaries").
 * Owned by the account's owner: made by the bootstrap, and out of the platform's reach.
 */
export function boundary(params: AccountParams): PolicyStatement[] {
  const named = [
    allow('CeilingOfSageMaker', {
      Action: [
        'sagemaker:AddTags',
        'sagemaker:CreateApp',
        'sagemaker:CreateModelPackage',
        'sagemaker:CreateTrainingJob',
        'sagemaker:DeleteApp',
        'sagemaker:Describe*',
        'sagemaker:InvokeEndpoint',
        'sagemaker:ListModelPackages',
        'sagemaker:ListTags',
        'sagemaker:StopTrainingJob',
        'sagemaker:UpdateSpace',
      ],
      Resource: sagemakerArn(params, '*'),
    }),
    allow('CeilingOfData', {
      Action: ['s3:DeleteObject', 's3:PutObject'],
      Resource: `${dataBucketArn(params)}/projects/*`,
    }),
    // Any bucket of this account may become a data source, as ours is; which ones is each grant's business.
    allow('CeilingOfSources', {
      Action: ['s3:GetObject', 's3:ListBucket'],
      Resource: '*',
      Condition: { StringEquals: { 'aws:ResourceAccount': params.awsAccountId } },
    }),
    allow('CeilingOfServices', {
      Action: [
        'cloudwatch:PutMetricData',
        'ec2:CreateNetworkInterface',
        'ec2:CreateNetworkInterfacePermission',
        'ec2:DeleteNetworkInterface',
        'ec2:DeleteNetworkInterfacePermission',
        'ec2:DescribeDhcpOptions',
        'ec2:DescribeNetworkInterfaces',
        'ec2:DescribeSecurityGroups',
        'ec2:DescribeSubnets',
        'ec2:DescribeVpcs',
        'ecr:BatchCheckLayerAvailability',
        'ecr:BatchGetImage',
        'ecr:GetAuthorizationToken',
        'ecr:GetDownloadUrlForLayer',
        'kms:CreateGrant',
        'kms:Decrypt',
        'kms:DescribeKey',
        'kms:GenerateDataKey',
        'kms:RetireGrant',
        // AWS narrows no list of apps and spaces: there is no resource to name.
        'sagemaker:ListApps',
        'sagemaker:ListSpaces',
      ],
      Resource: '*',
    }),
    allow('CeilingOfLogs', {
      Action: [
        'logs:CreateLogGroup',
        'logs:CreateLogStream',
        'logs:DescribeLogStreams',
        'logs:GetLogEvents',
        'logs:PutLogEvents',
      ],
      Resource: [logGroupArn(params, '/aws/sagemaker/*'), logGroupArn(params, '/uais/projects/*')],
    }),
    allow('CeilingOfSecrets', { Action: 'secretsmanager:GetSecretValue', Resource: secretArn(params, 'uais/*') }),
    allow('CeilingOfPassing', {
      Action: 'iam:PassRole',
      Resource: projectRoleArn(params, '*', 'training'),
      Condition: { StringEquals: { 'iam:PassedToService': 'sagemaker.amazonaws.com' } },
    }),
  ]
  return [...named, ...denialsOf(named, statementsFor('boundary', params))]
}

export const dataBucketPolicy = (params: AccountParams) => statementsFor('data-bucket', params)

/** CloudTrail may write, for this trail only (AWS CloudTrail User Guide, "Amazon S3 bucket policy for CloudTrail"). */
export const trailBucketPolicy = (params: AccountParams): PolicyStatement[] => [
  {
    Sid: 'LOG1TrailLooksAtBucket',
    Effect: 'Allow',
    Principal: { Service: 'cloudtrail.amazonaws.com' },
    Action: 's3:GetBucketAcl',
    Resource: trailBucketArn(params),
    Condition: { StringEquals: { 'aws:SourceArn': trailArn(params) } },
  },
  {
    Sid: 'LOG1TrailWrites',
    Effect: 'Allow',
    Principal: { Service: 'cloudtrail.amazonaws.com' },
    Action: 's3:PutObject',
    Resource: `${trailBucketArn(params)}/AWSLogs/${params.awsAccountId}/*`,
    Condition: {
      StringEquals: { 'aws:SourceArn': trailArn(params), 's3:x-amz-acl': 'bucket-owner-full-control' },
    },
  },
  ...statementsFor('trail-bucket', params),
]

/** EventBridge may deliver, from our rules only (Amazon EventBridge User Guide, "Resource-based policies"). */
export const eventQueuePolicy = (params: AccountParams): PolicyStatement[] => [
  {
    Sid: 'LOG1RulesDeliver',
    Effect: 'Allow',
    Principal: { Service: 'events.amazonaws.com' },
    Action: 'sqs:SendMessage',
    Resource: eventQueueArn(params),
    Condition: {
      ArnLike: { 'aws:SourceArn': eventRulesArn(params) },
      StringEquals: { 'aws:SourceAccount': params.awsAccountId },
    },
  },
  forAnyone(
    deny('DAT2OnlyTls', {
      Action: 'sqs:*',
      Resource: eventQueueArn(params),
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    }),
  ),
]
