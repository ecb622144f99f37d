import type { Kind } from '@uais/contract'
import { type Kysely, sql } from 'kysely'

/** A job's payload by task name. Reconcilers get the key alone and read the rest (controller-runtime's contract). */
export interface Jobs {
  reconcile: { kind: Kind; id: string }
  /** `stuck`: every resource that is not at rest is reconciled again, should its job have been lost. */
  sweep: { what: 'models' | 'lost-runs' | 'drift' | 'stuck' | 'trails' | 'exceptions' }
  'sweep-project': { projectId: string }
  /** Reads what changed in the account's global services since the last time. */
  'sweep-trail': { accountId: string }
  /** Reads the account's live documents and proves them. */
  'prove-account': { accountId: string }
  /** Proves against the principals that the account has today. */
  'prove-existing': { accountId: string }
  'check-drift': { kind: Kind; id: string }
  'approve-model': { modelVersionId: string }
}

export interface JobOptions {
  /** Serial per queue: the stack's or resource's id. */
  queue?: string
  /** Jobs with one key are one job; the last one wins. */
  key?: string
  runAt?: Date
  /** Tries with exponential back-off (e^n seconds) before the job is given up. Default 25. */
  attempts?: number
}

/**
 * Adds a job in the caller's transaction, so that desired state and the work to reach it are kept or lost together.
 * `graphile_worker.add_job` is graphile-worker's documented SQL interface.
 */
export async function addJob<T extends keyof Jobs, DB>(
  db: Kysely<DB>,
  task: T,
  payload: Jobs[T],
  options: JobOptions = {},
): Promise<void> {
  await sql`select graphile_worker.add_job(
    ${task}::text,
    payload => ${JSON.stringify(payload)}::json,
    queue_name => ${options.queue ?? null}::text,
    run_at => ${options.runAt ?? null}::timestamptz,
    max_attempts => ${options.attempts ?? 25}::integer,
    job_key => ${options.key ?? null}::text)`.execute(db)
}

/** Asks for a reconcile of one resource. Calling it twice is calling it once. */
export async function addReconcile<DB>(db: Kysely<DB>, kind: Kind, id: string, runAt?: Date): Promise<void> {
  await addJob(db, 'reconcile', { kind, id }, { queue: id, key: `reconcile/${id}`, ...(runAt ? { runAt } : {}) })
}

/** Asks for the registry's approval of a reviewed model version. */
export async function addModelApproval<DB>(db: Kysely<DB>, modelVersionId: string): Promise<void> {
  await addJob(
    db,
    'approve-model',
    { modelVersionId },
    { queue: modelVersionId, key: `approve-model/${modelVersionId}` },
  )
}
