import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import type { Logger } from '../logger.ts'
import type { Tables } from './schema.ts'

/** Statements run on it directly or, inside `transaction`, on one connection: rooms take either. */
export type Db = Kysely<Tables>

export interface Database {
  db: Db
  /** For what kysely does not cover: graphile-worker and LISTEN. */
  pool: pg.Pool
  stop: () => Promise<void>
}

/** Opens the pool. Connections are made when first needed; `migrate` finds out whether the server answers. */
export function openDatabase(url: string, log: Logger, options: { connections?: number } = {}): Database {
  const pool = new pg.Pool({ connectionString: url, max: options.connections ?? 12, connectionTimeoutMillis: 10_000 })
  // An idle connection that breaks raises 'error' on the pool, a checked-out one on itself; unheard, either ends the process.
  pool.on('error', (error) => log.warn({ err: error }, 'idle database connection lost'))
  pool.on('connect', (client) => client.on('error', (error) => log.warn({ err: error }, 'database connection lost')))
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
  return { db, pool, stop: () => db.destroy() }
}

/** Runs `work` in one transaction: all of it is kept, or nothing. Joins the transaction that `db` already is. */
export function transaction<T>(db: Db, work: (tx: Db) => Promise<T>): Promise<T> {
  return db.isTransaction ? work(db) : db.transaction().execute(work)
}
