import type { Person, Plan, Run, RunLogLine, RunPhase } from '@uais/contract'
import { type Selectable, sql } from 'kysely'
import type { Db } from '../db/database.ts'
import type { RunTable } from '../db/schema.ts'
import { after, exactTime } from '../resources/page.ts'

export type RunRow = Selectable<RunTable> & { resource_kind: Run['stack']['resourceKind']; resource_name: string }

/** Seconds spent in a phase; the last entry is the phase that the run is in. */
export interface Timing {
  phase: RunPhase
  startedAt: string
  endedAt: string | null
}

const joined = (db: Db) =>
  db
    .selectFrom('run')
    .innerJoin('resource', 'resource.id', 'run.resource_id')
    .selectAll('run')
    .select(['resource.kind as resource_kind', 'resource.name as resource_name'])

export async function readRunRow(db: Db, id: string): Promise<RunRow | undefined> {
  return (await joined(db).where('run.id', '=', id).executeTakeFirst()) as RunRow | undefined
}

/** The stack's run that has not ended; the database allows one. */
export async function liveRunOf(db: Db, stackKey: string): Promise<RunRow | undefined> {
  return (await joined(db)
    .where('run.stack_key', '=', stackKey)
    .where('run.ended_at', 'is', null)
    .executeTakeFirst()) as RunRow | undefined
}

export interface RunFilter {
  accountId?: string | undefined
  projectId?: string | undefined
  resourceId?: string | undefined
  phase?: RunPhase | undefined
  search?: string | undefined
  /** Ids of the accounts and projects that the asker may see; absent = all. */
  within?: { accountIds: readonly string[]; projectIds: readonly string[] } | undefined
  limit: number
  /** As the page before gave it out. */
  cursor?: string | undefined
}

/** A page of runs, newest first, without logs or stored plans, and the number of all that match. */
export async function listRunRows(
  db: Db,
  filter: RunFilter,
): Promise<{ rows: (RunRow & { exact_at: string })[]; total: number }> {
  const condition = conditionOf(filter)
  const rows = (await joined(db)
    .select(exactTime('run.created_at').as('exact_at'))
    .where(condition)
    .where(after('run.created_at', filter.cursor, 'run.id'))
    .orderBy('run.created_at', 'desc')
    .orderBy('run.id', 'desc')
    .limit(filter.limit)
    .execute()) as (RunRow & { exact_at: string })[]
  const { total } = await db
    .selectFrom('run')
    .innerJoin('resource', 'resource.id', 'run.resource_id')
    .where(condition)
    .select(sql<string>`count(*)`.as('total'))
    .executeTakeFirstOrThrow()
  return { rows, total: Number(total) }
}

function conditionOf(filter: RunFilter) {
  const parts = [sql<boolean>`true`]
  if (filter.accountId)
    parts.push(sql<boolean>`(resource.account_id = ${filter.accountId} or resource.id = ${filter.accountId})`)
  if (filter.projectId)
    parts.push(sql<boolean>`(resource.project_id = ${filter.projectId} or resource.id = ${filter.projectId})`)
  if (filter.resourceId) parts.push(sql<boolean>`run.resource_id = ${filter.resourceId}`)
  if (filter.phase) parts.push(sql<boolean>`run.phase = ${filter.phase}`)
  if (filter.search) parts.push(sql<boolean>`position(lower(${filter.search}) in lower(run.stack_key)) > 0`)
  if (filter.within) {
    const ids = [...filter.within.accountIds, ...filter.within.projectIds]
    parts.push(
      sql<boolean>`(resource.id = any(${ids}::uuid[]) or resource.project_id = any(${[...filter.within.projectIds]}::uuid[])
        or resource.account_id = any(${[...filter.within.accountIds]}::uuid[]))`,
    )
  }
  return sql<boolean>`${sql.join(parts, sql` and `)}`
}

export interface NewRun {
  id: string
  stackKind: string
  stackKey: string
  resourceId: string
  generation: number
  operation: Run['operation']
  reason: string
  awsAccountId: string
  requestedBy: Person | null
  inputSha256: string
  holder: string
  leaseSeconds: number
}

/** @returns false when another run of the stack is live: the unique index decides, not a look beforehand. */
export async function insertRun(db: Db, run: NewRun): Promise<boolean> {
  const inserted = await db
    .insertInto('run')
    .values({
      id: run.id,
      stack_kind: run.stackKind,
      stack_key: run.stackKey,
      resource_id: run.resourceId,
      generation: run.generation,
      operation: run.operation,
      reason: run.reason,
      phase: 'queued',
      aws_account_id: run.awsAccountId,
      requested_by: run.requestedBy ? JSON.stringify(run.requestedBy) : null,
      input_sha256: run.inputSha256,
      lease_holder: run.holder,
      lease_until: new Date(Date.now() + run.leaseSeconds * 1000),
      timings: JSON.stringify([{ phase: 'queued', startedAt: new Date().toISOString(), endedAt: null }]),
    })
    .onConflict((conflict) => conflict.columns(['stack_key']).where('ended_at', 'is', null).doNothing())
    .returning('id')
    .executeTakeFirst()
  return inserted !== undefined
}

/** Renews the lease. @returns what came in meanwhile, or undefined when the lease is no longer ours. */
export async function renewLease(db: Db, id: string, holder: string, seconds: number) {
  return db
    .updateTable('run')
    .set({ lease_until: new Date(Date.now() + seconds * 1000) })
    .where('id', '=', id)
    .where('lease_holder', '=', holder)
    .where('ended_at', 'is', null)
    .returning('cancel_requested_at')
    .executeTakeFirst()
}

/** Takes a live run that nobody holds, e.g. one whose plan was approved. */
export async function takeLease(db: Db, id: string, holder: string, seconds: number): Promise<boolean> {
  const taken = await db
    .updateTable('run')
    .set({ lease_holder: holder, lease_until: new Date(Date.now() + seconds * 1000) })
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .where((on) => on.or([on('lease_holder', 'is', null), on('lease_holder', '=', holder)]))
    .returning('id')
    .executeTakeFirst()
  return taken !== undefined
}

export async function updateRun(
  db: Db,
  id: string,
  change: Partial<{
    phase: RunPhase
    engine: string
    provider: string | null
    plan: Plan
    planFile: Buffer | null
    approvedBy: Person
    startedAt: Date
    endedAt: Date
    applyStartedAt: Date
    credentialsUntil: Date
    timings: Timing[]
    error: { code: string; message: string; remedy: string }
    leaseHolder: string | null
  }>,
): Promise<void> {
  await db
    .updateTable('run')
    .set({
      ...(change.phase ? { phase: change.phase } : {}),
      ...(change.engine ? { engine: change.engine } : {}),
      ...(change.provider ? { provider: change.provider } : {}),
      ...(change.plan ? { plan: JSON.stringify(change.plan) } : {}),
      ...(change.planFile === undefined ? {} : { plan_file: change.planFile }),
      ...(change.approvedBy ? { approved_by: JSON.stringify(change.approvedBy) } : {}),
      ...(change.startedAt ? { started_at: change.startedAt } : {}),
      ...(change.endedAt ? { ended_at: change.endedAt } : {}),
      ...(change.applyStartedAt ? { apply_started_at: change.applyStartedAt } : {}),
      ...(change.credentialsUntil ? { credentials_until: change.credentialsUntil } : {}),
      ...(change.timings ? { timings: JSON.stringify(change.timings) } : {}),
      ...(change.error ? { error: JSON.stringify(change.error) } : {}),
      ...(change.leaseHolder === undefined ? {} : { lease_holder: change.leaseHolder }),
    })
    .where('id', '=', id)
    // What has ended stays as it ended: a process that lost its lease has no say any more.
    .where('ended_at', 'is', null)
    .execute()
}

/** Phases of earlier successful runs of this stack kind and operation, newest first. */
export async function earlierTimings(db: Db, stackKind: string, operation: string): Promise<Timing[][]> {
  const rows = await db
    .selectFrom('run')
    .select('timings')
    .where('stack_kind', '=', stackKind)
    .where('operation', '=', operation)
    .where('phase', '=', 'succeeded')
    .orderBy('created_at', 'desc')
    .limit(20)
    .execute()
  return rows.map((row) => row.timings as Timing[])
}

/** Kept log lines after `seq`, in order. */
export async function readLogRows(db: Db, runId: string, after: number, limit: number): Promise<RunLogLine[]> {
  const rows = await db
    .selectFrom('run_log')
    .selectAll()
    .where('run_id', '=', runId)
    .where('seq', '>', after)
    .orderBy('seq')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    seq: row.seq,
    at: row.at.toISOString(),
    level: row.level as RunLogLine['level'],
    phase: row.phase as RunPhase,
    message: row.message,
    address: row.address,
  }))
}
