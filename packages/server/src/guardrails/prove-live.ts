import { type LiveDifference, PlatformError, type ProofReport, type ProofResult } from '@uais/contract'
import { catalogue } from '@uais/guardrails'
import type { PolicyDocument } from '@uais/iam'
import { explainAwsError } from '../aws/aws-error.ts'
import { lastChangeOf } from '../aws/event-history.ts'
import { wasEverApplied } from '../runs/execute.ts'
import { raiseFinding, resolveFinding, resolveOthers } from '../runs/findings.ts'
import type { WorkerContext } from '../worker-context.ts'
import { accountBundle } from './account-bundle.ts'
import { type AccountFacts, readAccountFacts, wanted } from './account-facts.ts'
import { type Difference, differencesOf } from './differences.ts'
import { type LiveAccount, readLiveAccount } from './live-account.ts'
import { keepProofs } from './proofs.ts'
import { proveAccountBundle } from './proving.ts'

const mostSeconds = 600

/**
 * Reads an account's documents back, compares them with what was compiled, proves them and keeps what came of it.
 * @param seconds how long the proof may take; what is not decided by then is `unknown`
 * @throws PlatformError when there is no such account or it cannot be read: what was not read is not proved
 */
export async function proveLive(ctx: WorkerContext, accountId: string, seconds = mostSeconds): Promise<ProofReport> {
  const facts = await readAccountFacts(ctx.db, ctx.config, accountId)
  if (!facts) throw new PlatformError('not-found', 'proving the account: there is none')
  if (facts.place.paused) throw new PlatformError('conflict', 'proving the account: it is paused')
  const live = await readOrTell(ctx, facts)
  const began = performance.now()
  const built = accountBundle({ ...wanted(ctx.config, facts, true), ...asRead(ctx, facts, live) })
  const results = await proveAccountBundle(ctx, facts.owner, built, seconds)
  const ms = performance.now() - began
  const applied = await Promise.all(
    facts.stacks.map(async (stack) => [stack.key, await wasEverApplied(ctx, stack.key)]),
  )
  const keys = new Set(applied.flatMap(([key, was]) => (was ? [key] : [])))
  const differences = await withActors(
    live,
    differencesOf(facts, live, (stack) => keys.has(stack.key)),
  )
  const at = new Date()
  await keepProofs(ctx.db, placeOf(facts), results, at)
  await tell(ctx, facts, results, differences)
  const notRead = live.organization ? [] : ['policies above the account: it was onboarded without its organization']
  return { basis: 'live', at: at.toISOString(), ms, results, differences, notRead }
}

const placeOf = ({ place: { account } }: AccountFacts) => ({
  ...{ accountId: account.id, stackKey: `account/${account.name}`, basis: 'live' as const },
})

/** The parts of a bundle that were read, in place of what was compiled. */
function asRead(ctx: WorkerContext, facts: AccountFacts, live: LiveAccount) {
  const { params, projects } = wanted(ctx.config, facts, true)
  const organizationId = live.organization?.organizationId
  const { serviceControlPolicies: scps, resourceControlPolicies: rcps } = live.organization ?? {}
  return {
    params: { ...params, organizationId },
    projects: projects.map((project) => ({ ...project, organizationId })),
    live: {
      principals: live.principals.principals,
      resourcePolicies: new Map(
        live.resources.map(({ arn, text }) => [arn, text === null ? null : (JSON.parse(text) as PolicyDocument)]),
      ),
      ...(scps ? { scps } : {}),
      ...(rcps ? { rcps } : {}),
    },
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

/** Who made each difference, where CloudTrail still says. IAM tells of its calls elsewhere than the region does. */
async function withActors(
  { audit, global }: LiveAccount,
  differences: readonly Difference[],
): Promise<LiveDifference[]> {
  return Promise.all(
    differences.map(async (difference) => {
      const isIam = difference.resource.includes(':iam:')
      const name = difference.resource.split(/[:/]/).at(-1) ?? ''
      const event = await lastChangeOf(isIam ? global : audit, name).catch(() => undefined)
      const identity = event?.detail.userIdentity as { arn?: string } | undefined
      return { ...difference, actor: identity?.arn ?? null, at: event ? new Date(event.time).toISOString() : null }
    }),
  )
}

/** Differences and broken promises are findings; those that are gone are resolved. */
async function tell(
  ctx: WorkerContext,
  { place: { account } }: AccountFacts,
  results: readonly ProofResult[],
  differences: readonly LiveDifference[],
): Promise<void> {
  const about = { accountId: account.id, resource: { kind: 'Account' as const, id: account.id, name: account.name } }
  const raised: string[] = []
  for (const { resource, document, message, actor, at } of differences) {
    const key = `live/${account.id}/${resource}/${document}`
    raised.push(key)
    await raiseFinding(ctx.db, {
      ...about,
      ...{ type: actor ? 'tamper' : 'drift', key, actor },
      title: `'${document}' of ${resource} is not what was compiled`,
      message: actor ? `${message} Last changed by ${actor} at ${at}.` : message,
      remedy: 'Retry the stack’s run: its plan shows how UAIS would put it back.',
    })
  }
  // Without an organization an administrator can undo anything: that is said everywhere, and is no news each night.
  const broken = account.spec.organization ? results.filter(isBroken) : []
  for (const { control, invariant, verdict, why, counterexample } of broken) {
    const key = `live/${account.id}/${invariant}`
    raised.push(key)
    const title = catalogue.find(({ id }) => id === control)?.title ?? control
    await raiseFinding(ctx.db, {
      ...about,
      ...{
        type: 'guardrail',
        key,
        control,
        title: `${control} ${verdict === 'unknown' ? 'is not proved' : 'does not hold'}: ${title}`,
      },
      message: counterexample ? counterexample.sentence : why,
      remedy: 'See the guardrail for the request that breaks it; change what allows it, or ask for an exception.',
    })
  }
  await resolveOthers(ctx.db, `live/${account.id}/`, raised)
}

const isBroken = ({ verdict, exceptionId }: ProofResult) => verdict !== 'proved' && exceptionId === null
