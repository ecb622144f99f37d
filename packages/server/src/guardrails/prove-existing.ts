import type { ExistingProof, ExistingRisk, ProofResult } from '@uais/contract'
import { controlById } from '@uais/guardrails'
import { explainAwsError } from '../aws/aws-error.ts'
import type { WorkerContext } from '../worker-context.ts'
import { type AccountBundle, accountBundle } from './account-bundle.ts'
import { type AccountFacts, readAccountFacts, wanted } from './account-facts.ts'
import { notStarted, readExistingProof, writeExistingProof } from './existing.ts'
import { additionsOf, type LiveAccount, readLiveAccount } from './live-account.ts'
import { proveAccountBundle } from './proving.ts'
import { whoElse } from './who-else.ts'

const mostSeconds = 600
const mostNamed = 25

/**
 * Proves what UAIS would promise against the roles, users and service control policies that an account has today, and
 * says who could break it. Makes nothing.
 */
export async function proveExisting(ctx: WorkerContext, accountId: string): Promise<void> {
  const facts = await readAccountFacts(ctx.db, ctx.config, accountId)
  if (!facts) return
  const { startedAt } = await readExistingProof(ctx.db, accountId)
  const done = (proof: Omit<ExistingProof, 'startedAt' | 'finishedAt'>) =>
    writeExistingProof(ctx.db, accountId, { ...proof, startedAt, finishedAt: new Date().toISOString() })
  try {
    const live = await readLiveAccount(ctx.aws, facts.place)
    await done(await judge(ctx, facts, live))
  } catch (error) {
    const summary = `${explainAwsError(error)} Create the bootstrap as shown, probe the account, then start again.`
    await done({ ...notStarted, state: 'failed', summary })
    ctx.log.warn({ err: error, account: facts.place.account.name }, 'what the account has today could not be proved')
  }
}

async function judge(
  ctx: WorkerContext,
  facts: AccountFacts,
  live: LiveAccount,
): Promise<Omit<ExistingProof, 'startedAt' | 'finishedAt'>> {
  const built = today(ctx, facts, live)
  const began = performance.now()
  const results = await proveAccountBundle(ctx, facts.owner, built, mostSeconds)
  const risks = results.flatMap((result) => riskOf(built, result))
  const { roles, users } = live.principals
  const scps = live.organization?.serviceControlPolicies
  return {
    state: 'done',
    summary: summaryOf(risks, built),
    ms: performance.now() - began,
    ...{ roles, users, risks },
    serviceControlPolicies: scps ? scps.reduce((sum, { policies }) => sum + policies.length, 0) : null,
    assumptions: [...new Set(results.flatMap(({ assumptions }) => assumptions))],
  }
}

/** Only who and what is there today, and what UAIS would make; nobody who merely might be. */
function today(ctx: WorkerContext, facts: AccountFacts, live: LiveAccount): AccountBundle {
  const parts = wanted(ctx.config, facts, true)
  const { organization, principals } = live
  const built = accountBundle({
    ...parts,
    params: { ...parts.params, organizationId: organization?.organizationId },
    projects: [],
    live: additionsOf(live),
  })
  const there = new Set(principals.principals.map(({ arn }) => arn))
  const isThere = (arn: string) => there.has(arn) || arn.includes(':role/uais/')
  return {
    ...built,
    bundle: { ...built.bundle, principals: built.bundle.principals.filter(({ arn }) => isThere(arn)) },
  }
}

function riskOf({ bundle }: AccountBundle, result: ProofResult): ExistingRisk[] {
  const { control, invariant, verdict, why, counterexample } = result
  if (verdict === 'proved') return []
  const first = counterexample?.steps[0] ?? counterexample
  const could = first ? [...new Set([first.principal, ...whoElse(bundle, first)])].filter(isOwn) : []
  const title = controlById(control)?.title ?? control
  return [{ ...{ control, title, invariant, verdict, why, counterexample }, principals: could.slice(0, mostNamed) }]
}

/** The platform's roles are judged when they are planned; here it is about those whom the account has. */
const isOwn = (arn: string) => !arn.includes(':role/uais/')

function summaryOf(risks: readonly ExistingRisk[], { bundle }: AccountBundle): string {
  const own = bundle.principals.filter(({ arn }) => isOwn(arn)).length
  const could = new Set(risks.flatMap(({ principals }) => principals))
  const promises = bundle.invariants.length
  if (risks.length === 0)
    return `With what you have today, none of your ${own} roles and users could break any of ${promises} promises.`
  const undecided = risks.filter(({ verdict }) => verdict === 'unknown').length
  const rest = undecided > 0 ? ` ${undecided} could not be decided.` : ''
  const broken = risks.length - undecided
  return `With what you have today, ${could.size} of your ${own} roles and users could break ${broken} of ${promises} promises of UAIS.${rest}`
}
