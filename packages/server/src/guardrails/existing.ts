import { type Account, type ExistingProof, PlatformError } from '@uais/contract'
import type { Call } from '../access/route.ts'
import type { Db } from '../db/database.ts'
import * as events from '../events.ts'
import { addJob } from '../queue/jobs.ts'

export const notStarted: ExistingProof = {
  state: 'not-started',
  summary:
    'Nothing has been read: that is the owner’s to allow, once the bootstrap exists. Onboarding goes on without it just as well.',
  startedAt: null,
  finishedAt: null,
  ms: 0,
  roles: 0,
  users: 0,
  serviceControlPolicies: null,
  risks: [],
  assumptions: [],
}

/** The last proof of what an account's own principals could do. */
export async function readExistingProof(db: Db, accountId: string): Promise<ExistingProof> {
  const row = await db
    .selectFrom('existing_proof')
    .select('body')
    .where('account_id', '=', accountId)
    .executeTakeFirst()
  return row ? (row.body as ExistingProof) : notStarted
}

export async function writeExistingProof(db: Db, accountId: string, proof: ExistingProof): Promise<void> {
  const content = { state: proof.state, body: JSON.stringify(proof), started_at: proof.startedAt ?? undefined }
  await db
    .insertInto('existing_proof')
    .values({ account_id: accountId, ...content })
    .onConflict((conflict) => conflict.column('account_id').doUpdateSet(content))
    .execute()
}

/** A proof that takes longer has lost its worker; it may be started again. */
const lostMs = 15 * 60_000

/** Begins to read the account's own principals; the owner's consent is who asks. */
export async function startExistingProof(
  { db, person, telling }: Call<'accounts.start-proof'>,
  account: Account,
): Promise<ExistingProof> {
  const before = await readExistingProof(db, account.id)
  const since = before.startedAt ? Date.now() - Date.parse(before.startedAt) : Number.POSITIVE_INFINITY
  if (before.state === 'running' && since < lostMs)
    throw new PlatformError('conflict', 'proving what the account has today: that is at work already')
  const running: ExistingProof = {
    ...notStarted,
    state: 'running',
    summary: 'Roles, users and the policies above them are read and proved against.',
    startedAt: new Date().toISOString(),
  }
  await writeExistingProof(db, account.id, running)
  const job = { queue: `prove/${account.id}`, key: `prove-existing/${account.id}`, attempts: 1 }
  await addJob(db, 'prove-existing', { accountId: account.id }, job)
  await events.acted(telling, person, 'ProveExisting', account, 'reading the account’s own principals was allowed')
  return running
}
