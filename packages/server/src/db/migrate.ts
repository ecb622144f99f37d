import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { runMigrations } from 'graphile-worker'
import type pg from 'pg'
import type { Database } from './database.ts'

const folder = new URL('./migrations/', import.meta.url)
/** Any fixed number: processes that start together take turns on it. */
const lock = 7_213_401

/**
 * Brings the schema up to date, in the order of the file names, each file in its own transaction.
 * @throws Error when an applied file was edited since: a published migration is never changed, only followed.
 */
export async function migrate(database: Database): Promise<{ applied: string[] }> {
  const client = await database.pool.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [lock])
    await client.query(
      'create table if not exists schema_migration (name text primary key, sha256 text not null, at timestamptz not null default now())',
    )
    const applied: string[] = []
    for (const name of await migrationNames()) if (await apply(client, name)) applied.push(name)
    await runMigrations({ pgPool: database.pool })
    return { applied }
  } finally {
    await client.query('select pg_advisory_unlock($1)', [lock]).finally(() => client.release())
  }
}

/** Names of the migrations that this build holds, in order. */
export async function migrationNames(): Promise<string[]> {
  return (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort()
}

async function apply(client: pg.PoolClient, name: string): Promise<boolean> {
  const text = await readFile(new URL(name, folder), 'utf8')
  const sha256 = createHash('sha256').update(text).digest('hex')
  const { rows } = await client.query<{ sha256: string }>('select sha256 from schema_migration where name = $1', [name])
  if (rows[0]?.sha256 === sha256) return false
  if (rows[0])
    throw new Error(`migrating the database: '${name}' was edited after it was applied; add a new file instead`)
  try {
    await client.query('begin')
    await client.query(text)
    await client.query('insert into schema_migration (name, sha256) values ($1, $2)', [name, sha256])
    await client.query('commit')
    return true
  } catch (error) {
    await client.query('rollback')
    throw new Error(`migrating the database: '${name}'`, { cause: error })
  }
}
