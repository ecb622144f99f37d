import type { ExistingProof } from '@uais/contract'
import type { Db } from '../db/database.ts'

const none: ExistingProof = {
  state: 'not-started',
  summary: 'Nothing has been read yet. The owner can start it once the bootstrap exists.',
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
  return row ? (row.body as ExistingProof) : none
}
