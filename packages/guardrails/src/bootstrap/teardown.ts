import type { PolicyStatement } from '@uais/iam'
import {
  aliasArn,
  apiDestinationArns,
  configRulesArn,
  dataBucketArn,
  ec2Arn,
  eventQueueArn,
  eventRulesArn,
  iamArn,
  keyArnPattern,
  logGroupArn,
  managedTag,
  projectRolesArn,
  sagemakerArn,
  serviceRolesArn,
  trailArn,
  trailBucketArn,
} from '../names.ts'
import type { AccountParams } from '../params.ts'
import { allow } from '../statement.ts'

const isTagged = { StringEquals: { [`aws:ResourceTag/${managedTag.key}`]: managedTag.value } }

const structures = (p: AccountParams): PolicyStatement[] => [
  allow('EndNetwork', {
    Action: [
      'ec2:DeleteRouteTable',
      'ec2:DeleteSecurityGroup',
      'ec2:DeleteSubnet',
      'ec2:DeleteVpc',
      'ec2:DeleteVpcEndpoints',
      'ec2:DisassociateRouteTable',
      'ec2:RevokeSecurityGroupEgress',
      'ec2:RevokeSecurityGroupIngress',
    ],
    Resource: ec2Arn(p, '*'),
    Condition: isTagged,
  }),
  allow('EndRoles', {
    Action: [
      'iam:DeletePolicy',
      'iam:DeletePolicyVersion',
      'iam:DeleteRole',
      'iam:DeleteRolePolicy',
      'iam:DetachRolePolicy',
    ],
    Resource: [projectRolesArn(p), serviceRolesArn(p), iamArn(p, p.awsAccountId, 'policy/uais/projects/*')],
  }),
  allow('EndWatchers', {
    Action: [
      'budgets:ModifyBudget',
      'cloudtrail:DeleteTrail',
      ...(p.splunk ? ['events:DeleteApiDestination'] : []),
      'events:DeleteRule',
      'events:RemoveTargets',
      'logs:DeleteLogGroup',
      'sqs:DeleteQueue',
    ],
    Resource: [
      `arn:${p.partition}:budgets::${p.awsAccountId}:budget/uais-*`,
      trailArn(p),
      eventRulesArn(p),
      eventQueueArn(p),
      logGroupArn(p, '/uais/*'),
      logGroupArn(p, '/aws/sagemaker/Endpoints/uais-*'),
      ...(p.splunk ? apiDestinationArns(p) : []),
    ],
  }),
  ...(p.config
    ? [
        allow('EndConfigRules', {
          Action: 'config:DeleteConfigRule',
          Resource: configRulesArn(p),
          Condition: isTagged,
        }),
      ]
    : []),
]

const contents = (p: AccountParams): PolicyStatement[] => [
  allow('EndInSageMaker', {
    Action: [
      'sagemaker:DeleteDomain',
      'sagemaker:DeleteEndpoint',
      'sagemaker:DeleteEndpointConfig',
      'sagemaker:DeleteModel',
      'sagemaker:DeleteModelPackageGroup',
      'sagemaker:DeleteSpace',
      'sagemaker:DeleteUserProfile',
    ],
    Resource: sagemakerArn(p, '*'),
    Condition: isTagged,
  }),
  allow('EndAppsAndVersions', {
    Action: ['sagemaker:DeleteApp', 'sagemaker:DeleteModelPackage'],
    Resource: [sagemakerArn(p, 'app/*'), sagemakerArn(p, 'model-package/uais-*/*')],
  }),
  // A week at least in which the owner can take it back (AWS KMS Developer Guide, "Deleting AWS KMS keys").
  allow('EndKey', {
    Action: 'kms:ScheduleKeyDeletion',
    Resource: keyArnPattern(p),
    Condition: { ...isTagged, NumericGreaterThanEquals: { 'kms:ScheduleKeyDeletionPendingWindowInDays': '7' } },
  }),
  allow('EndKeyName', { Action: 'kms:DeleteAlias', Resource: aliasArn(p) }),
  allow('EndKeyNameOfKey', { Action: 'kms:DeleteAlias', Resource: keyArnPattern(p), Condition: isTagged }),
  allow('EndBuckets', {
    Action: [
      's3:DeleteBucket',
      's3:DeleteBucketPolicy',
      's3:PutBucketCORS',
      's3:PutBucketObjectLockConfiguration',
      's3:PutBucketOwnershipControls',
      's3:PutBucketPublicAccessBlock',
      's3:PutBucketVersioning',
      's3:PutEncryptionConfiguration',
    ],
    Resource: [dataBucketArn(p), trailBucketArn(p)],
  }),
  // Terraform empties a bucket only where the owner said so. A trail in compliance mode cannot be emptied by anyone.
  allow('EmptyBuckets', {
    Action: [
      's3:BypassGovernanceRetention',
      's3:DeleteObject',
      's3:DeleteObjectVersion',
      's3:GetObjectLegalHold',
      's3:GetObjectRetention',
    ],
    Resource: [`${dataBucketArn(p)}/*`, `${trailBucketArn(p)}/*`],
  }),
]

/** Removes what the stacks made, when the owner wants it gone; makes nothing. */
export const teardownPolicy = (p: AccountParams): PolicyStatement[] => [...structures(p), ...contents(p)]
