import { type auditEntrySchema, PlatformError } from '@uais/contract'
import { type SqlBool, sql } from 'kysely'
import type { z } from 'zod'
import type { Db } from '../db/database.ts'
import { containing, type Page, type PageRequest } from '../resources/page.ts'
import type { Filter } from '../resources/store.ts'

type AuditEntry = z.input<typeof auditEntrySchema>

/** One page of the audit trail, newest first. Rows are numbered in the order in which they were written. */
export async function listAudit(db: Db, visible: Filter, request: PageRequest): Promise<Page<AuditEntry>> {
  const search = request.search && containing(request.search)
  const found = search
    ? sql<SqlBool>`(action ilike ${search} or detail ilike ${search} or actor ->> 'name' ilike ${search} or subject ->> 'name' ilike ${search})`
    : sql<SqlBool>`true`
  const matching = db.selectFrom('audit').where(visible).where(found)
  const { total } = await matching.select((eb) => eb.fn.countAll<string>().as('total')).executeTakeFirstOrThrow()
  const rows = await matching
    .selectAll()
    .where(request.cursor ? sql<SqlBool>`id < ${numberIn(request.cursor)}::bigint` : sql<SqlBool>`true`)
    .orderBy('id', 'desc')
    .limit(request.limit + 1)
    .execute()
  const items = rows.slice(0, request.limit).map((row) => ({
    id: row.id,
    at: row.at.toISOString(),
    actor: row.actor,
    action: row.action,
    outcome: row.outcome as AuditEntry['outcome'],
    subject: row.subject,
    detail: row.detail,
  }))
  return { items, nextCursor: rows.length > request.limit ? (items.at(-1)?.id ?? null) : null, total: Number(total) }
}

function numberIn(cursor: string): string {
  if (!/^\d{1,18}$/.test(cursor))
    throw new PlatformError('invalid-request', 'reading a page: the cursor is not one that a list gave out')
  return cursor
}
