import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import { type Kysely, sql } from 'kysely'
import type { Db } from '../db/database.ts'
import { proofOf, stateOf } from '../terraform/process-proof.ts'

/** Longer than any pause of a healthy process; a host that is silent for so long is presumed down. */
const silentMs = 60_000

/** Enters this process among the workers, with the proof by which others can tell that it is gone. */
export async function enterProcess(db: Db): Promise<string> {
  const proof = proofOf(process.pid)
  if (!proof) throw new Error('entering the worker process: its start time cannot be read')
  const id = `${hostname()}/${randomUUID()}`
  await db
    .insertInto('worker_process')
    .values({ id, host: hostname(), pid: proof.pid, started_at: proof.startedAt, queue_workers: [] })
    .execute()
  return id
}

/** Host of a holder: its id begins with it, so that it is known even when the row is gone. */
export const hostOf = (id: string) => id.slice(0, id.lastIndexOf('/'))

/** Says that the process lives, and under which ids the queue knows its workers. */
export async function seen(db: Db, id: string, queueWorkers: readonly string[]): Promise<void> {
  await db
    .updateTable('worker_process')
    .set({ seen_at: new Date(), queue_workers: [...queueWorkers] })
    .where('id', '=', id)
    .execute()
}

export async function leaveProcess(db: Db, id: string): Promise<void> {
  await db.deleteFrom('worker_process').where('id', '=', id).execute()
}

/** Whether a worker process is at work. `unknown`: it runs on another host that has not been silent for long. */
export async function processState(db: Db, id: string | null): Promise<'alive' | 'gone' | 'unknown'> {
  if (!id) return 'gone'
  const row = await db.selectFrom('worker_process').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row) return 'gone'
  const state = stateOf({ pid: row.pid, startedAt: row.started_at, host: row.host })
  if (state !== 'elsewhere') return state
  return Date.now() - row.seen_at.getTime() > silentMs ? 'gone' : 'unknown'
}

/**
 * Frees the jobs of processes that are gone; graphile-worker by itself waits four hours. `force_unlock_workers` is
 * its documented way for workers that have crashed.
 */
export async function releaseDeadProcesses(db: Db): Promise<number> {
  let released = 0
  for (const { id, queue_workers } of await db.selectFrom('worker_process').select(['id', 'queue_workers']).execute()) {
    if ((await processState(db, id)) !== 'gone') continue
    await unlock(db, queue_workers)
    await leaveProcess(db, id)
    released += 1
  }
  await unlock(db, await unknownWorkers(db))
  return released
}

/** Holders of locks that no process claims: theirs died between its start and its first heartbeat. */
async function unknownWorkers(db: Db): Promise<string[]> {
  const { rows } = await sql<{ worker: string }>`
    select distinct locked_by as worker from graphile_worker.jobs
    where locked_at < now() - interval '1 minute'
      and locked_by not in (select unnest(queue_workers) from worker_process)`.execute(db)
  return rows.map((row) => row.worker)
}

async function unlock<DB>(db: Kysely<DB>, queueWorkers: readonly string[]): Promise<void> {
  if (queueWorkers.length === 0) return
  await sql`select graphile_worker.force_unlock_workers(${[...queueWorkers]}::text[])`.execute(db)
}
