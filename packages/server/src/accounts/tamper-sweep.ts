import { sql } from 'kysely'
import { explainAwsError } from '../aws/aws-error.ts'
import { changesSince, globalEventsRegion } from '../aws/event-history.ts'
import { type Db, transaction } from '../db/database.ts'
import { addJob } from '../queue/jobs.ts'
import { findResources } from '../resources/store.ts'
import { raiseFinding, resolveFinding } from '../runs/findings.ts'
import type { WorkerContext } from '../worker-context.ts'
import { type AccountPlace, readAccountPlace } from './stack.ts'
import { takeEvent } from './take-event.ts'

/** Event history shows a call up to 15 minutes after it was made; a sweep looks back over more than that. */
const lateMs = 20 * 60_000
/** Accounts are not asked all at once: LookupEvents takes two calls a second (CloudTrail User Guide, "Quotas"). */
const spreadMs = 40_000
/** Longer than any event can come again: event history and queue both end before. */
const keepSeen = '14 days'

/** Has the global services' event history of every ready account read, each at a moment of its own. */
export async function sweepTrails(ctx: WorkerContext): Promise<void> {
  const ready = sql<boolean>`status ->> 'phase' = 'Ready'`
  for (const { id } of await findResources(ctx.db, 'Account', ready))
    await addJob(
      ctx.db,
      'sweep-trail',
      { accountId: id },
      { key: `sweep-trail/${id}`, attempts: 1, runAt: new Date(Date.now() + Math.random() * spreadMs) },
    )
  await sql`delete from seen_event where at < now() - ${keepSeen}::interval`.execute(ctx.db)
}

/**
 * Reads what changed in IAM since the last sweep. IAM tells of its calls in one region only, and EventBridge rules see
 * no other region's events: the account's own rule, elsewhere, never learns that someone edits a role of UAIS.
 */
export async function sweepTrail(ctx: WorkerContext, accountId: string): Promise<{ found: number }> {
  const place = await readAccountPlace(ctx.db, ctx.config, accountId)
  if (!place || place.paused) return { found: 0 }
  const { partition, awsAccountId, externalId } = place.stackAccount
  const region = globalEventsRegion(partition)
  const began = new Date()
  const from = await readFrom(ctx.db, place, region)
  if (!from) return { found: 0 }
  try {
    const session = await ctx.aws.enter({
      ...{ awsAccountId, region, externalId, role: 'uais-audit', sourceIdentity: 'uais-events', ttlSeconds: 900 },
    })
    const events = await changesSince(session, 'iam.amazonaws.com', from, ctx.stopping)
    let found = 0
    for (const event of events) if (await takeEvent(ctx.db, place, event)) found += 1
    await done(ctx.db, place, region, began)
    return { found }
  } catch (error) {
    if (!ctx.stopping.aborted) await raiseFinding(ctx.db, blind(place, region, explainAwsError(error)))
    throw error
  }
}

/** Since the last sweep; at first, since the account was ready: the owner made the bootstrap's roles before. */
async function readFrom(db: Db, { account }: AccountPlace, region: string): Promise<Date | undefined> {
  const last = await db
    .selectFrom('trail_sweep')
    .select('read_until')
    .where('account_id', '=', account.id)
    .where('region', '=', region)
    .executeTakeFirst()
  const readySince = account.status.conditions.find(({ type, status }) => type === 'Ready' && status === 'True')?.at
  if (!readySince) return undefined
  // CloudTrail tells the time in whole seconds.
  const ready = Math.floor(Date.parse(readySince) / 1000) * 1000
  return new Date(last ? Math.max(last.read_until.getTime() - lateMs, ready) : ready)
}

async function done(db: Db, place: AccountPlace, region: string, until: Date): Promise<void> {
  await transaction(db, async (tx) => {
    await tx
      .insertInto('trail_sweep')
      .values({ account_id: place.account.id, region, read_until: until })
      .onConflict((conflict) => conflict.columns(['account_id', 'region']).doUpdateSet({ read_until: until }))
      .execute()
    await resolveFinding(tx, blindKey(place))
  })
}

const blindKey = ({ account }: AccountPlace) => `blind/${account.id}/iam`

const blind = (place: AccountPlace, region: string, why: string) => ({
  type: 'access' as const,
  key: blindKey(place),
  title: 'Changes of UAIS’s roles cannot be watched',
  message: `Reading the event history of account ${place.stackAccount.awsAccountId} in ${region}: ${why}`,
  remedy: 'uais-audit needs cloudtrail:LookupEvents there: compare it with the bootstrap, then probe the account.',
  accountId: place.account.id,
  resource: { kind: 'Account' as const, id: place.account.id, name: place.account.name },
})
