import { PlatformError, type ProofResult, type StackKind, stackKinds } from '@uais/contract'
import { controlById, projectRoleArn } from '@uais/guardrails'
import { explainAwsError } from '../../aws/aws-error.ts'
import { type AccountBundle, accountBundle, type BundleParts, inProject } from '../../guardrails/account-bundle.ts'
import { type AccountFacts, inOrganization, readAccountFacts, wanted } from '../../guardrails/account-facts.ts'
import { additionsOf, readLiveAccount, resourcePoliciesOf } from '../../guardrails/live-account.ts'
import { keepProofs } from '../../guardrails/proofs.ts'
import { proveAccountBundle } from '../../guardrails/proving.ts'
import type { PlanJson } from '../../terraform/plan-json.ts'
import type { WorkerContext } from '../../worker-context.ts'
import type { Stack } from '../stack.ts'
import { canonical, plannedDocuments } from './planned-documents.ts'
import type { Check } from './prove.ts'

/** Machines differ: a run waits longer rather than that a plan fails for want of a second. */
const mostSeconds = 600

/**
 * Proves what the account promises with the planned documents in place of the compiled ones, beside what stands in the
 * account already. What is not proved blocks the plan, unless an exception in force covers exactly it.
 */
export async function provePlan(ctx: WorkerContext, stack: Stack, plan: PlanJson): Promise<Check[]> {
  if (!isSpokenOf(stack)) return []
  const facts = await readAccountFacts(ctx.db, ctx.config, stack.account.id)
  if (!facts) throw new PlatformError('not-found', `proving the plan of '${stack.key}': its account is gone`)
  try {
    const texts = plannedDocuments(plan.resource_changes ?? []).flatMap(({ text }) => text ?? [])
    const built = await bundleOf(ctx, facts, stack, texts)
    const results = await proveAccountBundle(ctx, facts.owner, built, mostSeconds)
    const place = { accountId: stack.account.id, stackKey: stack.key, basis: 'planned' as const }
    await keepProofs(ctx.db, place, results, new Date())
    return [leftOut(stack, texts), ...results.flatMap(checkOf), summary(results, built)]
  } catch (error) {
    // No verdict, no act.
    const message = error instanceof PlatformError ? error.message : explainAwsError(error)
    return [{ id: 'proof', title: 'What the account promises is proved', passed: false, message }]
  }
}

/**
 * Proves what the plan will most likely hold while Terraform makes it, so that `provePlan` finds it proved. No verdict is
 * taken from here, and nothing that goes wrong here counts.
 */
export async function anticipate(ctx: WorkerContext, stack: Stack): Promise<void> {
  if (!isSpokenOf(stack)) return
  try {
    const facts = await readAccountFacts(ctx.db, ctx.config, stack.account.id)
    if (!facts) return
    const { bundle } = await bundleOf(ctx, facts, stack, [])
    await ctx.prover.prove(bundle, mostSeconds)
  } catch (error) {
    ctx.log.debug({ err: error }, `anticipating the proof of '${stack.key}'`)
  }
}

/** Only the platform's own kinds of stack have documents that the catalogue speaks of. */
const isSpokenOf = ({ kind }: Stack) => stackKinds.includes(kind as StackKind)

/** The account with this stack's documents as the plan has them, beside what stands. */
async function bundleOf(
  ctx: WorkerContext,
  facts: AccountFacts,
  stack: Stack,
  texts: readonly string[],
): Promise<AccountBundle> {
  return accountBundle(await standing(ctx, facts, stack, planned(ctx, facts, stack, texts)))
}

/** The account as it is wanted, with this stack's documents as the plan has them. */
function planned(ctx: WorkerContext, facts: AccountFacts, stack: Stack, texts: readonly string[]): BundleParts {
  const parts = wanted(ctx.config, facts)
  const byContent = new Map(texts.map((text) => [canonical(text), text]))
  // Whether each planned document is a compiled one is a check of its own; here the plan's own text is what counts.
  const policies = Object.fromEntries(
    Object.entries(stack.policies).map(([name, text]) => [name, byContent.get(canonical(text)) ?? text]),
  )
  const others = parts.stacks.filter(({ key }) => key !== stack.key)
  return {
    ...parts,
    stacks: [...others, { kind: stack.kind, key: stack.key, policies }],
    // A project's plan touches no other project; the account's touch every one.
    projects: stack.resource.projectId
      ? parts.projects.filter(({ project }) => inProject(stack, project.name))
      : parts.projects,
  }
}

/** What stands in the account is read: who else there is, and the documents that this plan leaves alone. */
async function standing(
  ctx: WorkerContext,
  facts: AccountFacts,
  stack: Stack,
  parts: BundleParts,
): Promise<BundleParts> {
  const { place } = facts
  // Until its own stack has been applied, the account is the owner's alone: the proof before onboarding reads that.
  if (!place.account.status.outputs.keyArn) return parts
  const live = await readLiveAccount(ctx.aws, place)
  const planned = new Set(
    parts.projects.flatMap((params) => projectRoles.map((role) => projectRoleArn(params, params.project.name, role))),
  )
  const { principals, ...above } = additionsOf(live)
  // The account's two stacks are halves of one change, and projects follow it: what else is ours is taken as it will be,
  // or each would wait for the other. So neither stops what puts right what binds it from above.
  const isAccounts = !stack.resource.projectId
  return {
    ...(live.organization ? inOrganization(parts, live.organization.organizationId) : parts),
    live: {
      principals: principals?.filter(({ arn }) => !planned.has(arn)),
      ...(isAccounts ? {} : { ...above, resourcePolicies: resourcePoliciesOf(live) }),
    },
  }
}

const projectRoles = ['studio', 'training', 'inference'] as const

const titleOf = (control: string) => controlById(control)?.title ?? control

/** What was compiled is proved as if it were planned; so the plan must hold it. */
function leftOut(stack: Stack, texts: readonly string[]): Check {
  const planned = new Set(texts.map(canonical))
  const missing = Object.entries(stack.policies).filter(
    ([name, text]) => !stack.elsewhere?.includes(name) && !planned.has(canonical(text)),
  )
  return {
    id: 'left-out',
    title: 'The plan leaves no compiled policy out',
    passed: missing.length === 0,
    message:
      missing.length === 0
        ? 'Every compiled policy is in the plan, or stands already.'
        : `The plan leaves out: ${missing.map(([name]) => name).join(', ')}.`,
  }
}

/** What is not proved, as a line of its own: blocked, or let pass by an exception. */
function checkOf({ control, invariant, verdict, why, counterexample, exceptionId }: ProofResult): Check[] {
  if (verdict === 'proved') return []
  const said = verdict === 'unknown' ? `It cannot be decided: ${why}` : (counterexample?.sentence ?? why)
  return [
    {
      id: `proof/${invariant}`,
      title: `${control}: ${titleOf(control)}`,
      passed: exceptionId !== null,
      message: exceptionId === null ? said : `Let pass by an exception until it expires. ${said}`,
      ...(counterexample ? { counterexample } : {}),
      ...(exceptionId === null ? {} : { exceptionId }),
    },
  ]
}

function summary(results: readonly ProofResult[], { bundle }: AccountBundle): Check {
  const proved = results.filter(({ verdict }) => verdict === 'proved').length
  const open = results.filter(({ verdict, exceptionId }) => verdict !== 'proved' && exceptionId === null).length
  const { principals, resources } = bundle
  const ms = results.reduce((sum, result) => sum + result.ms, 0)
  return {
    id: 'proof',
    title: 'What the account promises is proved',
    passed: open === 0,
    message:
      `${proved} of ${results.length} promises are proved for ${principals.length} principals and everybody whom they ` +
      `could become, and ${resources.length} resources; deciding took ${(ms / 1000).toFixed(1)} s.`,
  }
}
