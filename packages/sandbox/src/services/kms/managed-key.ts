import { randomBytes, randomUUID } from 'node:crypto'
import type { Call } from '../../kernel/operation.ts'
import { aliases, type KeyRow, keys, kmsArn } from './state.ts'

/** Service whose calls a managed key serves, by alias (KMS Developer Guide, "AWS managed keys"). */
const services: Readonly<Record<string, { viaService: string; title: string }>> = {
  'alias/aws/s3': { viaService: 's3', title: 'S3 objects' },
  'alias/aws/secretsmanager': { viaService: 'secretsmanager', title: 'Secrets Manager secrets' },
  'alias/aws/ssm': { viaService: 'ssm', title: 'SSM parameters' },
  'alias/aws/ebs': { viaService: 'ec2', title: 'EBS volumes' },
  'alias/aws/elasticfilesystem': { viaService: 'elasticfilesystem', title: 'EFS file systems' },
  'alias/aws/sagemaker': { viaService: 'sagemaker', title: 'SageMaker resources' },
  'alias/aws/sns': { viaService: 'sns', title: 'SNS messages' },
  'alias/aws/sqs': { viaService: 'sqs', title: 'SQS messages' },
}

/** Makes the AWS managed key that `alias` names; undefined when AWS has none of that name. */
export function createManagedKey(call: Call, alias: string): KeyRow | undefined {
  const service = services[alias]
  if (!service) return undefined
  const id = randomUUID()
  const now = call.now.toISOString()
  const key: KeyRow = {
    id,
    account: call.account,
    region: call.region,
    arn: kmsArn(call, `key/${id}`),
    description: `Default key that protects my ${service.title} when no other key is defined`,
    state: 'Enabled',
    manager: 'AWS',
    createdAt: now,
    policy: JSON.stringify(managedKeyPolicy(call, alias, service.viaService)),
    tags: {},
    rotation: { periodInDays: 365, enabledAt: now },
    material: [{ key: randomBytes(32).toString('base64'), createdAt: now }],
  }
  keys(call).put(id, key)
  aliases(call).put(alias, {
    name: alias,
    arn: kmsArn(call, alias),
    targetKeyId: id,
    createdAt: now,
    updatedAt: now,
  })
  return key
}

/** The policy that AWS gives these keys: everyone in the account, through that service only. */
function managedKeyPolicy(call: Call, alias: string, viaService: string) {
  return {
    Version: '2012-10-17',
    Id: `auto-${alias.split('/').at(-1)}-1`,
    Statement: [
      {
        Sid: `Allow access through ${viaService} for all principals in the account that are authorized to use it`,
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: [
          'kms:Encrypt',
          'kms:Decrypt',
          'kms:ReEncrypt*',
          'kms:GenerateDataKey*',
          'kms:CreateGrant',
          'kms:DescribeKey',
        ],
        Resource: '*',
        Condition: {
          StringEquals: {
            'kms:CallerAccount': call.account,
            'kms:ViaService': `${viaService}.${call.region}.amazonaws.com`,
          },
        },
      },
      {
        Sid: 'Allow direct access to key metadata to the account',
        Effect: 'Allow',
        Principal: { AWS: `arn:${call.partition}:iam::${call.account}:root` },
        Action: ['kms:Describe*', 'kms:Get*', 'kms:List*', 'kms:RevokeGrant'],
        Resource: '*',
      },
    ],
  }
}
