import type { Detection } from './detection.ts'

const control = (name: string, finds: string, ...backs: string[]): Detection => ({
  source: 'AWS Security Hub',
  name,
  finds,
  backs,
})

/** Controls of Security Hub CSPM (AWS Security Hub User Guide, "Amazon SageMaker AI controls", and those of S3, KMS, CloudTrail). */
export const securityHubControls: readonly Detection[] = [
  control('SageMaker.1', 'a notebook instance with a way to the internet', 'NET-3'),
  control('SageMaker.2', 'a notebook instance outside of a network of yours', 'NET-1'),
  control('SageMaker.3', 'a notebook instance with root', 'NET-5'),
  control('SageMaker.5', 'a model that can call out', 'NET-6'),
  control('SageMaker.9', 'data quality jobs that speak in plain text', 'NET-7'),
  control('SageMaker.10', 'explainability jobs that speak in plain text', 'NET-7'),
  control('SageMaker.11', 'data quality jobs that can call out', 'NET-6'),
  control('SageMaker.12', 'bias jobs that can call out', 'NET-6'),
  control('SageMaker.13', 'model quality jobs that speak in plain text', 'NET-7'),
  control('SageMaker.14', 'schedules that can call out', 'NET-6'),
  control('SageMaker.15', 'bias jobs that speak in plain text', 'NET-7'),
  control('SageMaker.17', 'an offline feature store without a customer key', 'DAT-1'),
  control('SageMaker.18', 'an online feature store without a customer key', 'DAT-1'),
  control('SageMaker.20', 'explainability jobs that can call out', 'NET-6'),
  control('SageMaker.21', 'a notebook disk without a customer key', 'DAT-1'),
  control('SageMaker.22', 'schedules that speak in plain text', 'NET-7'),
  control('SageMaker.25', 'model quality jobs that can call out', 'NET-6'),
  control('S3.1', 'an account without the block of public access', 'DAT-5'),
  control('S3.5', 'a bucket that answers without TLS', 'DAT-2'),
  control('S3.8', 'a bucket without the block of public access', 'DAT-5'),
  control('S3.17', 'a bucket that does not encrypt with a key of KMS', 'DAT-1'),
  control('KMS.3', 'a key that is about to be deleted', 'IMM-5'),
  control('CloudTrail.1', 'an account without a trail of changes', 'LOG-1'),
]
