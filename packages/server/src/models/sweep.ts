import type { Model, ModelVersion } from '@uais/contract'
import { sql } from 'kysely'
import { artifactDigest } from '../aws/digest.ts'
import {
  describeModelPackage,
  describeTrainingJob,
  jobNameIn,
  listModelPackages,
  type ModelPackage,
  type PackageApproval,
  type TrainingJob,
} from '../aws/registry.ts'
import type { AwsSession } from '../aws/session.ts'
import { acted } from '../events.ts'
import { type ProjectPlace, readProjectPlace } from '../projects/stack.ts'
import { firstStatus } from '../resources/resource.ts'
import { findResources, insertResource, writeStatus } from '../resources/store.ts'
import { raiseFinding } from '../runs/findings.ts'
import type { WorkerContext } from '../worker-context.ts'
import { recordVersionLineage } from './version-lineage.ts'

/**
 * Looks into the project's model package group and takes in what is new. Models come from SageMaker alone, by event
 * and by this sweep, never by hand. Reads with the audit role; the artifact is hashed where it lies.
 * @returns how many versions are new
 */
export async function sweepModels(ctx: WorkerContext, projectId: string): Promise<number> {
  const place = await readProjectPlace(ctx.db, ctx.config, projectId)
  const group = place?.project.status.outputs.modelPackageGroup
  if (!place || !group || place.paused || place.project.deletionRequestedAt) return 0
  const session = await ctx.aws.enter({
    awsAccountId: place.stackAccount.awsAccountId,
    region: place.stackAccount.region,
    role: 'uais-audit',
    externalId: place.stackAccount.externalId,
    sourceIdentity: 'uais-model-sweep',
    ttlSeconds: 900,
  })
  const packages = await listModelPackages(session, group)
  if (packages.length === 0) return 0
  const model = await ensureModel(ctx, place, group)
  const known = await versionsOf(ctx, place.project.id)
  let found = 0
  for (const { arn, approval } of packages) {
    const version = known.get(arn)
    if (version) await followApproval(ctx, place, version, approval)
    else if (await takeIn(ctx, session, place, model, arn)) found += 1
  }
  const versions = await versionsOf(ctx, place.project.id)
  const numbers = [...versions.values()].map((version) => version.spec.version)
  await writeStatus(ctx.db, 'Model', model.id, {
    outputs: { versions: numbers.length, latestVersion: numbers.length > 0 ? Math.max(...numbers) : null },
  })
  return found
}

async function ensureModel(ctx: WorkerContext, place: ProjectPlace, group: string): Promise<Model> {
  const { project, account, params } = place
  const [known] = await findResources(ctx.db, 'Model', sql<boolean>`project_id = ${project.id}`)
  if (known) return known
  return insertResource(ctx.db, {
    kind: 'Model',
    name: group,
    accountId: account.id,
    projectId: project.id,
    spec: {
      modelPackageGroupName: group,
      modelPackageGroupArn: `arn:${params.partition}:sagemaker:${params.region}:${params.awsAccountId}:model-package-group/${group}`,
    },
    status: firstStatus<'Model'>({ versions: 0, latestVersion: null }, 'Ready'),
    createdBy: null,
  })
}

async function versionsOf(ctx: WorkerContext, projectId: string): Promise<Map<string, ModelVersion>> {
  const versions = await findResources(ctx.db, 'ModelVersion', sql<boolean>`project_id = ${projectId}`)
  return new Map(versions.map((version) => [version.spec.modelPackageArn, version]))
}

/** Takes one package in, with its digest, job and people. @returns false for packages that hold no artifact */
async function takeIn(
  ctx: WorkerContext,
  session: AwsSession,
  place: ProjectPlace,
  model: Model,
  arn: string,
): Promise<boolean> {
  const found = await describeModelPackage(session, arn)
  if (!found) return false
  const digest = await artifactDigest(session, found.artifactUri)
  const job = await jobOf(session, found)
  const version = await insertResource(ctx.db, {
    kind: 'ModelVersion',
    name: `${model.name}-${found.version}`,
    accountId: place.account.id,
    projectId: place.project.id,
    spec: specOf(model, found, digest, job, await nameOf(ctx, found)),
    status: firstStatus<'ModelVersion'>({ approval: found.approval, reviewId: null, reviewStatus: null }, 'Ready'),
    createdBy: null,
  })
  await recordVersionLineage(ctx.db, place, version, digest.evidence)
  await acted(
    ctx,
    null,
    'DiscoverModelVersion',
    version,
    `found in the registry; artifact sha256 ${digest.sha256} (${digest.evidence})`,
  )
  return true
}

/** The job that the package's metadata or the artifact's place names, where that job says the same of the artifact. */
async function jobOf(session: AwsSession, found: ModelPackage): Promise<TrainingJob | null> {
  const named = found.trainingJobArn?.slice(found.trainingJobArn.lastIndexOf('/') + 1) ?? jobNameIn(found.artifactUri)
  const job = named ? await describeTrainingJob(session, named) : undefined
  return job?.artifactUri === found.artifactUri ? job : null
}

/** Who registered it: the source identity is the person's Entra object id. A directory that is away costs the name only. */
async function nameOf(ctx: WorkerContext, { createdBy }: ModelPackage): Promise<string | null> {
  const oid = createdBy.sourceIdentity ?? createdBy.userProfile
  if (!oid || !/^[0-9a-f-]{36}$/.test(oid)) return null
  const person = await ctx.directory.person(oid).catch((error: unknown) => {
    ctx.log.warn({ err: error }, 'the name of a person could not be read')
    return undefined
  })
  return person?.name ?? null
}

function specOf(
  model: Model,
  found: ModelPackage,
  digest: Awaited<ReturnType<typeof artifactDigest>>,
  job: TrainingJob | null,
  name: string | null,
): ModelVersion['spec'] {
  const { sha256, bytes, etag, versionId } = digest
  const { sourceIdentity, principalArn, userProfile } = found.createdBy
  return {
    modelId: model.id,
    version: found.version,
    modelPackageArn: found.arn,
    registeredAt: found.registeredAt,
    registeredBy: { sourceIdentity: sourceIdentity ?? userProfile, principalArn, name },
    artifact: { uri: found.artifactUri, versionId, etag, sha256, bytes },
    image: found.image,
    trainingJob: job && {
      name: job.name,
      arn: job.arn,
      algorithm: job.algorithm,
      hyperParameters: job.hyperParameters,
      inputs: job.inputs,
    },
    metrics: job?.metrics ?? [],
  }
}

/** An approval in the account that the board did not give is shown as it is, and reported. */
async function followApproval(
  ctx: WorkerContext,
  place: ProjectPlace,
  version: ModelVersion,
  approval: PackageApproval,
): Promise<void> {
  if (version.status.outputs.approval === approval) return
  await writeStatus(ctx.db, 'ModelVersion', version.id, { outputs: { approval } })
  if (approval !== 'Approved') return
  const reviews = await findResources(ctx.db, 'Review', sql<boolean>`spec ->> 'modelVersionId' = ${version.id}`)
  if (reviews.some((review) => review.status.outputs.decision === 'approved')) return
  await raiseFinding(ctx.db, {
    type: 'tamper',
    key: `unreviewed-approval/${version.id}`,
    title: `'${version.name}' was approved in SageMaker without the review board`,
    message: `Model package ${version.spec.modelPackageArn} is Approved, and no review of it is.`,
    remedy:
      'UAIS deploys only what the board approved. Reject the package, and look up UpdateModelPackage in the account’s CloudTrail.',
    accountId: place.account.id,
    resource: { kind: 'ModelVersion', id: version.id, name: version.name },
  })
}
