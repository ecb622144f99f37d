import { createHash } from 'node:crypto'
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import type { Account, AccountRules, Deployment, ModelVersion } from '@uais/contract'
import { applyBootstrap, credentialsOf } from '@uais/devstack'
import { groupId } from '@uais/sandbox'
import { packModel } from '../../../packages/sandbox/src/ml/artifact.ts'
import { bootstrapOf } from '../../../packages/server/src/accounts/bootstrap.ts'
import { firstStatus } from '../../../packages/server/src/resources/resource.ts'
import { insertResource, readResource, writeStatus } from '../../../packages/server/src/resources/store.ts'
import { condition } from '../../../packages/server/src/runs/reconciling.ts'
import type { WorkerContext } from '../../../packages/server/src/worker-context.ts'
import { account, type Bench, wantAccount } from './bench.ts'

/** What the owner does: reads the real bootstrap, applies it, and lets the platform begin; with the token of a Splunk at hand. */
export async function onboardAsOwner(bench: Bench, ctx: WorkerContext, rules?: AccountRules): Promise<Account> {
  await wantAccount(ctx.db, { managementAccountId: '100000000001', targetId: account.awsAccountId }, rules)
  if (rules?.splunk) {
    const secrets = new SecretsManagerClient(await asOwner(bench))
    await secrets.send(new CreateSecretCommand({ Name: rules.splunk.secret, SecretString: 'a-token' }))
  }
  const wanted = await readResource(ctx.db, 'Account', account.id)
  if (!wanted) throw new Error('the account is not in the database')
  const bootstrap = await bootstrapOf(ctx.db, ctx.config, wanted)
  await applyBootstrap({ account: wanted, bootstrap, awsUrl: bench.sandboxUrl, onLine: () => undefined })
  await writeStatus(ctx.db, 'Account', account.id, {
    phase: 'Waiting',
    conditions: [condition('Bootstrap', 'True', 'Created', 'The owner has created the roles.')],
  })
  return wanted
}

export const wantProject = (ctx: WorkerContext, name: string) =>
  insertResource(ctx.db, {
    ...{ kind: 'Project', name, accountId: account.id, projectId: null, createdBy: null },
    spec: {
      accountId: account.id,
      objective: 'Find fraudulent claims before they are paid.',
      costCentre: 'CC-4711',
      classification: 'confidential',
      groups: [{ groupId: groupId('claims-fraud-leads'), role: 'lead' }],
      monthlyBudgetUsd: 200,
    },
    status: firstStatus<'Project'>({}),
  })

export const wantUploads = (ctx: WorkerContext, projectId: string) =>
  insertResource(ctx.db, {
    ...{ kind: 'DataSource', name: 'uploads', accountId: account.id, projectId, createdBy: null },
    spec: { source: 'upload', purpose: 'training', classification: 'confidential' },
    status: firstStatus<'DataSource'>({}),
  })

/** A folder of a bucket that the owner has, or says to have. */
export const wantFolder = (ctx: WorkerContext, projectId: string, bucket: string) =>
  insertResource(ctx.db, {
    ...{ kind: 'DataSource', name: 'history', accountId: account.id, projectId, createdBy: null },
    spec: { source: 's3', bucket, prefix: 'claims/', purpose: 'training', classification: 'confidential' },
    status: firstStatus<'DataSource'>({}),
  })

/** Makes a bucket as the account's owner. */
export async function makeBucket(bench: Bench, Bucket: string, region: 'eu-west-1' | 'eu-central-1'): Promise<void> {
  const s3 = new S3Client({ ...(await asOwner(bench)), region, forcePathStyle: true })
  await s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: region } }))
}

/** A model whose real artifact lies where a training job would have left it, and an endpoint that is to serve it. */
export async function wantEndpoint(
  bench: Bench,
  ctx: WorkerContext,
  project: { id: string; name: string },
): Promise<{ deployment: Deployment; version: ModelVersion }> {
  const artifact = await putArtifact(bench, `projects/${project.name}/models/${project.name}--1/output/model.tar.gz`)
  const sagemaker = `arn:aws:sagemaker:eu-west-1:${account.awsAccountId}`
  const within = { accountId: account.id, projectId: project.id, createdBy: null }
  const version = await insertResource(ctx.db, {
    ...{ kind: 'ModelVersion', name: `uais-${project.name}-1`, ...within },
    spec: {
      ...{ modelId: account.id, version: 1, registeredAt: new Date().toISOString(), trainingJob: null, metrics: [] },
      modelPackageArn: `${sagemaker}:model-package/uais-${project.name}/1`,
      registeredBy: { sourceIdentity: null, principalArn: null, name: null },
      image: { uri: '438346466558.dkr.ecr.eu-west-1.amazonaws.com/linear-learner:1', digest: null },
      artifact,
    },
    status: firstStatus<'ModelVersion'>({ approval: 'Approved', reviewId: null, reviewStatus: 'approved' }, 'Ready'),
  })
  const deployment = await insertResource(ctx.db, {
    ...{ kind: 'Deployment', name: 'live', ...within },
    spec: {
      ...{ modelVersionId: version.id, environment: 'test', instanceType: 'ml.m5.large' },
      ...{ instanceCount: 1, dataCapturePercent: 0 },
    },
    status: firstStatus<'Deployment'>({}),
  })
  return { deployment, version }
}

async function asOwner(bench: Bench) {
  const { accessKeyId, secretAccessKey, sessionToken } = await credentialsOf(bench.sandboxUrl, 'claims', 'break-glass')
  return {
    endpoint: bench.sandboxUrl,
    region: 'eu-west-1',
    credentials: { accessKeyId, secretAccessKey, sessionToken },
  }
}

async function putArtifact(bench: Bench, key: string): Promise<ModelVersion['spec']['artifact']> {
  const bucket = `uais-data-${account.awsAccountId}-eu-west-1`
  const s3 = new S3Client({ ...(await asOwner(bench)), forcePathStyle: true })
  const body = await packModel({
    ...{ algorithm: 'linear-learner', predictorType: 'regressor' },
    ...{ featureCount: 2, weights: [[2, 3]], bias: [1] },
  })
  const { ETag = '' } = await s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body }))
  const sha256 = createHash('sha256').update(body).digest('hex')
  return { uri: `s3://${bucket}/${key}`, versionId: null, etag: ETag.replaceAll('"', ''), sha256, bytes: body.length }
}
