import type { Exception } from '@uais/contract'
import type { Counterexample } from '@uais/iam'
import { sql } from 'kysely'
import type { Db } from '../db/database.ts'
import { findResources } from '../resources/store.ts'

/** Exceptions in force in an account now, its projects' among them. The time itself decides, not the sweep. */
export function exceptionsInForce(db: Db, accountId: string): Promise<Exception[]> {
  return findResources(
    db,
    'Exception',
    sql<boolean>`account_id = ${accountId} and status -> 'outputs' ->> 'decision' = 'approved'
      and (spec ->> 'expiresAt')::timestamptz > now()`,
  )
}

/** A promise that is not proved, as far as an exception can cover it. */
export interface Failure {
  control: string
  invariant: string
  verdict: 'disproved' | 'unknown'
  counterexample?: Counterexample | undefined
  /** Project whose promise it is; null = the account's. */
  projectId: string | null
}

/**
 * The exception that covers exactly this failure. One that names a principal covers a counterexample only when each
 * of its requests is that principal's own; what is undecided has no principal, so only an exception without one does.
 */
export function covering(exceptions: readonly Exception[], failure: Failure): Exception | undefined {
  return exceptions.find(({ spec, projectId }) => {
    if (spec.control !== failure.control) return false
    if (spec.invariant !== null && spec.invariant !== failure.invariant) return false
    if (projectId !== null && projectId !== failure.projectId) return false
    if (spec.principal === null) return true
    const { counterexample } = failure
    if (!counterexample) return false
    return [counterexample, ...counterexample.steps].every(({ principal }) => principal === spec.principal)
  })
}
