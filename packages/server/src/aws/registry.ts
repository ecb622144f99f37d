import {
  DescribeModelPackageCommand,
  DescribeTrainingJobCommand,
  ListModelPackagesCommand,
  SageMakerClient,
  UpdateModelPackageCommand,
} from '@aws-sdk/client-sagemaker'
import { orNone } from './aws-error.ts'
import type { AwsSession } from './session.ts'

export type PackageApproval = 'PendingManualApproval' | 'Approved' | 'Rejected'

export interface ModelPackage {
  arn: string
  version: number
  registeredAt: string
  approval: PackageApproval
  artifactUri: string
  image: { uri: string; digest: string | null }
  environment: Record<string, string>
  createdBy: { sourceIdentity: string | null; principalArn: string | null; userProfile: string | null }
  /** Training job's ARN as the package's metadata or its author named it. */
  trainingJobArn: string | null
  metadata: Record<string, string>
}

/** ARNs of the completed versions of a group, oldest first. */
export async function listModelPackages(
  session: AwsSession,
  group: string,
): Promise<{ arn: string; approval: PackageApproval }[]> {
  const sagemaker = session.client(SageMakerClient)
  const found: { arn: string; approval: PackageApproval }[] = []
  for (let token: string | undefined; ; ) {
    const page = await orNone(
      sagemaker.send(
        new ListModelPackagesCommand({
          ModelPackageGroupName: group,
          SortBy: 'CreationTime',
          SortOrder: 'Ascending',
          MaxResults: 100,
          ...(token ? { NextToken: token } : {}),
        }),
      ),
    )
    for (const { ModelPackageArn: arn, ModelPackageStatus, ModelApprovalStatus } of page?.ModelPackageSummaryList ?? [])
      if (arn && ModelPackageStatus === 'Completed')
        found.push({ arn, approval: (ModelApprovalStatus as PackageApproval | undefined) ?? 'PendingManualApproval' })
    token = page?.NextToken
    if (!token) return found
  }
}

/** One version; undefined when it has no artifact that could be reviewed and served. */
export async function describeModelPackage(session: AwsSession, arn: string): Promise<ModelPackage | undefined> {
  const found = await session.client(SageMakerClient).send(new DescribeModelPackageCommand({ ModelPackageName: arn }))
  const container = found.InferenceSpecification?.Containers?.[0]
  const artifactUri = container?.ModelDataUrl ?? container?.ModelDataSource?.S3DataSource?.S3Uri
  if (!artifactUri || !container?.Image) return undefined
  const metadata = { ...found.CustomerMetadataProperties }
  return {
    arn,
    version: found.ModelPackageVersion ?? 0,
    registeredAt: (found.CreationTime ?? new Date(0)).toISOString(),
    approval: (found.ModelApprovalStatus as PackageApproval | undefined) ?? 'PendingManualApproval',
    artifactUri,
    image: { uri: container.Image, digest: container.ImageDigest ?? null },
    environment: { ...container.Environment },
    createdBy: {
      sourceIdentity: found.CreatedBy?.IamIdentity?.SourceIdentity ?? null,
      principalArn: found.CreatedBy?.IamIdentity?.Arn ?? null,
      userProfile: found.CreatedBy?.UserProfileName ?? null,
    },
    trainingJobArn: Object.values(metadata).find((value) => /:training-job\//.test(value)) ?? null,
    metadata,
  }
}

/** @param reviewId carried into the account as the description of the approval */
export async function approveModelPackage(session: AwsSession, arn: string, description: string): Promise<void> {
  await session.client(SageMakerClient).send(
    new UpdateModelPackageCommand({
      ModelPackageArn: arn,
      ModelApprovalStatus: 'Approved',
      ApprovalDescription: description.slice(0, 1024),
    }),
  )
}

export interface TrainingJob {
  name: string
  arn: string
  algorithm: string
  image: string | null
  hyperParameters: Record<string, string>
  inputs: string[]
  artifactUri: string | null
  metrics: { name: string; value: number }[]
  createdBy: string | null
}

export async function describeTrainingJob(session: AwsSession, name: string): Promise<TrainingJob | undefined> {
  const found = await orNone(
    session.client(SageMakerClient).send(new DescribeTrainingJobCommand({ TrainingJobName: name })),
  )
  if (!found?.TrainingJobArn) return undefined
  const image = found.AlgorithmSpecification?.TrainingImage ?? null
  return {
    name,
    arn: found.TrainingJobArn,
    algorithm:
      found.AlgorithmSpecification?.AlgorithmName ?? /\/([^/:@]+)[:@]?[^/]*$/.exec(image ?? '')?.[1] ?? 'unknown',
    image,
    hyperParameters: { ...found.HyperParameters },
    inputs: (found.InputDataConfig ?? []).flatMap((channel) => channel.DataSource?.S3DataSource?.S3Uri ?? []),
    artifactUri: found.ModelArtifacts?.S3ModelArtifacts ?? null,
    metrics: (found.FinalMetricDataList ?? []).flatMap(({ MetricName: metric, Value: value }) =>
      metric && value !== undefined ? [{ name: metric, value }] : [],
    ),
    createdBy: null,
  }
}

/**
 * Name of the training job that wrote an artifact, as SageMaker lays artifacts out: `<output path>/<job>/output/model.tar.gz`
 * (Developer Guide, "SageMaker AI Training Storage Folders"). A guess until the job itself names the artifact.
 */
export const jobNameIn = (artifactUri: string) =>
  /\/([A-Za-z0-9-]{1,63})\/output\/model\.tar\.gz$/.exec(artifactUri)?.[1]
