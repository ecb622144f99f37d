import type { Deployment, ModelVersion } from '@uais/contract'
import { sql } from 'kysely'
import { recordLineage } from '../models/lineage.ts'
import { isSettled, type ProjectPlace, readProjectPlace } from '../projects/stack.ts'
import { findResources, readResource, tombstone, writeStatus } from '../resources/store.ts'
import { runStack, wasEverApplied } from '../runs/execute.ts'
import {
  type Again,
  begin,
  condition,
  isDone,
  type Reconcile,
  showUnfinished,
  waitFor,
  waitForParent,
} from '../runs/reconciling.ts'
import type { WorkerContext } from '../worker-context.ts'
import { endpointStack } from './stack.ts'

export const reconcileDeployment: Reconcile = async (ctx, id) => {
  const deployment = await readResource(ctx.db, 'Deployment', id)
  if (!deployment) return undefined
  const place = deployment.projectId ? await readProjectPlace(ctx.db, ctx.config, deployment.projectId) : undefined
  if (place?.paused)
    return waitFor(ctx, deployment, 'AccountPaused', 'The account is paused; nothing is changed in it.', 60)
  const version = await readResource(ctx.db, 'ModelVersion', deployment.spec.modelVersionId)
  if (deployment.deletionRequestedAt) return remove(ctx, deployment, place, version)
  if (!place || !isSettled(place))
    return waitForParent(ctx, deployment, 'ProjectNotReady', 'The project is not ready yet.')
  const refusal = version ? await refusalOf(ctx, version) : 'The model version is gone.'
  if (!version || refusal) return waitFor(ctx, deployment, 'NotApproved', refusal ?? '', 10)
  await begin(ctx, deployment)
  const outcome = await runStack(ctx, endpointStack(place, deployment, version), {
    operation: 'apply',
    reason: `'${version.name}' is deployed`,
  })
  if (!isDone(outcome)) return showUnfinished(ctx, deployment, outcome)
  const done = {
    phase: 'Ready' as const,
    observedGeneration: deployment.generation,
    lastRunId: outcome.runId,
    conditions: [condition('Ready', 'True', 'InService', 'The endpoint serves the approved artifact.')],
  }
  if (outcome.state === 'current') await writeStatus(ctx.db, 'Deployment', id, done)
  else {
    const outputs = outputsFrom(outcome.outputs, ctx.config.platform.endpointUrl)
    await writeStatus(ctx.db, 'Deployment', id, { ...done, outputs })
    await recordEndpoint(ctx, place, deployment, version, outputs.endpointArn)
  }
  return undefined
}

/** Why a version may not be served; undefined when the board approved exactly this artifact, and the registry says so. */
async function refusalOf(ctx: WorkerContext, version: ModelVersion): Promise<string | undefined> {
  const reviews = await findResources(ctx.db, 'Review', sql<boolean>`spec ->> 'modelVersionId' = ${version.id}`)
  const approved = reviews.find((review) => review.status.outputs.decision === 'approved')
  if (!approved) return 'The review board has not approved this model version.'
  if (approved.spec.artifactSha256 !== version.spec.artifact.sha256)
    return 'The review board approved another artifact than this one.'
  if (version.status.outputs.approval !== 'Approved') return 'The approval is on its way to the SageMaker registry.'
  return undefined
}

async function remove(
  ctx: WorkerContext,
  deployment: Deployment,
  place: ProjectPlace | undefined,
  version: ModelVersion | undefined,
): Promise<Again> {
  const stack = place && version && endpointStack(place, deployment, version)
  if (stack && (await wasEverApplied(ctx, stack.key))) {
    const outcome = await runStack(ctx, stack, {
      operation: 'destroy',
      reason: 'the endpoint is taken down',
    })
    if (!isDone(outcome)) return showUnfinished(ctx, deployment, outcome)
  }
  await tombstone(ctx.db, 'Deployment', deployment.id)
  return undefined
}

const outputsFrom = (outputs: Record<string, unknown>, endpointUrl: string | undefined) => ({
  endpointName: String(outputs.endpoint_name),
  endpointArn: String(outputs.endpoint_arn),
  endpointConfigName: String(outputs.endpoint_config_name),
  // Where AWS is reached by another address than its own, so is the endpoint.
  url: endpointUrl ? new URL(new URL(String(outputs.url)).pathname, endpointUrl).href : String(outputs.url),
  servedArtifactSha256: String(outputs.artifact_sha256),
})

async function recordEndpoint(
  ctx: WorkerContext,
  place: ProjectPlace,
  deployment: Deployment,
  version: ModelVersion,
  endpointArn: string,
): Promise<void> {
  const evidence = 'sagemaker:DescribeEndpoint after apply'
  const review = version.status.outputs.reviewId
  await recordLineage(
    ctx.db,
    place.project.id,
    [
      {
        id: endpointArn,
        type: 'endpoint',
        label: deployment.name,
        detail: { environment: deployment.spec.environment },
      },
    ],
    [
      { from: version.spec.modelPackageArn, to: endpointArn, relation: 'served by', evidence },
      ...(review
        ? [{ from: `review/${review}`, to: endpointArn, relation: 'allows', evidence: 'the deployment’s gate' }]
        : []),
    ],
  )
}
