import { PlatformError } from '@uais/contract'
import { type RawBuilder, type SqlBool, sql } from 'kysely'

/** What a caller of a list gives: the contract's `pageQuery`, parsed. */
export interface PageRequest {
  search?: string | undefined
  limit: number
  cursor?: string | undefined
}

export interface Page<Item> {
  items: Item[]
  nextCursor: string | null
  total: number
}

/** Where a page ended: newest first, ids tell apart what was made in the same microsecond. */
interface Position {
  at: string
  id: string
}

/** Cursors are opaque to clients; a forged one can only point at another place in the same, filtered list. */
export const encodeCursor = (position: Position) => Buffer.from(`${position.at} ${position.id}`).toString('base64url')

/** @throws PlatformError invalid-request for a cursor that no list of ours gave out */
export function decodeCursor(cursor: string): Position {
  const [at = '', id = '', rest] = Buffer.from(cursor, 'base64url').toString('utf8').split(' ')
  const known = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}$/.test(at) && /^[\w-]{1,64}$/.test(id) && rest === undefined
  if (!known) throw new PlatformError('invalid-request', 'reading a page: the cursor is not one that a list gave out')
  return { at, id }
}

/** `%` and `_` typed by a person mean themselves. */
export const containing = (text: string) => `%${text.replace(/[\\%_]/g, '\\$&')}%`

/** Microseconds, which a JavaScript Date would drop. */
export const exactTime = (column: string): RawBuilder<string> =>
  sql<string>`to_char(${sql.ref(column)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US')`

/** Rows strictly after `cursor` in the order "newest first"; a join must say whose `id` it is. */
export function after(column: string, cursor: string | undefined, idColumn = 'id'): RawBuilder<SqlBool> {
  if (!cursor) return sql<SqlBool>`true`
  const { at, id } = decodeCursor(cursor)
  return sql<SqlBool>`(${sql.ref(column)}, ${sql.ref(idColumn)}) < (${`${at}Z`}::timestamptz, ${id}::uuid)`
}

/** Cuts the one row too many that tells whether there is a next page. */
export function pageFrom<Row extends { id: string; exact_at: string }, Item>(
  rows: Row[],
  limit: number,
  total: number,
  show: (row: Row) => Item,
): Page<Item> {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  const nextCursor = rows.length > limit && last ? encodeCursor({ at: last.exact_at, id: last.id }) : null
  return { items: shown.map(show), nextCursor, total }
}
