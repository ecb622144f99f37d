import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import type { Database } from '../db/database.ts'
import { migrationNames } from '../db/migrate.ts'

/** `GET /healthz`: 200 when the database answers and its schema is this build's, else 503 with what is wrong. */
export function addHealth(app: FastifyInstance, database: Database): void {
  app.get('/healthz', { schema: { hide: true }, logLevel: 'warn' }, async (_request, reply) => {
    const wrong = await findFault(database).catch(() => 'the database does not answer')
    return reply.code(wrong ? 503 : 200).send(wrong ? { status: 'unhealthy', wrong } : { status: 'ok' })
  })
}

async function findFault(database: Database): Promise<string | undefined> {
  const { rows } = await sql<{ name: string }>`select name from schema_migration`.execute(database.db)
  const applied = new Set(rows.map((row) => row.name))
  const missing = (await migrationNames()).filter((name) => !applied.has(name))
  return missing.length > 0 ? `the database lacks the migrations ${missing.join(', ')}` : undefined
}
