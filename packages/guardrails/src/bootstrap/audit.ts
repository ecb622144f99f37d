import type { PolicyStatement } from '@uais/iam'
import { dataBucketArn, eventQueueArn, keyArnPattern, logGroupArn, trailBucketArn } from '../names.ts'
import type { AccountParams } from '../params.ts'
import { allow } from '../statement.ts'

/** Looks, and changes nothing: events, the trail, job logs, and artifacts for the digest that a review is bound to. */
export const auditPolicy = (p: AccountParams): PolicyStatement[] => [
  allow('TakeEvents', {
    Action: ['sqs:ChangeMessageVisibility', 'sqs:DeleteMessage', 'sqs:ReceiveMessage'],
    Resource: eventQueueArn(p),
  }),
  allow('ReadTrail', { Action: 's3:GetObject', Resource: `${trailBucketArn(p)}/AWSLogs/*` }),
  allow('LookUpEvents', { Action: ['cloudtrail:LookupEvents', 'cloudwatch:GetMetricData'], Resource: '*' }),
  // Who could do what, before anything is made and each night after: a proof is about everybody in the account.
  allow('ReadPrincipals', {
    Action: ['iam:GetAccountAuthorizationDetails', 'iam:GetAccountSummary'],
    Resource: '*',
  }),
  allow('ReadArtifacts', {
    Action: ['s3:GetObject', 's3:GetObjectAttributes', 's3:GetObjectVersion', 's3:GetObjectVersionAttributes'],
    Resource: `${dataBucketArn(p)}/projects/*/models/*`,
  }),
  allow('DecryptArtifacts', {
    Action: 'kms:Decrypt',
    Resource: keyArnPattern(p),
    Condition: {
      StringEquals: { 'kms:ViaService': `s3.${p.region}.amazonaws.com` },
      StringLike: { 'kms:EncryptionContext:aws:s3:arn': `${dataBucketArn(p)}/projects/*/models/*` },
    },
  }),
  allow('ReadJobLogs', {
    Action: ['logs:DescribeLogStreams', 'logs:GetLogEvents'],
    Resource: [logGroupArn(p, '/aws/sagemaker/*'), logGroupArn(p, '/uais/*')],
  }),
  allow('FollowLineage', { Action: 'sagemaker:QueryLineage', Resource: '*' }),
]
