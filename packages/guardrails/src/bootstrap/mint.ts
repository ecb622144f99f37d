import type { PolicyStatement } from '@uais/iam'
import { dataBucketArn, keyArnPattern, sagemakerArn } from '../names.ts'
import type { AccountParams } from '../params.ts'
import { allow } from '../statement.ts'

/** Opens a person's own Studio, and lets a person's browser bring files. Reads nothing. */
export const mintPolicy = (p: AccountParams): PolicyStatement[] => [
  allow('OpenStudio', {
    Action: 'sagemaker:CreatePresignedDomainUrl',
    Resource: sagemakerArn(p, 'user-profile/*'),
  }),
  allow('BringFiles', { Action: 's3:PutObject', Resource: `${dataBucketArn(p)}/projects/*/data/*` }),
  allow('ListFiles', {
    Action: 's3:ListBucket',
    Resource: dataBucketArn(p),
    Condition: { StringLike: { 's3:prefix': 'projects/*/data/*' } },
  }),
  allow('EncryptFiles', {
    Action: 'kms:GenerateDataKey',
    Resource: keyArnPattern(p),
    Condition: { StringEquals: { 'kms:ViaService': `s3.${p.region}.amazonaws.com` } },
  }),
]
