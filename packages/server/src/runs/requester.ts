import type { Person } from '@uais/contract'
import { type SqlBool, sql } from 'kysely'
import type { Db } from '../db/database.ts'

/** What a person does to a resource so that the worker brings it to what it should be. */
const asking = /^(Create|Update|Provision|Delete)/

/**
 * Who asked for what is about to be done: the last person who acted on the resource since the stack was last brought to
 * what it should be; `null` when the platform does it by itself.
 */
export async function requesterOf(db: Db, stackKey: string, resourceId: string): Promise<Person | null> {
  const settled = await db
    .selectFrom('run')
    .select((eb) => eb.fn.max('ended_at').as('at'))
    .where('stack_key', '=', stackKey)
    .where('phase', '=', 'succeeded')
    .where('operation', '!=', 'drift-check')
    .executeTakeFirst()
  const acts = await db
    .selectFrom('audit')
    .select(['action', 'actor'])
    .where(sql<SqlBool>`subject ->> 'id' = ${resourceId}`)
    .where('outcome', '=', 'done')
    .where('actor', 'is not', null)
    .where('at', '>', settled?.at ?? new Date(0))
    .orderBy('id', 'desc')
    .limit(50)
    .execute()
  return (acts.find(({ action }) => asking.test(action))?.actor as Person | undefined) ?? null
}
