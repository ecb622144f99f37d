import { randomUUID } from 'node:crypto'
import type { Kind } from '@uais/contract'
import { sql } from 'kysely'
import type { Db } from '../db/database.ts'

export interface NewFinding {
  type: 'drift' | 'tamper' | 'guardrail' | 'cost' | 'access'
  /** Findings about the same thing are one row; raising it again reopens and refreshes it. */
  key: string
  title: string
  message: string
  cause?: string | null
  actor?: string | null
  /** The control that it is about. */
  control?: string | null
  remedy: string
  accountId: string | null
  resource: { kind: Kind; id: string; name: string } | null
}

export async function raiseFinding(db: Db, finding: NewFinding): Promise<void> {
  const content = {
    title: finding.title,
    message: finding.message,
    cause: finding.cause ?? null,
    actor: finding.actor ?? null,
    control: finding.control ?? null,
    remedy: finding.remedy,
    state: 'open',
    at: new Date(),
  }
  await db
    .insertInto('finding')
    .values({
      id: randomUUID(),
      type: finding.type,
      dedupe_key: finding.key,
      account_id: finding.accountId,
      resource: finding.resource ? JSON.stringify(finding.resource) : null,
      ...content,
    })
    .onConflict((conflict) => conflict.column('dedupe_key').doUpdateSet(content))
    .execute()
}

/** The cause is gone; the row stays as history. */
export async function resolveFinding(db: Db, key: string): Promise<void> {
  await db
    .updateTable('finding')
    .set({ state: 'resolved' })
    .where('dedupe_key', '=', key)
    .where('state', '=', 'open')
    .execute()
}

/** Of the findings whose keys begin with `prefix`, those that were not raised again are over. */
export async function resolveOthers(db: Db, prefix: string, raised: readonly string[]): Promise<void> {
  await db
    .updateTable('finding')
    .set({ state: 'resolved' })
    .where(sql<boolean>`starts_with(dedupe_key, ${prefix})`)
    .where(sql<boolean>`not (dedupe_key = any(${[...raised]}))`)
    .where('state', '=', 'open')
    .execute()
}
