import type { findingSchema } from '@uais/contract'
import { type SqlBool, sql } from 'kysely'
import type { z } from 'zod'
import type { Db } from '../db/database.ts'
import { after, containing, exactTime, type Page, type PageRequest, pageFrom } from '../resources/page.ts'
import type { Filter } from '../resources/store.ts'

type Finding = z.input<typeof findingSchema>

/** One page of findings, newest first. */
export async function listFindings(db: Db, visible: Filter, request: PageRequest): Promise<Page<Finding>> {
  const search = request.search && containing(request.search)
  const found = search
    ? sql<SqlBool>`(title ilike ${search} or message ilike ${search} or resource ->> 'name' ilike ${search})`
    : sql<SqlBool>`true`
  const matching = db.selectFrom('finding').where(visible).where(found)
  const { total } = await matching.select((eb) => eb.fn.countAll<string>().as('total')).executeTakeFirstOrThrow()
  const rows = await matching
    .selectAll()
    .select(exactTime('at').as('exact_at'))
    .where(after('at', request.cursor))
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(request.limit + 1)
    .execute()
  return pageFrom(rows, request.limit, Number(total), (row) => ({
    id: row.id,
    type: row.type as Finding['type'],
    title: row.title,
    message: row.message,
    cause: row.cause,
    actor: row.actor,
    control: row.control,
    remedy: row.remedy,
    state: row.state as Finding['state'],
    accountId: row.account_id,
    resource: row.resource,
    at: row.at.toISOString(),
  }))
}
