import type { Plan, Run } from '@uais/contract'
import type { PlanJson } from '../terraform/plan-json.ts'
import { init } from '../terraform/steps/init.ts'
import { plan } from '../terraform/steps/plan.ts'
import { show } from '../terraform/steps/show.ts'
import { stateList } from '../terraform/steps/state-list.ts'
import type { WorkerContext } from '../worker-context.ts'
import { adoptBeforeDestroy, adoptOrphans } from './adopt/adopt.ts'
import { reportDrift } from './drift.ts'
import type { LiveRun } from './live-run.ts'
import { isDestructive, summarise } from './plan-summary.ts'
import { priceOf } from './price.ts'
import { prove } from './prove/prove.ts'
import { anticipate, provePlan } from './prove/prove-plan.ts'
import type { RunDirectory } from './run-directory.ts'
import { seal } from './seal.ts'
import { isKept, type RunOutcome, type Stack } from './stack.ts'

export type Planned =
  | { state: 'done'; outcome: RunOutcome }
  /** The plan as it is kept, sealed; `changes` is false when there is nothing to apply. */
  | { state: 'ready'; sealed: Buffer; changes: boolean }

/** Prepares, plans, judges; ends where a person must look first or a check does not hold. */
export async function planRun(
  ctx: WorkerContext,
  stack: Stack,
  run: LiveRun,
  directory: RunDirectory,
  operation: Run['operation'],
): Promise<Planned> {
  if (operation === 'apply') void anticipate(ctx, stack)
  const engine = await ctx.terraform.engine()
  await run.enter('preparing', { startedAt: new Date(), engine: engine.title })
  const prepared = await init(await directory.step())
  await run.enter('planning', { provider: prepared.provider })
  const planned = await makePlan(ctx, stack, run, directory, operation)
  if (!planned.json) return nothingToDo(run)
  if (operation === 'drift-check') return { state: 'done', outcome: await reportDrift(ctx, stack, run, planned.json) }

  await run.enter('proving')
  const judged = await judge(ctx, stack, planned.json, operation)
  const sealed = seal(ctx.config.secrets.encryptionKey, run.id, planned.file)
  const failed = judged.checks.filter((check) => !check.passed)
  for (const check of judged.checks) run.say(`${check.title}: ${check.message}`, check.passed ? 'info' : 'error')
  if (failed.length > 0) return { state: 'done', outcome: await refuse(run, judged, failed) }
  if (planned.changes && needsApproval(stack, planned.json, operation)) {
    await run.enter('awaiting-approval', { plan: judged, planFile: sealed })
    return { state: 'done', outcome: { state: 'waiting', runId: run.id, message: 'The plan waits for approval.' } }
  }
  await run.enter('applying', {
    plan: judged,
    planFile: sealed,
    ...(planned.changes ? { applyStartedAt: new Date() } : {}),
  })
  return { state: 'ready', sealed, changes: planned.changes }
}

interface Made {
  file: Buffer
  changes: boolean
  /** Absent when nothing differs: there is nothing to judge then. */
  json?: PlanJson
}

/** Plans; where an earlier run broke off in its apply, first takes in what it may have left behind. */
async function makePlan(
  ctx: WorkerContext,
  stack: Stack,
  run: LiveRun,
  directory: RunDirectory,
  operation: Run['operation'],
): Promise<Made> {
  if (operation === 'destroy') return planDestroy(ctx, stack, run, directory)
  const mode = operation === 'apply' ? 'apply' : 'refresh-only'
  const first = await plan(await directory.step(), mode)
  // Reading a plan starts the provider once more.
  if (!first.changes && operation === 'apply') return first
  const read = { ...first, json: await show(await directory.step(), first.file) }
  return operation === 'drift-check' ? read : adoptOrphans(ctx, stack, run, directory, read)
}

/** Plans the end of everything but what the stack keeps, which stays in the state and so under its name. */
async function planDestroy(ctx: WorkerContext, stack: Stack, run: LiveRun, directory: RunDirectory): Promise<Made> {
  await adoptBeforeDestroy(ctx, stack, run, directory)
  const there = await stateList(await directory.step())
  const targets = there.filter((address) => !isKept(stack, address))
  for (const address of there.filter((one) => isKept(stack, one)))
    run.say('kept: it holds, opens or records what is the owner’s', 'info', address)
  if (targets.length === 0) return { file: Buffer.alloc(0), changes: false }
  const planned = await plan(await directory.step(), 'destroy', targets.length < there.length ? targets : [])
  return { ...planned, json: await show(await directory.step(), planned.file) }
}

/** Nothing differs, so nothing is applied: what stands was proved when it was. */
async function nothingToDo(run: LiveRun): Promise<Planned> {
  const plan = { summary: { add: 0, change: 0, destroy: 0, import: 0 }, changes: [], checks: [] }
  await run.enter('applying', { plan: { ...plan, costNote: 'Nothing changes.', monthlyUsd: null } })
  return { state: 'ready', sealed: Buffer.alloc(0), changes: false }
}

/** What is ended keeps no promises: of a destroy only what the plan itself must not do is asked. */
async function judge(ctx: WorkerContext, stack: Stack, json: PlanJson, operation: Run['operation']): Promise<Plan> {
  const promised = operation === 'destroy' ? [] : await provePlan(ctx, stack, json)
  return { ...summarise(json), ...priceOf(json), checks: [...prove(stack, json), ...promised] }
}

/** Destruction was asked for where the operation says so; anywhere else it is a surprise that a person must see. */
function needsApproval(stack: Stack, json: PlanJson, operation: Run['operation']): boolean {
  if (operation === 'destroy') return stack.account.approval === 'every-change'
  return stack.account.approval === 'every-change' || isDestructive(json)
}

async function refuse(run: LiveRun, judged: Plan, failed: Plan['checks']): Promise<RunOutcome> {
  const message = failed.map((check) => `${check.title}: ${check.message}`).join('\n')
  const error = {
    code: 'not-proved',
    message,
    remedy: 'The platform’s operators must correct the guardrails; nothing was changed.',
  }
  await run.enter('failed', { plan: judged, error })
  return { state: 'failed', runId: run.id, reason: 'not-proved', message, remedy: error.remedy, retry: false }
}
