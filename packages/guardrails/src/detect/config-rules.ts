import type { Detection } from './detection.ts'

/** A rule of AWS Config that AWS manages. `name` is its SourceIdentifier. */
export interface ConfigRule extends Detection {
  /** Parameters by name; values are text, as PutConfigRule takes them. */
  parameters?: (params: { subnetIds: readonly string[] }) => Record<string, string>
}

const rule = (name: string, finds: string, backs: string[], parameters?: ConfigRule['parameters']): ConfigRule => ({
  source: 'AWS Config',
  name,
  finds,
  backs,
  ...(parameters ? { parameters } : {}),
})

/**
 * AWS Config Developer Guide, "List of AWS Config Managed Rules". For training jobs, user profiles, spaces and apps there
 * is none: the event rules and the sweep look at those.
 */
export const configRules: readonly ConfigRule[] = [
  rule('SAGEMAKER_DOMAIN_IN_VPC', 'a domain that is not VpcOnly', ['NET-3']),
  rule('SAGEMAKER_MODEL_IN_VPC', 'a model outside of a network', ['NET-1', 'NET-2']),
  rule('SAGEMAKER_MODEL_ISOLATION_ENABLED', 'a model that can call out', ['NET-6']),
  rule('SAGEMAKER_DATA_QUALITY_JOB_ISOLATION', 'a data quality job that can call out', ['NET-6']),
  rule('SAGEMAKER_NOTEBOOK_NO_DIRECT_INTERNET_ACCESS', 'a notebook instance with a way to the internet', ['NET-3']),
  rule(
    'SAGEMAKER_NOTEBOOK_INSTANCE_INSIDE_VPC',
    'a notebook instance outside of the agreed subnets',
    ['NET-1'],
    ({ subnetIds }) => ({ SubnetIds: subnetIds.join(',') }),
  ),
  rule('SAGEMAKER_NOTEBOOK_INSTANCE_ROOT_ACCESS_CHECK', 'a notebook instance with root', ['NET-5']),
  rule('SAGEMAKER_NOTEBOOK_INSTANCE_KMS_KEY_CONFIGURED', 'a notebook disk without a customer key', ['DAT-1']),
  rule('SAGEMAKER_ENDPOINT_CONFIGURATION_KMS_KEY_CONFIGURED', 'an endpoint disk without a customer key', ['DAT-1']),
  rule('SAGEMAKER_DOMAIN_TAGGED', 'a domain without tags', ['COST-2', 'IMM-1']),
  rule('S3_BUCKET_PUBLIC_READ_PROHIBITED', 'a bucket that everybody can read', ['DAT-5']),
  rule('S3_BUCKET_PUBLIC_WRITE_PROHIBITED', 'a bucket that everybody can write', ['DAT-5']),
  rule('S3_BUCKET_SSL_REQUESTS_ONLY', 'a bucket that answers without TLS', ['DAT-2']),
  rule('S3_DEFAULT_ENCRYPTION_KMS', 'a bucket that does not encrypt with a key of KMS', ['DAT-1']),
  rule('CLOUD_TRAIL_ENABLED', 'an account without a trail', ['LOG-1']),
  rule('CMK_BACKING_KEY_ROTATION_ENABLED', 'a key that is not rotated', ['IMM-5']),
  rule('KMS_CMK_NOT_SCHEDULED_FOR_DELETION', 'a key that is about to be deleted', ['IMM-5']),
]
