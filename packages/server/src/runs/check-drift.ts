import { sql } from 'kysely'
import { accountStack, organizationStack, readAccountPlace } from '../accounts/stack.ts'
import { dataSourceStack } from '../data-sources/stack.ts'
import { endpointStack } from '../deployments/stack.ts'
import { projectStack, readProjectPlace } from '../projects/stack.ts'
import { addJob, type Jobs } from '../queue/jobs.ts'
import { findResources, readResource } from '../resources/store.ts'
import type { WorkerContext } from '../worker-context.ts'
import { runStack } from './execute.ts'
import type { Stack } from './stack.ts'

const kinds = ['Account', 'Project', 'DataSource', 'Deployment'] as const

/** Asks for a drift check of everything that is ready, spread over the time that checks take. */
export async function sweepDrift(ctx: WorkerContext): Promise<void> {
  for (const kind of kinds)
    for (const { id } of await findResources(ctx.db, kind, sql<boolean>`status ->> 'phase' = 'Ready'`))
      await addJob(ctx.db, 'check-drift', { kind, id }, { queue: id, key: `check-drift/${id}`, attempts: 2 })
}

/** Compares what is live with the state, and changes nothing (`plan -refresh-only`). */
export async function checkDrift(ctx: WorkerContext, job: Jobs['check-drift']): Promise<void> {
  for (const stack of await stacksOf(ctx, job))
    await runStack(ctx, stack, { operation: 'drift-check', reason: 'the nightly drift check' })
}

async function stacksOf(ctx: WorkerContext, { kind, id }: Jobs['check-drift']): Promise<Stack[]> {
  if (kind === 'Account') {
    const place = await readAccountPlace(ctx.db, ctx.config, id)
    if (!place || place.paused) return []
    return [accountStack(place), ...(place.account.spec.organization ? [organizationStack(place)] : [])]
  }
  if (kind === 'Project') {
    const place = await readProjectPlace(ctx.db, ctx.config, id)
    return place && !place.paused ? [projectStack(place)] : []
  }
  const child =
    kind === 'DataSource' ? await readResource(ctx.db, kind, id) : await readResource(ctx.db, 'Deployment', id)
  const place = child?.projectId ? await readProjectPlace(ctx.db, ctx.config, child.projectId) : undefined
  if (!child || !place || place.paused) return []
  if (child.kind === 'DataSource') return [dataSourceStack(place, child)]
  const version = await readResource(ctx.db, 'ModelVersion', child.spec.modelVersionId)
  return version ? [endpointStack(place, child, version)] : []
}
