import type { Invariant } from '@uais/iam'
import { overlap } from './touched.ts'

/** Actions that say to people what is at stake; there are hundreds in some promises, and most names say little. */
export const tellingActions = [
  ...['iam:PassRole', 'iam:AttachRolePolicy', 'iam:CreateRole', 'iam:DeleteRole', 'iam:CreateAccessKey'],
  ...[
    'sagemaker:DeleteDomain',
    'sagemaker:DeleteEndpoint',
    'sagemaker:CreateEndpoint',
    'sagemaker:CreateEndpointConfig',
  ],
  ...['sagemaker:CreateTrainingJob', 'sagemaker:CreateNotebookInstance', 'sagemaker:CreatePresignedDomainUrl'],
  ...['sagemaker:UpdateModelPackage', 'sagemaker:AddTags', 'ec2:CreateTags', 'ec2:RunInstances'],
  ...['s3:GetObject', 's3:DeleteObject', 's3:PutObject', 's3:PutBucketPolicy', 's3:DeleteBucket'],
  ...['kms:ScheduleKeyDeletion', 'kms:Decrypt', 'secretsmanager:GetSecretValue', 'secretsmanager:DeleteSecret'],
  ...['cloudtrail:StopLogging', 'logs:DeleteLogGroup', 'events:DeleteRule', 'sqs:DeleteQueue'],
  ...['guardduty:DeleteDetector', 'budgets:ModifyBudget', 'elasticfilesystem:DeleteFileSystem'],
  ...['ec2:ModifySnapshotAttribute', 'ec2:DeleteSubnet', 'organizations:LeaveOrganization'],
  'servicequotas:RequestServiceQuotaIncrease',
]

/**
 * The same promise, asked of the telling actions first: a counterexample is the first that is found. What is asked is
 * no more than before, since each of them matches a pattern of the promise already.
 */
export function tellingFirst(invariant: Invariant): Invariant {
  if ('mustBeAbleTo' in invariant) return invariant
  const told = tellingActions.filter((action) => invariant.may.some((pattern) => overlap(pattern, action)))
  return { ...invariant, may: [...new Set([...told, ...invariant.may])] }
}
