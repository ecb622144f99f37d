import type { Kind, Project } from '@uais/contract'
import { sql } from 'kysely'
import { addReconcile } from '../queue/jobs.ts'
import { findResources, readResource, tombstone, writeStatus } from '../resources/store.ts'
import { runStack, wasEverApplied } from '../runs/execute.ts'
import {
  type Again,
  begin,
  condition,
  isDone,
  type Reconcile,
  showUnfinished,
  stands,
  waitFor,
  waitForParent,
} from '../runs/reconciling.ts'
import type { WorkerContext } from '../worker-context.ts'
import { projectStack, readProjectPlace } from './stack.ts'

export const reconcileProject: Reconcile = async (ctx, id) => {
  const project = await readResource(ctx.db, 'Project', id)
  if (!project) return undefined
  const place = await readProjectPlace(ctx.db, ctx.config, id)
  if (project.deletionRequestedAt) return tearDown(ctx, project)
  if (place?.paused)
    return waitFor(ctx, project, 'AccountPaused', 'The account is paused; nothing is changed in it.', 60)
  if (!place || !stands(place.account))
    return waitForParent(ctx, project, 'AccountNotReady', 'The account is not ready yet.')
  await begin(ctx, project)
  const outcome = await runStack(ctx, projectStack(place), {
    operation: 'apply',
    reason: project.status.observedGeneration === 0 ? 'the project is created' : 'the project is kept as wanted',
  })
  if (!isDone(outcome)) return showUnfinished(ctx, project, outcome)
  await writeStatus(ctx.db, 'Project', id, {
    phase: 'Ready',
    observedGeneration: project.generation,
    lastRunId: outcome.runId,
    conditions: [condition('Ready', 'True', 'Provisioned', 'Roles, prefix and model group are in place.')],
    ...(outcome.state === 'succeeded' ? { outputs: outputsFrom(outcome.outputs) } : {}),
  })
  return undefined
}

function outputsFrom(outputs: Record<string, unknown>) {
  return {
    studioRoleArn: String(outputs.studio_role_arn),
    trainingRoleArn: String(outputs.training_role_arn),
    inferenceRoleArn: String(outputs.inference_role_arn),
    prefixUri: String(outputs.prefix_uri),
    modelPackageGroup: String(outputs.model_package_group),
    secretsPath: String(outputs.secrets_path),
  }
}

/** What hangs on the project's roles goes first: each child tears itself down and the project waits. */
const children: readonly Kind[] = ['Deployment', 'Workspace', 'DataSource']

async function tearDown(ctx: WorkerContext, project: Project): Promise<Again> {
  for (const kind of children) {
    const living = await findResources(ctx.db, kind, sql<boolean>`project_id = ${project.id}`)
    if (living.length === 0) continue
    for (const child of living)
      if (!child.deletionRequestedAt)
        await ctx.db.transaction().execute(async (tx) => {
          await tx
            .updateTable('resource')
            .set({ deletion_requested_at: new Date() })
            .where('id', '=', child.id)
            .execute()
          await addReconcile(tx, kind, child.id)
        })
    return waitFor(
      ctx,
      project,
      'HasChildren',
      `Removing ${living.map((one) => `${kind} '${one.name}'`).join(', ')}.`,
      5,
    )
  }
  const place = await readProjectPlace(ctx.db, ctx.config, project.id)
  if (place?.paused)
    return waitFor(ctx, project, 'AccountPaused', 'The account is paused; nothing is changed in it.', 60)
  const key = place && projectStack(place).key
  if (place && key && (await wasEverApplied(ctx, key))) {
    const outcome = await runStack(ctx, projectStack(place), {
      operation: 'destroy',
      reason: 'the project is removed',
    })
    if (!isDone(outcome)) return showUnfinished(ctx, project, outcome)
  }
  for (const kind of ['ModelVersion', 'Model', 'Review'] as const)
    for (const row of await findResources(ctx.db, kind, sql<boolean>`project_id = ${project.id}`))
      await tombstone(ctx.db, kind, row.id)
  await tombstone(ctx.db, 'Project', project.id)
  return undefined
}
