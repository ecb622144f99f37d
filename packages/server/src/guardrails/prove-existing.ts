import type { ExistingProof, ExistingRisk, ProofResult } from '@uais/contract'
import { controlById } from '@uais/guardrails'
import { explainAwsError } from '../aws/aws-error.ts'
import type { WorkerContext } from '../worker-context.ts'
import { type AccountBundle, accountBundle } from './account-bundle.ts'
import { type AccountFacts, readAccountFacts, wanted } from './account-facts.ts'
import { notStarted, readExistingProof, writeExistingProof } from './existing.ts'
import { existingInWords, theseCould } from './existing-words.ts'
import { additionsOf, type LiveAccount, readLiveAccount } from './live-account.ts'
import { proveAccountBundle } from './proving.ts'
import { isAdministrator, isOwn, whoCould } from './who-could.ts'

const mostSeconds = 600
const mostNamed = 25
const whatToDo =
  'Nothing else waits for it. To have them read, create the bootstrap as shown, probe the account, then start again.'

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
    const why = explainAwsError(error).replace(/\.?$/, '.')
    const summary = `Your roles and policies could not be read: ${why} ${whatToDo}`
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
  const { principals, invariants } = built.bundle
  const own = principals.map(({ arn }) => arn).filter(isOwn)
  const administrators = new Set(principals.filter(isAdministrator).map(({ arn }) => arn))
  const began = performance.now()
  const left = () => Math.max(0, mostSeconds - (performance.now() - began) / 1000)
  const { breakable, results, more } = await whoCould(built, (asked) =>
    proveAccountBundle(ctx, facts.owner, asked, left()),
  )
  const risks = [
    ...breakable.map((one) => riskOf(one.result, byRights(one.principals, administrators))),
    ...results.filter(isLeft).map((result) => riskOf(result, [])),
  ].sort((one, other) => newsFirst(one, administrators) - newsFirst(other, administrators))
  const could = breakable.map((one) => one.principals)
  const scps = live.organization?.serviceControlPolicies
  return {
    state: 'done',
    summary: existingInWords({ own, administrators, promises: invariants.length, could, risks, more }),
    ms: performance.now() - began,
    roles: own.filter((arn) => arn.includes(':role/')).length,
    users: own.filter((arn) => arn.includes(':user/')).length,
    serviceControlPolicies: scps ? scps.reduce((sum, { policies }) => sum + policies.length, 0) : null,
    risks,
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

/** Not proved, and yet by nobody's doing: undecided, or something that must stay possible and is not. */
const isLeft = ({ verdict, counterexample }: ProofResult) =>
  verdict === 'unknown' || (verdict === 'disproved' && counterexample === null)

function riskOf({ control, invariant, verdict, why, counterexample }: ProofResult, could: string[]): ExistingRisk {
  const title = controlById(control)?.title ?? control
  const words = could.length > 0 ? theseCould(could) : why
  return { control, title, invariant, verdict, why: words, principals: could.slice(0, mostNamed), counterexample }
}

const byRights = (arns: readonly string[], administrators: ReadonlySet<string>) =>
  [...arns].sort((one, other) => Number(administrators.has(one)) - Number(administrators.has(other)))

/** First what keeps UAIS from working, then what more than administrators could do, then the rest. */
function newsFirst({ principals }: ExistingRisk, administrators: ReadonlySet<string>): number {
  if (principals.length === 0) return 0
  return principals.some((arn) => !administrators.has(arn)) ? 1 : 2
}
