import { sql } from 'kysely'
import type { Db } from '../db/database.ts'
import { addJob } from '../queue/jobs.ts'
import { findResources, readResource } from '../resources/store.ts'
import type { WorkerContext } from '../worker-context.ts'
import { proveLive } from './prove-live.ts'

/** Several stacks are applied one after the other; one proof after the last says what one after each would. */
const restMs = 30_000

/** Has the account's live documents proved, after what is going on in it has come to rest. Twice is once. */
export async function proveSoon(db: Db, accountId: string): Promise<void> {
  const runAt = new Date(Date.now() + restMs)
  await addJob(
    db,
    'prove-account',
    { accountId },
    { queue: `prove/${accountId}`, key: `prove/${accountId}`, attempts: 3, runAt },
  )
}

/** Proves an account that is ready. One that is not yet has guardrails still to come: it is looked at again later. */
export async function proveWhenReady(ctx: WorkerContext, accountId: string): Promise<void> {
  const account = await readResource(ctx.db, 'Account', accountId)
  if (!account || account.deletionRequestedAt) return
  const { phase } = account.status
  if (phase === 'Ready') await proveLive(ctx, accountId)
  else if (phase === 'Pending' || phase === 'Progressing' || phase === 'Waiting') await proveSoon(ctx.db, accountId)
}

/** The nightly look: what is live is proved although nobody changed anything here. */
export async function sweepProofs(ctx: WorkerContext): Promise<void> {
  for (const { id } of await findResources(ctx.db, 'Account', sql<boolean>`status ->> 'phase' = 'Ready'`))
    await proveSoon(ctx.db, id)
}
