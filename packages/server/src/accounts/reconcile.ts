import { type Account, PlatformError } from '@uais/contract'
import { sql } from 'kysely'
import { type Probe, probeAccount } from '../aws/probe.ts'
import { recordAct } from '../events.ts'
import type { OutputsOf } from '../resources/resource.ts'
import { findResources, tombstone, writeStatus } from '../resources/store.ts'
import { runStack, wasEverApplied } from '../runs/execute.ts'
import { type Again, begin, condition, isDone, type Reconcile, showUnfinished, waitFor } from '../runs/reconciling.ts'
import type { RunOutcome, Stack } from '../runs/stack.ts'
import type { WorkerContext } from '../worker-context.ts'
import { mayProvision } from './accounts.ts'
import { type AccountPlace, accountStack, organizationStack, readAccountPlace } from './stack.ts'

/** Seconds between looks at an account whose bootstrap is not there yet. */
const probeSeconds = 60

/**
 * The stack `account` first, the organization's guardrails second: an SCP that shut the platform out would do so
 * with everything in place, and the way back (detach, in the management account) does not pass through this account.
 * Guardrails that stand already come before it too.
 */
export const reconcileAccount: Reconcile = async (ctx, id) => {
  const place = await readAccountPlace(ctx.db, ctx.config, id)
  if (!place) return undefined
  const { account } = place
  if (place.paused) {
    await writeStatus(ctx.db, 'Account', id, { phase: 'Paused' })
    return undefined
  }
  if (account.deletionRequestedAt) return tearDown(ctx, place)
  // Nothing is made in an account before its owner created the bootstrap and a person asked for it.
  if (!mayProvision(account)) return undefined

  const unreachable = await probe(ctx, place)
  if (unreachable) return unreachable
  await begin(ctx, account)
  const allowed = await allowChange(ctx, place)
  if (allowed && !isDone(allowed)) return showUnfinished(ctx, account, allowed)
  const made = await runStack(ctx, accountStack(place), requestOf(account, 'apply'))
  if (!isDone(made)) return showUnfinished(ctx, account, made)
  if (made.state === 'succeeded')
    await writeStatus(ctx.db, 'Account', id, { lastRunId: made.runId, outputs: outputsFrom(made.outputs) })
  if (account.spec.organization) {
    // Read again: the guardrails name what the account's stack has made.
    const current = await readAccountPlace(ctx.db, ctx.config, id)
    if (!current) return undefined
    const bound = await runStack(ctx, organizationStack(current), requestOf(account, 'apply'))
    if (!isDone(bound)) return showUnfinished(ctx, account, bound)
    const lockedOut = await probe(ctx, current, true)
    if (lockedOut) return lockedOut
  }
  await ready(ctx, account)
  return undefined
}

/**
 * Guardrails that stand would refuse what was agreed since: they are brought up to date first, as far as they can be
 * before the account's stack has changed what they name.
 */
async function allowChange(ctx: WorkerContext, place: AccountPlace): Promise<RunOutcome | undefined> {
  if (!place.account.spec.organization) return undefined
  const stack = organizationStack(place)
  return (await wasEverApplied(ctx, stack.key)) ? runStack(ctx, stack, requestOf(place.account, 'apply')) : undefined
}

async function ready(ctx: WorkerContext, account: Account): Promise<void> {
  await writeStatus(ctx.db, 'Account', account.id, {
    phase: 'Ready',
    observedGeneration: account.generation,
    conditions: [
      condition('Ready', 'True', 'Provisioned', 'The account is provisioned and verified.'),
      account.spec.organization
        ? condition('Guardrails', 'True', 'Enforced', 'Service control policies bind the account’s administrators too.')
        : condition(
            'Guardrails',
            'False',
            'DetectAndRepair',
            'Without an organization an administrator of the account can undo anything; UAIS detects and repairs.',
          ),
    ],
  })
}

/** Probes unless the account is ready; a ready one shows in its runs whether it can still be entered. */
async function probe(ctx: WorkerContext, place: AccountPlace, always = false): Promise<Again> {
  const { account } = place
  if (account.status.phase === 'Ready' && !always) return undefined
  const probes = await probeAccount(ctx.aws, targetOf(place))
  const failed = probes.find((one) => one.state === 'failed')
  const reachable = failed
    ? condition('Reachable', 'False', failed.id, `${failed.title}: ${failed.message}`)
    : condition('Reachable', 'True', 'Probed', `${probes.length} probes passed.`)
  await writeStatus(ctx.db, 'Account', account.id, { conditions: [reachable] })
  if (!failed) return undefined
  return waitFor(ctx, account, 'Unreachable', `${failed.title}: ${failed.message}`, probeSeconds)
}

/** Guardrails come off first, else they would deny the teardown; then the stack. Nothing is needed that was never made. */
async function tearDown(ctx: WorkerContext, place: AccountPlace): Promise<Again> {
  const { account } = place
  const inside = await findResources(ctx.db, 'Project', sql<boolean>`account_id = ${account.id}`)
  if (inside.length > 0)
    return waitFor(
      ctx,
      account,
      'HasProjects',
      `Delete its projects first: ${inside.map((one) => one.name).join(', ')}.`,
      30,
    )
  const stacks: Stack[] = [...(account.spec.organization ? [organizationStack(place)] : []), accountStack(place)]
  for (const stack of stacks) {
    if (!(await wasEverApplied(ctx, stack.key))) continue
    const outcome = await runStack(ctx, stack, requestOf(account, 'destroy'))
    if (!isDone(outcome)) return showUnfinished(ctx, account, outcome)
  }
  await tombstone(ctx.db, 'Account', account.id)
  await recordAct(ctx, {
    actor: null,
    action: 'DeleteAccount',
    outcome: 'done',
    subject: { kind: 'Account', id: account.id, name: account.name },
    accountId: account.id,
    detail: `the platform’s work in account ${account.spec.awsAccountId} has ended; its bootstrap roles can be removed`,
  })
  return undefined
}

function requestOf(account: Account, operation: 'apply' | 'destroy') {
  const doing =
    operation === 'destroy'
      ? 'the account is given up'
      : account.status.phase === 'Ready'
        ? 'the account is kept as wanted'
        : 'the account is provisioned'
  return { operation, reason: doing }
}

function outputsFrom(outputs: Record<string, unknown>): OutputsOf<'Account'> {
  return {
    domainId: text(outputs.domain_id),
    domainArn: text(outputs.domain_arn),
    vpcId: text(outputs.vpc_id),
    subnetIds: outputs.subnet_ids as string[] | undefined,
    securityGroupIds: outputs.security_group_ids as string[] | undefined,
    keyArn: text(outputs.key_arn),
    trailArn: text(outputs.trail_arn),
    dataBucket: text(outputs.data_bucket),
    eventQueueUrl: text(outputs.event_queue_url),
    boundaryArn: text(outputs.boundary_arn),
  }
}

const text = (value: unknown) => (typeof value === 'string' ? value : undefined)

/** For the worker's question `probe-account`: every probe, whatever the account's phase. */
export async function probeForPerson(ctx: WorkerContext, id: string): Promise<Probe[]> {
  const place = await readAccountPlace(ctx.db, ctx.config, id)
  if (!place) throw new PlatformError('not-found', 'probing the account: there is none')
  return probeAccount(ctx.aws, targetOf(place))
}

const targetOf = ({ account, stackAccount, organizationExternalId }: AccountPlace) => ({
  awsAccountId: stackAccount.awsAccountId,
  region: stackAccount.region,
  externalId: stackAccount.externalId,
  ownDomainId: account.status.outputs.domainId,
  organization: account.spec.organization && {
    managementAccountId: account.spec.organization.managementAccountId,
    externalId: organizationExternalId,
  },
})
