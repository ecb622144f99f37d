import type { Db } from '../db/database.ts'
import type { Stack } from './stack.ts'

/** Keeps the policies that a run is to put in place, as they are when its plan is begun. */
export async function keepDocuments(db: Db, runId: string, { policies }: Stack): Promise<void> {
  await db
    .insertInto('run_documents')
    .values({ run_id: runId, policies: JSON.stringify(policies) })
    .execute()
}

/**
 * The stacks that are known to be in place, with the policies that were last applied. Left out: those never applied, being
 * applied, or whose last apply failed; of them it is not known what should stand.
 */
export async function stacksAsApplied(db: Db, stacks: readonly Stack[]): Promise<Stack[]> {
  const last = await db
    .selectFrom('run')
    .leftJoin('run_documents', 'run_documents.run_id', 'run.id')
    .distinctOn('stack_key')
    .select(['stack_key', 'phase', 'operation', 'policies'])
    .where(
      'stack_key',
      'in',
      stacks.map(({ key }) => key),
    )
    .where('operation', '!=', 'drift-check')
    // A plan that waits for a person, or was refused, has changed nothing.
    .where((on) => on.or([on('apply_started_at', 'is not', null), on('phase', '=', 'succeeded')]))
    .orderBy('stack_key')
    .orderBy('created_at', 'desc')
    .execute()
  const applied = new Map(
    last
      .filter(({ phase, operation }) => phase === 'succeeded' && operation === 'apply')
      .map(({ stack_key, policies }) => [stack_key, policies]),
  )
  return stacks
    .filter(({ key }) => applied.has(key))
    .map((stack) => ({ ...stack, policies: applied.get(stack.key) ?? stack.policies }))
}
