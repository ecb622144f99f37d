import type { Person } from '@uais/contract'
import { sql } from 'kysely'
import type { Db } from '../db/database.ts'

interface NewSession {
  idHash: Buffer
  tenantId: string
  person: Person
  csrfToken: string
  expiresAt: Date
}

const now = sql<Date>`now()`

export async function insertSession(db: Db, session: NewSession): Promise<void> {
  // Ended sessions say who was here when; after a month nobody asks.
  await db.deleteFrom('session').where('expires_at', '<', sql<Date>`now() - interval '30 days'`).execute()
  await db
    .insertInto('session')
    .values({
      id_hash: session.idHash,
      tenant_id: session.tenantId,
      oid: session.person.oid,
      person: JSON.stringify(session.person),
      csrf_token: session.csrfToken,
      expires_at: session.expiresAt,
    })
    .execute()
}

export const liveSession = (db: Db, idHash: Buffer) =>
  db
    .selectFrom('session')
    .select(['id_hash', 'person', 'csrf_token', 'expires_at'])
    .where('id_hash', '=', idHash)
    .where('ended_at', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirst()

export async function insertToken(
  db: Db,
  token: { idHash: Buffer; person: Person; label: string; expiresAt: Date },
): Promise<void> {
  await db
    .insertInto('access_token')
    .values({
      id_hash: token.idHash,
      oid: token.person.oid,
      person: JSON.stringify(token.person),
      label: token.label,
      expires_at: token.expiresAt,
    })
    .execute()
}

export const liveToken = (db: Db, idHash: Buffer) =>
  db
    .selectFrom('access_token')
    .select(['id_hash', 'person', 'expires_at'])
    .where('id_hash', '=', idHash)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirst()

export async function end(db: Db, idHash: Buffer): Promise<void> {
  await db.updateTable('session').set({ ended_at: now }).where('id_hash', '=', idHash).execute()
  await db.updateTable('access_token').set({ revoked_at: now }).where('id_hash', '=', idHash).execute()
}
