import type { PolicyStatement } from '@uais/iam'
import {
  apiDestinationArns,
  boundaryArn,
  configRulesArn,
  dataBucketArn,
  eventQueueArn,
  eventRulesArn,
  iamArn,
  keyArnPattern,
  logGroupArn,
  sagemakerArn,
  trailArn,
  trailBucketArn,
} from '../names.ts'
import type { AccountParams } from '../params.ts'
import { allow } from '../statement.ts'

/** The note that a data source leaves at its place; the only objects under data/ that the platform may read. */
export const markerName = '.uais-source.json'

/**
 * Looking at what UAIS makes: what Terraform reads before it plans (recorded calls of the AWS provider), and what
 * the platform looks up to show the state of things. No objects, no secrets, no decryption.
 */
export function readPolicy(p: AccountParams): PolicyStatement[] {
  const ours = (path: string) => iamArn(p, p.awsAccountId, path)
  return [
    allow('ReadWhatCannotBeNarrowed', {
      Action: [
        'cloudtrail:DescribeTrails',
        ...(p.config ? ['config:DescribeConfigRules'] : []),
        'ec2:DescribeAvailabilityZones',
        'ec2:DescribeInternetGateways',
        'ec2:DescribeNatGateways',
        'ec2:DescribeNetworkAcls',
        'ec2:DescribeNetworkInterfaces',
        'ec2:DescribePrefixLists',
        'ec2:DescribeRouteTables',
        'ec2:DescribeSecurityGroupRules',
        'ec2:DescribeSecurityGroups',
        'ec2:DescribeSubnets',
        'ec2:DescribeVpcAttribute',
        'ec2:DescribeVpcEndpoints',
        'ec2:DescribeVpcs',
        'kms:ListAliases',
        'logs:DescribeLogGroups',
        'sagemaker:List*',
        'tag:GetResources',
      ],
      Resource: '*',
    }),
    allow('ReadSageMaker', { Action: 'sagemaker:Describe*', Resource: sagemakerArn(p, '*') }),
    allow('ReadRoles', {
      Action: [
        'iam:GetPolicy',
        'iam:GetPolicyVersion',
        'iam:GetRole',
        'iam:GetRolePolicy',
        'iam:ListAttachedRolePolicies',
        'iam:ListInstanceProfilesForRole',
        'iam:ListPolicyVersions',
        'iam:ListRolePolicies',
      ],
      Resource: [ours('role/uais/*'), ours('policy/uais/*'), boundaryArn(p)],
    }),
    allow('ReadKeys', {
      Action: ['kms:DescribeKey', 'kms:GetKeyPolicy', 'kms:GetKeyRotationStatus', 'kms:ListResourceTags'],
      Resource: keyArnPattern(p),
    }),
    allow('ReadBuckets', {
      Action: [
        's3:GetAccelerateConfiguration',
        's3:GetBucket*',
        's3:GetEncryptionConfiguration',
        's3:GetLifecycleConfiguration',
        's3:GetReplicationConfiguration',
        's3:ListBucket',
        's3:ListBucketVersions',
      ],
      Resource: [dataBucketArn(p), trailBucketArn(p)],
    }),
    allow('ReadMarkers', {
      Action: ['s3:GetObject', 's3:GetObjectTagging', 's3:GetObjectVersion'],
      Resource: `${dataBucketArn(p)}/projects/*/data/*/${markerName}`,
    }),
    readWatchers(p),
  ]
}

const readWatchers = (p: AccountParams): PolicyStatement =>
  allow('ReadWatchers', {
    Action: [
      'budgets:ListTagsForResource',
      'budgets:ViewBudget',
      'cloudtrail:GetEventSelectors',
      'cloudtrail:GetTrail',
      'cloudtrail:GetTrailStatus',
      'cloudtrail:ListTags',
      ...(p.config ? ['config:ListTagsForResource'] : []),
      ...(p.splunk ? ['events:DescribeApiDestination', 'events:DescribeConnection'] : []),
      'events:DescribeRule',
      'events:ListTagsForResource',
      'events:ListTargetsByRule',
      'logs:ListTagsForResource',
      'sqs:GetQueueAttributes',
      'sqs:GetQueueUrl',
      'sqs:ListQueueTags',
    ],
    Resource: [
      `arn:${p.partition}:budgets::${p.awsAccountId}:budget/uais-*`,
      trailArn(p),
      eventRulesArn(p),
      eventQueueArn(p),
      logGroupArn(p, '*'),
      ...(p.config ? [configRulesArn(p)] : []),
      ...(p.splunk ? apiDestinationArns(p) : []),
    ],
  })
