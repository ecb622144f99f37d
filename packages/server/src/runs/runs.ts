import { type Person, type Plan, PlatformError, type Run, type RunPhase, runPhases } from '@uais/contract'
import { type Db, transaction } from '../db/database.ts'
import { addReconcile } from '../queue/jobs.ts'
import { notifyRun } from './run-log.ts'
import { earlierTimings, type RunRow, readRunRow, type Timing, updateRun } from './store.ts'
import { medianSeconds, secondsOf } from './timing.ts'

export const endPhases: readonly RunPhase[] = ['succeeded', 'failed', 'cancelled', 'lost']

/** The run as the API shows it, with the time that each phase typically takes. */
export async function presentRun(db: Db, row: RunRow): Promise<Run> {
  return present(row, medianSeconds(await earlierTimings(db, row.stack_kind, row.operation)))
}

/** A page of them; what is typical is asked once per kind of stack and operation. */
export function presentRuns(db: Db, rows: readonly RunRow[]): Promise<Run[]> {
  const asked = new Map<string, ReturnType<typeof earlierTimings>>()
  return Promise.all(
    rows.map(async (row) => {
      const key = `${row.stack_kind} ${row.operation}`
      const earlier = asked.get(key) ?? earlierTimings(db, row.stack_kind, row.operation)
      asked.set(key, earlier)
      return present(row, medianSeconds(await earlier))
    }),
  )
}

function present(row: RunRow, typical: ReadonlyMap<RunPhase, number>): Run {
  return {
    id: row.id,
    stack: {
      kind: row.stack_kind as Run['stack']['kind'],
      key: row.stack_key,
      resourceKind: row.resource_kind,
      resourceId: row.resource_id,
      resourceName: row.resource_name,
    },
    operation: row.operation as Run['operation'],
    reason: row.reason,
    phase: row.phase as RunPhase,
    engine: row.engine,
    provider: row.provider,
    awsAccountId: row.aws_account_id,
    requestedBy: row.requested_by,
    approvedBy: row.approved_by,
    createdAt: row.created_at.toISOString(),
    startedAt: row.started_at?.toISOString() ?? null,
    endedAt: row.ended_at?.toISOString() ?? null,
    timings: timingsOf(row, typical),
    plan: row.plan as Plan | null,
    error: row.error,
  }
}

/** Of an ended run what it took; of a live one also the phases to come, so that somebody can tell how long it takes. */
function timingsOf(row: RunRow, typical: ReadonlyMap<RunPhase, number>): Run['timings'] {
  const timings = row.timings as Timing[]
  const ahead = row.ended_at ? [] : phasesAfter(row.phase as RunPhase).filter((phase) => typical.has(phase))
  return [
    ...timings.map((timing) => ({ phase: timing.phase, seconds: secondsOf(timing) })),
    ...ahead.map((phase) => ({ phase, seconds: 0 })),
  ].map((timing) => ({ ...timing, typicalSeconds: typical.get(timing.phase) ?? null }))
}

/** Work that follows a phase; how long a person takes to approve is nobody's to foretell. */
const phasesAfter = (phase: RunPhase) =>
  runPhases
    .slice(runPhases.indexOf(phase) + 1)
    .filter((next) => next !== 'awaiting-approval' && !endPhases.includes(next))

/** Lets the stored plan be applied. The decision and the job that acts on it are one transaction. */
export function approveRun(db: Db, id: string, person: Person): Promise<void> {
  return transaction(db, async (tx) => {
    const row = await waiting(tx, id, 'approving the run')
    await updateRun(tx, id, { approvedBy: person })
    await addReconcile(tx, row.resource_kind, row.resource_id)
    await notifyRun(tx, id)
  })
}

/** Discards the stored plan; the stack stays as it is until something changes or someone retries. */
export function rejectRun(db: Db, id: string, person: Person, comment: string): Promise<void> {
  return transaction(db, async (tx) => {
    const row = await waiting(tx, id, 'rejecting the run')
    await updateRun(tx, id, {
      phase: 'cancelled',
      endedAt: new Date(),
      planFile: null,
      leaseHolder: null,
      error: {
        code: 'rejected',
        message: `${person.name} rejected the plan${comment ? `: ${comment}` : ''}`,
        remedy: 'Change what is wanted, then retry; a new plan will be made.',
      },
    })
    await addReconcile(tx, row.resource_kind, row.resource_id)
    await notifyRun(tx, id)
  })
}

/** Asks a live run to stop: the worker sends SIGINT, terraform keeps what it has made. Asking twice is asking once. */
export function cancelRun(db: Db, id: string): Promise<void> {
  return transaction(db, async (tx) => {
    const row = await locked(tx, id)
    if (row.ended_at) throw new PlatformError('conflict', `cancelling the run: it has already ended (${row.phase})`)
    if (row.phase === 'awaiting-approval')
      await updateRun(tx, id, {
        phase: 'cancelled',
        endedAt: new Date(),
        planFile: null,
        leaseHolder: null,
        error: {
          code: 'cancelled',
          message: 'The run was cancelled before its plan was approved.',
          remedy: 'Retry to make a new plan.',
        },
      })
    else await tx.updateTable('run').set({ cancel_requested_at: new Date() }).where('id', '=', id).execute()
    await addReconcile(tx, row.resource_kind, row.resource_id)
    await notifyRun(tx, id)
  })
}

/** Reconciles the stack of an ended run again. */
export function retryRun(db: Db, id: string): Promise<void> {
  return transaction(db, async (tx) => {
    const row = await locked(tx, id)
    if (!row.ended_at)
      throw new PlatformError('conflict', `retrying the run: it is still live (${row.phase}); cancel it first`)
    // The digest is what tells a reconcile that nothing has changed since: without it, it plans again.
    await tx.updateTable('run').set({ input_sha256: null }).where('stack_key', '=', row.stack_key).execute()
    await addReconcile(tx, row.resource_kind, row.resource_id)
  })
}

async function waiting(tx: Db, id: string, doing: string): Promise<RunRow> {
  const row = await locked(tx, id)
  if (row.ended_at || row.phase !== 'awaiting-approval')
    throw new PlatformError('conflict', `${doing}: it does not wait for approval (${row.phase})`)
  if (row.approved_by) throw new PlatformError('conflict', `${doing}: ${row.approved_by.name} has already approved it`)
  return row
}

/** Reads a run and holds its row until the transaction ends, so that two decisions cannot cross. */
async function locked(tx: Db, id: string): Promise<RunRow> {
  await tx.selectFrom('run').select('id').where('id', '=', id).forUpdate().execute()
  const row = await readRunRow(tx, id)
  if (!row) throw new PlatformError('not-found', 'reading the run: there is no such run')
  return row
}
