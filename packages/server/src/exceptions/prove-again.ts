import type { Exception } from '@uais/contract'
import { sql } from 'kysely'
import type { Db } from '../db/database.ts'
import { proveSoon } from '../guardrails/prove-soon.ts'
import { addReconcile } from '../queue/jobs.ts'

/**
 * What an exception lets pass, or lets pass no longer, is looked at again: plans that were not proved are made anew,
 * and what is live is proved once more.
 */
export async function proveAgain(db: Db, { accountId, projectId }: Exception): Promise<void> {
  if (!accountId) return
  const inPlace = projectId
    ? sql<boolean>`(resource.id = ${projectId} or resource.project_id = ${projectId})`
    : sql<boolean>`(resource.id = ${accountId} or resource.account_id = ${accountId})`
  // Without its digest a stack is planned again although nothing about it has changed.
  const refused = await db
    .updateTable('run')
    .from('resource')
    .set({ input_sha256: null })
    .whereRef('resource.id', '=', 'run.resource_id')
    .where(inPlace)
    .where(sql<boolean>`run.error ->> 'code' = 'not-proved'`)
    .returning(['resource.id', 'resource.kind'])
    .execute()
  const stacks = new Map(refused.map(({ id, kind }) => [id, kind]))
  for (const [id, kind] of stacks) await addReconcile(db, kind, id)
  await proveSoon(db, accountId)
}
