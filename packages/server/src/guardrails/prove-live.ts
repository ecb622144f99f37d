import { type LiveDifference, PlatformError, type ProofReport } from '@uais/contract'
import { explainAwsError } from '../aws/aws-error.ts'
import { lastChangeOf } from '../aws/event-history.ts'
import { raiseFinding, resolveFinding } from '../runs/findings.ts'
import { stacksAsApplied } from '../runs/run-documents.ts'
import type { WorkerContext } from '../worker-context.ts'
import { accountBundle, type BundleParts } from './account-bundle.ts'
import { type AccountFacts, inOrganization, readAccountFacts, wanted } from './account-facts.ts'
import { type Difference, differencesOf } from './differences.ts'
import { additionsOf, type LiveAccount, readLiveAccount, resourcePoliciesOf } from './live-account.ts'
import { keepProofs } from './proofs.ts'
import { proveAccountBundle } from './proving.ts'
import { tellFindings } from './tell-findings.ts'

const mostSeconds = 600

/**
 * Reads an account's documents back, compares them with what was applied, proves them and keeps what came of it.
 * @param seconds how long the proof may take; what is not decided by then is `unknown`
 * @throws PlatformError when there is no such account or it cannot be read: what was not read is not proved
 */
export async function proveLive(ctx: WorkerContext, accountId: string, seconds = mostSeconds): Promise<ProofReport> {
  const facts = await readAccountFacts(ctx.db, ctx.config, accountId)
  if (!facts) throw new PlatformError('not-found', 'proving the account: there is none')
  if (facts.place.paused) throw new PlatformError('conflict', 'proving the account: it is paused')
  const live = await readOrTell(ctx, facts)
  const began = performance.now()
  const built = accountBundle(asRead(wanted(ctx.config, facts, true), live))
  const results = await proveAccountBundle(ctx, facts.owner, built, seconds)
  const ms = performance.now() - began
  const differences = await withActors(live, differencesOf(facts, live, await stacksAsApplied(ctx.db, facts.stacks)))
  const at = new Date()
  await keepProofs(ctx.db, placeOf(facts), results, at)
  await tellFindings(ctx.db, facts, results, differences)
  const notRead = live.organization ? [] : ['policies above the account: it was onboarded without its organization']
  return { basis: 'live', at: at.toISOString(), ms, results, differences, notRead }
}

const placeOf = ({ place: { account } }: AccountFacts) => ({
  ...{ accountId: account.id, stackKey: `account/${account.name}`, basis: 'live' as const },
})

/** The parts of a bundle with what was read in place of what was compiled. */
function asRead(parts: BundleParts, live: LiveAccount): BundleParts {
  return {
    ...inOrganization(parts, live.organization?.organizationId),
    live: { ...additionsOf(live), resourcePolicies: resourcePoliciesOf(live) },
  }
}

async function readOrTell(ctx: WorkerContext, facts: AccountFacts): Promise<LiveAccount> {
  const { account } = facts.place
  const key = `unread/${account.id}`
  try {
    const live = await readLiveAccount(ctx.aws, facts.place)
    await resolveFinding(ctx.db, key)
    return live
  } catch (error) {
    const why = explainAwsError(error)
    await raiseFinding(ctx.db, {
      ...{ type: 'access', key, title: 'The account’s live policies cannot be proved', message: why },
      remedy: 'Compare uais-audit with the bootstrap: it reads principals and policies. Then prove again.',
      accountId: account.id,
      resource: { kind: 'Account', id: account.id, name: account.name },
    })
    throw new PlatformError('account-unreachable', `reading the account's live policies: ${why}`, { cause: error })
  }
}

/** What can make a document differ. Whoever else used the thing last, an endpoint its key for example, did not. */
const changesOfPolicies = /Polic|Boundary|^(Create|Delete)(Role|Bucket|Queue)|CreateKey|SetQueueAttributes/

/** Who made each difference, where CloudTrail still says. IAM tells of its calls elsewhere than the region does. */
async function withActors(
  { audit, global }: LiveAccount,
  differences: readonly Difference[],
): Promise<LiveDifference[]> {
  return Promise.all(
    differences.map(async (difference) => {
      const isIam = difference.resource.includes(':iam:')
      const name = difference.resource.split(/[:/]/).at(-1) ?? ''
      const event = await lastChangeOf(isIam ? global : audit, name, changesOfPolicies).catch(() => undefined)
      const identity = event?.detail.userIdentity as { arn?: string } | undefined
      return { ...difference, actor: identity?.arn ?? null, at: event ? new Date(event.time).toISOString() : null }
    }),
  )
}
