import type { Denial } from '@uais/contract'
import { controlById } from '@uais/guardrails'
import { type RawBuilder, type Selectable, type SqlBool, sql } from 'kysely'
import type { Db } from '../db/database.ts'
import type { Tables } from '../db/schema.ts'
import { after, containing, exactTime, type Page, type PageRequest, pageFrom } from '../resources/page.ts'

/** One page of refused calls, newest first. */
export async function listDenials(db: Db, where: RawBuilder<SqlBool>, request: PageRequest): Promise<Page<Denial>> {
  const search = request.search && containing(request.search)
  const found = search
    ? sql<SqlBool>`(call ilike ${search} or principal ilike ${search} or message ilike ${search} or control ilike ${search})`
    : sql<SqlBool>`true`
  const matching = db.selectFrom('denial').where(where).where(found)
  const { total } = await matching.select((eb) => eb.fn.countAll<string>().as('total')).executeTakeFirstOrThrow()
  const rows = await matching
    .selectAll()
    .select(exactTime('at').as('exact_at'))
    .where(after('at', request.cursor))
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(request.limit + 1)
    .execute()
  return pageFrom(rows, request.limit, Number(total), presented)
}

function presented(row: Selectable<Tables['denial']>): Denial {
  const control = controlById(row.control ?? '')
  return {
    id: row.id,
    at: row.at.toISOString(),
    principal: row.principal,
    sourceIdentity: row.source_identity,
    call: row.call,
    resource: row.resource,
    message: row.message,
    control: control ? { id: control.id, title: control.title } : null,
    sid: row.sid,
    projectId: row.project_id,
    sentence: control
      ? `Stopped by ${control.id}: ${control.title}. A lead of the project can ask for an exception.`
      : 'No policy that allows it, or a denial that AWS does not name; the message says which kind of policy.',
  }
}
