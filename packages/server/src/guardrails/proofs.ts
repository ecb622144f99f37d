import type { ProofBasis, ProofResult } from '@uais/contract'
import { sql } from 'kysely'
import type { Db } from '../db/database.ts'
import { transaction } from '../db/database.ts'

/** Where a proof was made: of one stack's planned documents, or of the live ones of a whole account. */
export interface ProofPlace {
  accountId: string
  stackKey: string
  basis: Extract<ProofBasis, 'planned' | 'live'>
}

/** A kept result: as the contract shows it, with when and of what it was. */
export interface KeptProof extends ProofResult {
  basis: ProofPlace['basis']
  stackKey: string
  at: string
}

/** Keeps the results of one proof in place of the last one of the same place: promises that are gone go with it. */
export function keepProofs(db: Db, place: ProofPlace, results: readonly ProofResult[], at: Date): Promise<void> {
  return transaction(db, async (tx) => {
    // Two proofs of one place at once take turns: without, both would delete and the second could not insert.
    const name = `proofs ${place.accountId} ${place.stackKey} ${place.basis}`
    await sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(tx)
    await tx
      .deleteFrom('guardrail_proofs')
      .where('account_id', '=', place.accountId)
      .where('stack_key', '=', place.stackKey)
      .where('basis', '=', place.basis)
      .execute()
    if (results.length === 0) return
    await tx
      .insertInto('guardrail_proofs')
      .values(
        results.map((result) => ({
          account_id: place.accountId,
          stack_key: place.stackKey,
          basis: place.basis,
          control: result.control,
          invariant: result.invariant,
          verdict: result.verdict,
          why: result.why,
          counterexample: result.counterexample && JSON.stringify(result.counterexample),
          scope: JSON.stringify(result.scope),
          assumptions: JSON.stringify(result.assumptions),
          ms: result.ms,
          exception_id: result.exceptionId,
          at,
        })),
      )
      .execute()
  })
}

/** All kept results of an account, newest first. */
export async function readProofs(db: Db, accountId: string): Promise<KeptProof[]> {
  const rows = await db
    .selectFrom('guardrail_proofs')
    .selectAll()
    .where('account_id', '=', accountId)
    .orderBy('at', 'desc')
    .orderBy('invariant')
    .execute()
  return rows.map((row) => ({
    basis: row.basis as ProofPlace['basis'],
    stackKey: row.stack_key,
    at: row.at.toISOString(),
    control: row.control,
    invariant: row.invariant,
    verdict: row.verdict as ProofResult['verdict'],
    why: row.why,
    counterexample: row.counterexample,
    scope: row.scope,
    assumptions: row.assumptions,
    ms: row.ms,
    exceptionId: row.exception_id,
  }))
}
