import { createHash, randomUUID } from 'node:crypto'
import type { Run } from '@uais/contract'
import { type Db, transaction } from '../db/database.ts'
import type { WorkerContext } from '../worker-context.ts'
import { applyPlan } from './apply.ts'
import { type Failure, failureOf, isRetryable } from './failure.ts'
import { LiveRun, leaseSeconds } from './live-run.ts'
import { planRun } from './plan.ts'
import { settleLostRun } from './reaper.ts'
import { requesterOf } from './requester.ts'
import { RunDirectory } from './run-directory.ts'
import { keepDocuments } from './run-documents.ts'
import type { RunOutcome, Stack } from './stack.ts'
import { insertRun, liveRunOf, type NewRun, type RunRow, takeLease } from './store.ts'

export interface RunRequest {
  operation: Run['operation']
  reason: string
}

/** After so many failures in a row from one input, a person must look. */
const mostTries = 4

/**
 * Brings one stack to what it should be, or goes on with the run that is already about it. Called from reconciles
 * as often as they like: with nothing changed since the last success it costs two queries.
 */
export async function runStack(ctx: WorkerContext, stack: Stack, request: RunRequest): Promise<RunOutcome> {
  const live = await liveRunOf(ctx.db, stack.key)
  if (live) return resume(ctx, stack, live)
  const inputSha256 = digestOf(stack, request.operation)
  const settled =
    request.operation === 'drift-check' ? undefined : await outcomeOfBefore(ctx, stack, request.operation, inputSha256)
  if (settled) return settled
  const id = randomUUID()
  const fresh = await beginRun(ctx.db, stack, {
    id,
    stackKind: stack.kind,
    stackKey: stack.key,
    resourceId: stack.resource.id,
    generation: stack.resource.generation,
    operation: request.operation,
    reason: request.reason,
    awsAccountId: stack.targetAccountId,
    requestedBy: await requesterOf(ctx.db, stack.key, stack.resource.id),
    inputSha256,
    holder: ctx.holder,
    leaseSeconds,
  })
  if (!fresh) return { state: 'busy', runId: id }
  return carryOut(ctx, stack, id, request.operation)
}

/** @returns false when another run of the stack is live */
function beginRun(db: Db, stack: Stack, run: NewRun): Promise<boolean> {
  return transaction(db, async (tx) => {
    const fresh = await insertRun(tx, run)
    if (fresh && run.operation === 'apply') await keepDocuments(tx, run.id, stack)
    return fresh
  })
}

/** A run is live: it waits for a person, was approved, is held by another process, or its process died. */
async function resume(ctx: WorkerContext, stack: Stack, live: RunRow): Promise<RunOutcome> {
  if (live.phase === 'awaiting-approval') {
    if (!live.approved_by) return { state: 'waiting', runId: live.id, message: 'The plan waits for approval.' }
    if (!(await takeLease(ctx.db, live.id, ctx.holder, leaseSeconds))) return { state: 'busy', runId: live.id }
    return carryOut(ctx, stack, live.id, live.operation as Run['operation'], live.plan_file)
  }
  await settleLostRun(ctx, live)
  return { state: 'busy', runId: live.id }
}

/** What the last run of the same input says, where it makes another one needless or pointless. */
async function outcomeOfBefore(
  ctx: WorkerContext,
  stack: Stack,
  operation: Run['operation'],
  inputSha256: string,
): Promise<RunOutcome | undefined> {
  const rows = await ctx.db
    .selectFrom('run')
    .select(['id', 'phase', 'operation', 'input_sha256', 'error'])
    .where('stack_key', '=', stack.key)
    .where('operation', '!=', 'drift-check')
    .where('ended_at', 'is not', null)
    .orderBy('created_at', 'desc')
    .limit(mostTries)
    .execute()
  const last = rows[0]
  if (!last || last.input_sha256 !== inputSha256 || last.operation !== operation) return undefined
  if (last.phase === 'succeeded') return { state: 'current', runId: last.id }
  if (last.phase === 'lost' || last.error?.code === 'interrupted') return undefined
  const failed = (error: Failure | RunRow['error']): RunOutcome => ({
    state: 'failed',
    runId: last.id,
    reason: error?.code ?? 'failed',
    message: error?.message ?? 'The last run of this stack failed.',
    remedy: error?.remedy ?? 'Retry the run.',
    retry: false,
  })
  const inARow = rows.findIndex((row) => row.phase !== 'failed' || row.input_sha256 !== inputSha256)
  const tries = inARow === -1 ? rows.length : inARow
  const retryable = last.phase === 'failed' && isRetryable(last.error?.code ?? '')
  return retryable && tries < mostTries ? undefined : failed(last.error)
}

async function carryOut(
  ctx: WorkerContext,
  stack: Stack,
  id: string,
  operation: Run['operation'],
  approvedPlan?: Buffer | null,
): Promise<RunOutcome> {
  const run = await LiveRun.hold(ctx, id)
  const directory = new RunDirectory(ctx, stack, run)
  try {
    if (approvedPlan) return await applyPlan(ctx, stack, run, directory, approvedPlan, true)
    const planned = await planRun(ctx, stack, run, directory, operation)
    if (planned.state === 'done') return planned.outcome
    return await applyPlan(ctx, stack, run, directory, planned.sealed, planned.changes)
  } catch (error) {
    return await fail(ctx, stack, run, error)
  } finally {
    run.release()
    directory.remove()
  }
}

async function fail(ctx: WorkerContext, stack: Stack, run: LiveRun, error: unknown): Promise<RunOutcome> {
  const failure = failureOf(error, ctx.stopping.aborted ? 'stopping' : run.wasCancelled ? 'cancelled' : undefined)
  const { code, message, remedy } = failure
  run.say(message, 'error')
  ctx.log.warn({ err: error, run: run.id, stack: stack.key, code }, 'run ended')
  await run.enter(code === 'cancelled' ? 'cancelled' : 'failed', { error: { code, message, remedy } })
  return { state: 'failed', runId: run.id, reason: code, message, remedy, retry: failure.retry }
}

/** Digest of everything that a plan is made from. */
function digestOf(stack: Stack, operation: string): string {
  const input = [stack.kind, stack.key, stack.targetAccountId, operation, stack.variables, stack.policies]
  return createHash('sha256').update(JSON.stringify(input)).digest('hex')
}

/** Whether an apply of the stack ever began: nothing needs to be torn down where nothing was made. */
export async function wasEverApplied(ctx: WorkerContext, stackKey: string): Promise<boolean> {
  const began = await ctx.db
    .selectFrom('run')
    .select('id')
    .where('stack_key', '=', stackKey)
    .where('apply_started_at', 'is not', null)
    .limit(1)
    .executeTakeFirst()
  return began !== undefined
}
