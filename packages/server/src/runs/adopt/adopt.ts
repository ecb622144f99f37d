import { finders } from '../../aws/find/find.ts'
import type { AwsSession } from '../../aws/session.ts'
import type { PlanJson } from '../../terraform/plan-json.ts'
import { importResource } from '../../terraform/steps/import.ts'
import { plan } from '../../terraform/steps/plan.ts'
import { show } from '../../terraform/steps/show.ts'
import type { WorkerContext } from '../../worker-context.ts'
import type { LiveRun } from '../live-run.ts'
import type { RunDirectory } from '../run-directory.ts'
import type { Stack } from '../stack.ts'
import { importBlocks, type Orphan } from './import-blocks.ts'

/** Ids of children become known when their parents are adopted: network, then subnets, then associations. */
const mostRounds = 4

/** A plan as it is stored, and as it is read. */
export interface ReadPlan {
  file: Buffer
  changes: boolean
  json: PlanJson
}

/**
 * After a run that was lost or failed in the middle of an apply: what it made without keeping it in the state is
 * looked up live and taken in. Without this, a second create fails, or makes a second one and leaves an orphan.
 * @param first the plan without any import
 * @returns the plan that takes in what was found; `first` itself where nothing was
 */
export async function adoptOrphans(
  ctx: WorkerContext,
  stack: Stack,
  run: LiveRun,
  directory: RunDirectory,
  first: ReadPlan,
): Promise<ReadPlan> {
  return (await brokeOff(ctx, stack.key)) ? (await search(stack, run, directory, first)).plan : first
}

/**
 * The same before a destroy, whose plan names only what is in the state: what should have been there is what a plan to
 * create names. Import blocks take effect only in an apply, so each is imported by command.
 */
export async function adoptBeforeDestroy(
  ctx: WorkerContext,
  stack: Stack,
  run: LiveRun,
  directory: RunDirectory,
): Promise<void> {
  if (!(await brokeOff(ctx, stack.key))) return
  const { orphans } = await search(stack, run, directory, await lookAhead(directory))
  directory.write('adopted.tf', '')
  for (const { address, id } of orphans) await importResource(await directory.step(), address, id)
}

async function search(
  stack: Stack,
  run: LiveRun,
  directory: RunDirectory,
  first: ReadPlan,
): Promise<{ orphans: Orphan[]; plan: ReadPlan }> {
  run.say('An earlier run broke off while it applied: looking for what it left behind.')
  const session = await directory.enter()
  const orphans: Orphan[] = []
  let plan = first
  for (let round = 0; round < mostRounds; round++) {
    const found = await orphansIn(session, stack.key, plan.json, orphans)
    if (found.length === 0) break
    for (const { address, id } of found) run.say(`found ${id}: it is taken into the state`, 'warn', address)
    orphans.push(...found)
    directory.write('adopted.tf', importBlocks(orphans))
    plan = await lookAhead(directory)
  }
  if (orphans.length === 0) run.say('Nothing was left behind.')
  return { orphans, plan }
}

/** Whether an apply began after the last success and did not end well. */
async function brokeOff(ctx: WorkerContext, stackKey: string): Promise<boolean> {
  const rows = await ctx.db
    .selectFrom('run')
    .select(['phase', 'apply_started_at'])
    .where('stack_key', '=', stackKey)
    .where('operation', '!=', 'drift-check')
    .where('ended_at', 'is not', null)
    .orderBy('created_at', 'desc')
    .limit(50)
    .execute()
  const sinceSuccess = rows.slice(0, Math.max(0, rows.findIndex((row) => row.phase === 'succeeded') + 1 || rows.length))
  return sinceSuccess.some((row) => row.phase !== 'succeeded' && row.apply_started_at !== null)
}

async function lookAhead(directory: RunDirectory): Promise<ReadPlan> {
  const planned = await plan(await directory.step(), 'apply')
  return { ...planned, json: await show(await directory.step(), planned.file) }
}

/** Planned creations that are live already, in this stack's name. */
async function orphansIn(
  session: AwsSession,
  stackKey: string,
  json: PlanJson,
  known: readonly Orphan[],
): Promise<Orphan[]> {
  const adopted = new Set(known.map((orphan) => orphan.address))
  const found: Orphan[] = []
  for (const { address, mode, type, change } of json.resource_changes ?? []) {
    const isNew = mode === 'managed' && change.actions.length === 1 && change.actions[0] === 'create'
    const finder = finders[type]
    if (!isNew || !finder || adopted.has(address)) continue
    const id = await finder(session, { type, after: change.after ?? {}, stackKey })
    if (id) found.push({ address, id })
  }
  return found
}
