import type { PolicyStatement } from '@uais/iam'
import { bootstrapRoleArn, dataBucketArn, logGroupArn, projectRolesArn, rootArn } from '../names.ts'
import type { AccountParams } from '../params.ts'

const administer = [
  'kms:CancelKeyDeletion',
  'kms:CreateAlias',
  'kms:DeleteAlias',
  'kms:DescribeKey',
  'kms:DisableKey',
  'kms:DisableKeyRotation',
  'kms:EnableKey',
  'kms:EnableKeyRotation',
  'kms:GetKeyPolicy',
  'kms:GetKeyRotationStatus',
  'kms:ListGrants',
  'kms:ListKeyPolicies',
  'kms:ListResourceTags',
  'kms:PutKeyPolicy',
  'kms:RevokeGrant',
  'kms:ScheduleKeyDeletion',
  'kms:TagResource',
  'kms:UntagResource',
  'kms:UpdateAlias',
  'kms:UpdateKeyDescription',
]

/**
 * The owner administers, project roles use it through AWS services only, the platform decrypts nothing of yours.
 * The account's root statement lets IAM policies administer the key, so that it can never become unmanageable, and
 * grants no use of it (AWS KMS Developer Guide, "Default key policy", "Allowing key administrators").
 */
export function keyPolicy(params: AccountParams): PolicyStatement[] {
  const root = { AWS: rootArn(params) }
  const via = (...services: string[]) => services.map((service) => `${service}.${params.region}.amazonaws.com`)
  const inBucket = (path: string) => `${dataBucketArn(params)}/${path}`
  return [
    {
      Sid: 'DAT1OwnerAdministers',
      Effect: 'Allow',
      Principal: { AWS: params.breakGlassPrincipal },
      Action: administer,
      Resource: '*',
    },
    { Sid: 'DAT1AccountAdministers', Effect: 'Allow', Principal: root, Action: administer, Resource: '*' },
    {
      Sid: 'DAT1ProjectsUseThroughServices',
      Effect: 'Allow',
      Principal: root,
      Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
      Resource: '*',
      Condition: {
        ArnLike: { 'aws:PrincipalArn': projectRolesArn(params) },
        StringLike: { 'kms:ViaService': via('s3', 'secretsmanager') },
      },
    },
    {
      // Disks of domains, jobs and endpoints: SageMaker holds the grant, the caller gets nothing to decrypt with.
      Sid: 'DAT1SageMakerHoldsGrants',
      Effect: 'Allow',
      Principal: root,
      Action: 'kms:CreateGrant',
      Resource: '*',
      Condition: {
        Bool: { 'kms:GrantIsForAWSResource': 'true' },
        StringLike: { 'kms:ViaService': via('sagemaker') },
      },
    },
    {
      // CreateDomain with a customer key needs these (SageMaker AI Developer Guide, "API permissions reference"). Only
      // inside SageMaker's own calls, which hand nothing decrypted back: nobody decrypts by themselves with it.
      Sid: 'DAT1DomainVolume',
      Effect: 'Allow',
      Principal: root,
      Action: ['kms:Decrypt', 'kms:GenerateDataKeyWithoutPlaintext'],
      Resource: '*',
      Condition: { StringLike: { 'kms:ViaService': via('sagemaker') } },
    },
    {
      Sid: 'DAT1OwnerUses',
      Effect: 'Allow',
      Principal: { AWS: params.breakGlassPrincipal },
      Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
      Resource: '*',
      Condition: { StringLike: { 'kms:ViaService': via('s3') } },
    },
    {
      // Bringing data needs a data key and no Decrypt; S3 names the object in the encryption context (S3 User Guide,
      // SSE-KMS). So the platform, or whoever else may write there, cannot read back what was brought.
      Sid: 'DAT1BringersWriteOnly',
      Effect: 'Allow',
      Principal: root,
      Action: 'kms:GenerateDataKey',
      Resource: '*',
      Condition: {
        StringLike: {
          'kms:EncryptionContext:aws:s3:arn': inBucket('projects/*/data/*'),
          'kms:ViaService': via('s3'),
        },
      },
    },
    {
      // The one thing the platform reads: artifacts, to compute the digest that a review is bound to.
      Sid: 'DAT1AuditReadsArtifacts',
      Effect: 'Allow',
      Principal: root,
      Action: 'kms:Decrypt',
      Resource: '*',
      Condition: {
        ArnEquals: { 'aws:PrincipalArn': bootstrapRoleArn(params, 'uais-audit') },
        StringLike: {
          'kms:EncryptionContext:aws:s3:arn': inBucket('projects/*/models/*'),
          'kms:ViaService': via('s3'),
        },
      },
    },
    {
      Sid: 'DAT1LogsOfProjects',
      Effect: 'Allow',
      Principal: { Service: `logs.${params.region}.amazonaws.com` },
      Action: ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey', 'kms:ReEncryptFrom', 'kms:ReEncryptTo'],
      Resource: '*',
      Condition: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': logGroupArn(params, '/uais/*') } },
    },
  ]
}
