import type { PolicyStatement } from '@uais/iam'
import {
  aliasArn,
  boundaryArn,
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
  projectTag,
  sagemakerArn,
  serviceRolesArn,
  trailArn,
  trailBucketArn,
} from '../names.ts'
import type { AccountParams } from '../params.ts'
import { allow, deny } from '../statement.ts'
import { markerName } from './read.ts'
import { keepForwarding } from './splunk.ts'

const asTagged = { [`aws:RequestTag/${managedTag.key}`]: managedTag.value }
const isTagged = { [`aws:ResourceTag/${managedTag.key}`]: managedTag.value }

const networkParts = (p: AccountParams) =>
  ['route-table', 'security-group', 'security-group-rule', 'subnet', 'vpc', 'vpc-endpoint'].map((kind) =>
    ec2Arn(p, `${kind}/*`),
  )
const makeNetwork = [
  'ec2:AuthorizeSecurityGroupEgress',
  'ec2:AuthorizeSecurityGroupIngress',
  'ec2:CreateRouteTable',
  'ec2:CreateSecurityGroup',
  'ec2:CreateSubnet',
  'ec2:CreateVpc',
  'ec2:CreateVpcEndpoint',
]

const network = (p: AccountParams): PolicyStatement[] => [
  allow('MakeTaggedNetwork', {
    Action: makeNetwork,
    Resource: networkParts(p),
    Condition: { StringEquals: asTagged },
  }),
  allow('ChangeTaggedNetwork', {
    Action: [
      ...makeNetwork.filter((action) => action !== 'ec2:CreateVpc'),
      'ec2:AssociateRouteTable',
      'ec2:CreateTags',
      'ec2:DeleteTags',
      'ec2:DisassociateRouteTable',
      'ec2:ModifySecurityGroupRules',
      'ec2:ModifyVpcAttribute',
      'ec2:ModifyVpcEndpoint',
      'ec2:RevokeSecurityGroupEgress',
      'ec2:RevokeSecurityGroupIngress',
    ],
    Resource: networkParts(p),
    Condition: { StringEquals: isTagged },
  }),
  allow('TagNetworkAtCreation', {
    Action: 'ec2:CreateTags',
    Resource: networkParts(p),
    Condition: { StringEquals: { 'ec2:CreateAction': makeNetwork.map((action) => action.slice('ec2:'.length)) } },
  }),
  // Private names of interface endpoints (AWS PrivateLink Guide, "Create an interface endpoint").
  allow('NameEndpoints', { Action: 'route53:AssociateVPCWithHostedZone', Resource: '*' }),
]

const roles = (p: AccountParams): PolicyStatement[] => {
  const made = [projectRolesArn(p), serviceRolesArn(p)]
  const bounded = { StringEquals: { 'iam:PermissionsBoundary': boundaryArn(p) } }
  const policies = iamArn(p, p.awsAccountId, 'policy/uais/projects/*')
  return [
    allow('MakeBoundedRoles', {
      Action: ['iam:CreateRole', 'iam:PutRolePermissionsBoundary', 'iam:PutRolePolicy'],
      Resource: made,
      Condition: bounded,
    }),
    allow('AttachOurPolicies', {
      Action: ['iam:AttachRolePolicy', 'iam:DetachRolePolicy'],
      Resource: made,
      Condition: { ArnLike: { 'iam:PolicyARN': policies }, ...bounded },
    }),
    allow('KeepRoles', {
      Action: [
        'iam:DeleteRolePolicy',
        'iam:TagRole',
        'iam:UntagRole',
        'iam:UpdateAssumeRolePolicy',
        'iam:UpdateRole',
        'iam:UpdateRoleDescription',
      ],
      Resource: made,
    }),
    allow('KeepPolicies', {
      Action: [
        'iam:CreatePolicy',
        'iam:CreatePolicyVersion',
        'iam:DeletePolicyVersion',
        'iam:TagPolicy',
        'iam:UntagPolicy',
      ],
      Resource: policies,
    }),
    allow('PassToSageMaker', {
      Action: 'iam:PassRole',
      Resource: made,
      Condition: { StringEquals: { 'iam:PassedToService': 'sagemaker.amazonaws.com' } },
    }),
    allow('LetSageMakerHaveItsOwnRole', {
      Action: 'iam:CreateServiceLinkedRole',
      Resource: iamArn(p, p.awsAccountId, 'role/aws-service-role/sagemaker.amazonaws.com/*'),
      Condition: { StringEquals: { 'iam:AWSServiceName': 'sagemaker.amazonaws.com' } },
    }),
    deny('IDN1BoundaryIsTheOwners', {
      Action: ['iam:CreatePolicyVersion', 'iam:DeletePolicy', 'iam:DeleteRolePermissionsBoundary'],
      Resource: [boundaryArn(p), ...made],
    }),
  ]
}

const sagemaker = (p: AccountParams): PolicyStatement[] => {
  const all = sagemakerArn(p, '*')
  return [
    allow('MakeTaggedInSageMaker', {
      Action: [
        'sagemaker:AddTags',
        'sagemaker:CreateDomain',
        'sagemaker:CreateEndpoint',
        'sagemaker:CreateEndpointConfig',
        'sagemaker:CreateModel',
        'sagemaker:CreateModelPackageGroup',
        'sagemaker:CreateSpace',
        'sagemaker:CreateUserProfile',
      ],
      Resource: all,
      Condition: { StringEquals: asTagged },
    }),
    // Creating on top of what is ours already: an endpoint of our configuration, a space of our profile.
    allow('ChangeTaggedInSageMaker', {
      Action: [
        'sagemaker:AddTags',
        'sagemaker:CreateEndpoint',
        'sagemaker:CreateEndpointConfig',
        'sagemaker:CreateSpace',
        'sagemaker:CreateUserProfile',
        'sagemaker:DeleteEndpoint',
        'sagemaker:DeleteEndpointConfig',
        'sagemaker:DeleteModel',
        'sagemaker:DeleteSpace',
        'sagemaker:DeleteUserProfile',
        'sagemaker:UpdateDomain',
        'sagemaker:UpdateEndpoint',
        'sagemaker:UpdateSpace',
        'sagemaker:UpdateUserProfile',
      ],
      Resource: all,
      Condition: { StringEquals: isTagged },
    }),
    allow('DecideOnModels', {
      Action: 'sagemaker:UpdateModelPackage',
      Resource: sagemakerArn(p, 'model-package/uais-*/*'),
    }),
    // When a person leaves: their apps and jobs end.
    allow('EndApps', { Action: 'sagemaker:DeleteApp', Resource: sagemakerArn(p, 'app/*') }),
    allow('EndJobs', {
      Action: 'sagemaker:StopTrainingJob',
      Resource: sagemakerArn(p, 'training-job/*'),
      Condition: { StringLike: { [`aws:ResourceTag/${projectTag}`]: '*' } },
    }),
    // SageMaker makes it as the caller (SageMaker AI Developer Guide, "API permissions reference", CreateDomain). The
    // action has no resource type (Service Authorization Reference, "Amazon Elastic File System").
    allow('HomeDirectories', {
      Action: 'elasticfilesystem:CreateFileSystem',
      Resource: '*',
      Condition: { Bool: { 'aws:ViaAWSService': 'true' } },
    }),
  ]
}

const keys = (p: AccountParams): PolicyStatement[] => [
  allow('MakeKey', { Action: 'kms:CreateKey', Resource: '*', Condition: { StringEquals: asTagged } }),
  allow('KeepKey', {
    Action: [
      'kms:CreateAlias',
      'kms:EnableKeyRotation',
      'kms:TagResource',
      'kms:UntagResource',
      'kms:UpdateAlias',
      'kms:UpdateKeyDescription',
    ],
    Resource: keyArnPattern(p),
    Condition: { StringEquals: isTagged },
  }),
  allow('TagNewKey', {
    Action: 'kms:TagResource',
    Resource: keyArnPattern(p),
    Condition: { StringEquals: asTagged },
  }),
  allow('NameKey', { Action: ['kms:CreateAlias', 'kms:UpdateAlias'], Resource: aliasArn(p) }),
  allow('LendKeyToSageMaker', {
    Action: ['kms:CreateGrant', 'kms:Decrypt', 'kms:GenerateDataKeyWithoutPlaintext'],
    Resource: keyArnPattern(p),
    Condition: { StringEquals: { 'kms:ViaService': `sagemaker.${p.region}.amazonaws.com` } },
  }),
  allow('EncryptMarkers', {
    Action: 'kms:GenerateDataKey',
    Resource: keyArnPattern(p),
    Condition: { StringEquals: { 'kms:ViaService': `s3.${p.region}.amazonaws.com` } },
  }),
]

const storage = (p: AccountParams): PolicyStatement[] => [
  allow('KeepBuckets', {
    Action: [
      's3:CreateBucket',
      's3:PutBucketCORS',
      's3:PutBucketObjectLockConfiguration',
      's3:PutBucketOwnershipControls',
      's3:PutBucketPolicy',
      's3:PutBucketPublicAccessBlock',
      's3:PutBucketTagging',
      's3:PutBucketVersioning',
      's3:PutEncryptionConfiguration',
    ],
    Resource: [dataBucketArn(p), trailBucketArn(p)],
  }),
  allow('LeaveMarkers', {
    Action: ['s3:DeleteObject', 's3:PutObject', 's3:PutObjectTagging'],
    Resource: `${dataBucketArn(p)}/projects/*/data/*/${markerName}`,
  }),
]

const watchers = (p: AccountParams): PolicyStatement[] => [
  allow('KeepWatchers', {
    Action: [
      'budgets:ModifyBudget',
      'budgets:TagResource',
      'budgets:UntagResource',
      'cloudtrail:AddTags',
      'cloudtrail:CreateTrail',
      'cloudtrail:PutEventSelectors',
      'cloudtrail:RemoveTags',
      'cloudtrail:StartLogging',
      'cloudtrail:UpdateTrail',
      'events:PutRule',
      'events:PutTargets',
      'events:RemoveTargets',
      'events:TagResource',
      'events:UntagResource',
      'logs:AssociateKmsKey',
      'logs:CreateLogGroup',
      'logs:PutRetentionPolicy',
      'logs:TagResource',
      'logs:UntagResource',
      'sqs:CreateQueue',
      'sqs:SetQueueAttributes',
      'sqs:TagQueue',
      'sqs:UntagQueue',
    ],
    Resource: [
      `arn:${p.partition}:budgets::${p.awsAccountId}:budget/uais-*`,
      trailArn(p),
      eventRulesArn(p),
      eventQueueArn(p),
      logGroupArn(p, '/uais/*'),
      logGroupArn(p, '/aws/sagemaker/Endpoints/uais-*'),
    ],
  }),
  ...(p.config ? configRules(p) : []),
  ...keepForwarding(p),
]

/** Rules are named by ids that AWS makes, so the tag says which are ours. */
const configRules = (p: AccountParams): PolicyStatement[] => [
  allow('MakeTaggedRules', {
    Action: ['config:PutConfigRule', 'config:TagResource'],
    Resource: configRulesArn(p),
    Condition: { StringEquals: asTagged },
  }),
  allow('ChangeTaggedRules', {
    Action: ['config:DeleteConfigRule', 'config:PutConfigRule', 'config:TagResource', 'config:UntagResource'],
    Resource: configRulesArn(p),
    Condition: { StringEquals: isTagged },
  }),
]

/** Makes and changes what the stacks describe, each thing by its tag, name or path; deletes nothing that holds data. */
export const provisionPolicies = (p: AccountParams): { platform: PolicyStatement[]; work: PolicyStatement[] } => ({
  platform: [...network(p), ...roles(p)],
  work: [...sagemaker(p), ...keys(p), ...storage(p), ...watchers(p)],
})
