import { hostname } from 'node:os'
import { join } from 'node:path'
import { readStateLock, releaseStateLock } from '../aws/state-lock.ts'
import { recordAct } from '../events.ts'
import { addReconcile } from '../queue/jobs.ts'
import { hostOf, processState } from '../queue/worker-process.ts'
import { kill } from '../terraform/child.ts'
import { processesIn, readProof, stateOf } from '../terraform/process-proof.ts'
import { directoryOf, removeWorkDirectory } from '../terraform/work-directory.ts'
import type { WorkerContext } from '../worker-context.ts'
import { stateKeyOf } from './run-directory.ts'
import { notifyRun } from './run-log.ts'
import { type RunRow, readRunRow, type Timing, updateRun } from './store.ts'
import { enterPhase } from './timing.ts'

/** A terraform that outlived its worker may finish its work; after this long without one it is told to stop. */
const orphanMs = 15 * 60_000
/** SIGINT lets it save its state; then it is killed. */
const stubbornMs = 18 * 60_000

/** Looks at every live run and ends those whose process is gone. @returns how many were ended */
export async function reapLostRuns(ctx: WorkerContext): Promise<number> {
  const live = await ctx.db
    .selectFrom('run')
    .select('id')
    .where('ended_at', 'is', null)
    .where('phase', '!=', 'awaiting-approval')
    .execute()
  let settled = 0
  for (const { id } of live) {
    const row = await readRunRow(ctx.db, id)
    if (row && (await settleLostRun(ctx, row))) settled += 1
  }
  return settled
}

/**
 * Ends a run whose worker and whose terraform are both proved gone, releases the state lock that they left and asks
 * for a fresh reconcile. Anything less than proof leaves the run as it is.
 */
export async function settleLostRun(ctx: WorkerContext, run: RunRow): Promise<boolean> {
  if (run.ended_at || run.phase === 'awaiting-approval') return false
  if (!(await workerIsGone(ctx, run))) return false
  if (!terraformIsGone(ctx, run)) return false
  await releaseLock(ctx, run)
  removeWorkDirectory(ctx.terraform.settings, run.id)
  const now = new Date()
  await ctx.db.transaction().execute(async (tx) => {
    await updateRun(tx, run.id, {
      phase: 'lost',
      endedAt: now,
      planFile: null,
      leaseHolder: null,
      timings: enterPhase(run.timings as Timing[], 'lost', now, true),
      error: {
        code: 'lost',
        message: `The process that carried out the run ended while it was ${run.phase}.`,
        remedy: 'UAIS has started a new run, which takes in what this one may have left behind.',
      },
    })
    await addReconcile(tx, run.resource_kind, run.resource_id)
    await notifyRun(tx, run.id)
  })
  ctx.log.warn({ run: run.id, stack: run.stack_key, phase: run.phase }, 'lost run settled')
  return true
}

async function workerIsGone(ctx: WorkerContext, run: RunRow): Promise<boolean> {
  const state = await processState(ctx.db, run.lease_holder)
  if (state === 'alive') return false
  return state === 'gone' || expired(run.lease_until)
}

/**
 * On the host that ran it, no process may be left in the work directory. From elsewhere the end of the run's
 * credentials is the proof: nothing can act without them.
 */
function terraformIsGone(ctx: WorkerContext, run: RunRow): boolean {
  if (hostOf(run.lease_holder ?? '') !== hostname())
    return run.credentials_until === null || expired(run.credentials_until)
  const directory = directoryOf(ctx.terraform.settings, run.id)
  const proof = readProof(join(directory, 'process.json'))
  const terraform = proof && stateOf(proof) === 'alive' ? proof.pid : undefined
  const others = processesIn(directory)
  if (terraform === undefined && others.length === 0) return true
  const age = Date.now() - (run.lease_until ?? run.created_at).getTime()
  if (terraform === undefined || age > stubbornMs) for (const pid of others) kill(pid, 'SIGKILL')
  else if (age > orphanMs) kill(terraform, 'SIGINT')
  return false
}

const expired = (at: Date | null) => at !== null && at.getTime() < Date.now()

/** The lock of a run that is gone, and no other: it must have been taken since the run began. */
async function releaseLock(ctx: WorkerContext, run: RunRow): Promise<void> {
  const { stateBucket } = ctx.config.platform
  const platform = await ctx.aws.platform()
  const key = stateKeyOf(run.stack_key)
  const lock = await readStateLock(platform, stateBucket, key)
  if (!lock || Date.parse(lock.Created) < run.created_at.getTime()) return
  if (!(await releaseStateLock(platform, stateBucket, key, lock.ID))) return
  await recordAct(ctx, {
    actor: null,
    action: 'ReleaseStateLock',
    outcome: 'done',
    subject: { kind: run.resource_kind, id: run.resource_id, name: run.resource_name },
    detail: `the state lock ${lock.ID} of '${run.stack_key}' (${lock.Operation} by ${lock.Who}) was released: the process of run ${run.id} is gone`,
  })
}
