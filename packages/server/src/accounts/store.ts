import type { Db } from '../db/database.ts'

/** The platform's own facts about an account, which are nobody's desired state. */
export interface AccountLink {
  externalId: string
  paused: boolean
}

export async function insertLink(db: Db, accountId: string, externalId: string): Promise<void> {
  await db.insertInto('account_link').values({ account_id: accountId, external_id: externalId }).execute()
}

export async function readLink(db: Db, accountId: string): Promise<AccountLink> {
  const row = await db
    .selectFrom('account_link')
    .selectAll()
    .where('account_id', '=', accountId)
    .executeTakeFirstOrThrow()
  return { externalId: row.external_id, paused: row.paused }
}

export async function setPaused(db: Db, accountId: string, paused: boolean): Promise<void> {
  await db.updateTable('account_link').set({ paused }).where('account_id', '=', accountId).execute()
}
