import type { Kind } from '@uais/contract'
import { sql } from 'kysely'
import { probeForPerson, reconcileAccount } from './accounts/reconcile.ts'
import { sweepTrail, sweepTrails } from './accounts/tamper-sweep.ts'
import { reconcileDataSource } from './data-sources/reconcile.ts'
import { reconcileDeployment } from './deployments/reconcile.ts'
import { sweepExceptions } from './exceptions/expire.ts'
import { proveExisting } from './guardrails/prove-existing.ts'
import { proveLive } from './guardrails/prove-live.ts'
import { proveWhenReady, sweepProofs } from './guardrails/prove-soon.ts'
import { sweepModels } from './models/sweep.ts'
import { reconcileProject } from './projects/reconcile.ts'
import { addReconcile, type Jobs } from './queue/jobs.ts'
import type { Tasks } from './queue/runner.ts'
import { TerminalError } from './queue/terminal-error.ts'
import { releaseDeadProcesses } from './queue/worker-process.ts'
import { type AskJob, answer, type Questions } from './resources/ask.ts'
import { findResources } from './resources/store.ts'
import { approveModel } from './reviews/approve-model.ts'
import { checkDrift, sweepDrift } from './runs/check-drift.ts'
import { reapLostRuns } from './runs/reaper.ts'
import type { Reconcile } from './runs/reconciling.ts'
import type { WorkerContext } from './worker-context.ts'
import { reconcileWorkspace } from './workspaces/reconcile.ts'

/** How each kind is brought to what it should be. Models and reviews live by sweeps and decisions alone. */
const reconcilers: Partial<Record<Kind, Reconcile>> = {
  Account: reconcileAccount,
  Project: reconcileProject,
  Workspace: reconcileWorkspace,
  DataSource: reconcileDataSource,
  Deployment: reconcileDeployment,
}

/** What a worker can be asked to do, by task name. */
export function tasksOf(ctx: WorkerContext) {
  return {
    reconcile: (payload: unknown) => guarded(ctx, () => reconcile(ctx, payload as Jobs['reconcile'])),
    'approve-model': (payload: unknown) =>
      guarded(ctx, () => approveModel(ctx, (payload as Jobs['approve-model']).modelVersionId)),
    'sweep-project': (payload: unknown) =>
      guarded(ctx, async () => void (await sweepModels(ctx, (payload as Jobs['sweep-project']).projectId))),
    'sweep-trail': (payload: unknown) =>
      guarded(ctx, async () => void (await sweepTrail(ctx, (payload as Jobs['sweep-trail']).accountId))),
    'prove-account': (payload: unknown) =>
      guarded(ctx, () => proveWhenReady(ctx, (payload as Jobs['prove-account']).accountId)),
    'prove-existing': (payload: unknown) =>
      guarded(ctx, () => proveExisting(ctx, (payload as Jobs['prove-existing']).accountId)),
    'check-drift': (payload: unknown) => guarded(ctx, () => checkDrift(ctx, payload as Jobs['check-drift'])),
    sweep: (payload: unknown) => guarded(ctx, () => sweep(ctx, (payload as Jobs['sweep']).what)),
    ask: (payload: unknown) => answer(ctx.db, payload as AskJob, (job) => find(ctx, job)),
  } satisfies Tasks
}

/** Ends the job where trying again cannot help; everything else is tried again by the queue. */
async function guarded(ctx: WorkerContext, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (!(error instanceof TerminalError)) throw error
    ctx.log.warn({ reason: error.reason }, error.message)
  }
}

async function reconcile(ctx: WorkerContext, { kind, id }: Jobs['reconcile']): Promise<void> {
  const again = await reconcilers[kind]?.(ctx, id)
  if (again) await addReconcile(ctx.db, kind, id, new Date(Date.now() + again.seconds * 1000))
}

async function sweep(ctx: WorkerContext, what: Jobs['sweep']['what']): Promise<void> {
  if (what === 'lost-runs') {
    await releaseDeadProcesses(ctx.db)
    await reapLostRuns(ctx)
  } else if (what === 'drift') {
    await sweepDrift(ctx)
    await sweepProofs(ctx)
  } else if (what === 'trails') await sweepTrails(ctx)
  else if (what === 'exceptions') await sweepExceptions(ctx)
  else if (what === 'models')
    for (const { id } of await findResources(ctx.db, 'Project', sql<boolean>`status ->> 'phase' = 'Ready'`))
      await sweepModels(ctx, id)
  else await reviveStuck(ctx)
}

/** Resources that are on their way, and those just restarted: a reconcile of what is at rest changes nothing. */
export async function reviveStuck(ctx: WorkerContext): Promise<void> {
  for (const kind of Object.keys(reconcilers) as Kind[]) {
    const moving = sql<boolean>`(status ->> 'phase' in ('Pending', 'Progressing', 'Waiting', 'Deleting') or deletion_requested_at is not null)`
    for (const { id } of await findResources(ctx.db, kind, moving)) await addReconcile(ctx.db, kind, id)
  }
}

function find(ctx: WorkerContext, job: AskJob): Promise<unknown> {
  switch (job.question) {
    case 'probe-account':
      return probeForPerson(ctx, (job.input as Questions['probe-account']).accountId)
    case 'prove-account':
      return proveWithActors(ctx, (job.input as Questions['prove-account']).accountId)
    case 'sweep-models':
      return sweepModels(ctx, (job.input as Questions['sweep-models']).projectId).then((found) => ({ found }))
  }
}

/** On demand: first what IAM tells of late, so that who changed something is known. */
async function proveWithActors(ctx: WorkerContext, accountId: string): Promise<unknown> {
  await sweepTrail(ctx, accountId)
  return proveLive(ctx, accountId)
}
