import type { Condition, Kind } from '@uais/contract'
import type { Resource, StatusPatch } from '../resources/resource.ts'
import { writeStatus } from '../resources/store.ts'
import type { WorkerContext } from '../worker-context.ts'
import type { RunOutcome } from './stack.ts'

/** What a reconcile asks for: to be called again after so many seconds, or nothing. */
export type Again = { seconds: number } | undefined

/**
 * Brings one resource to what it should be, from the whole of its state and never from what happened to it. Called
 * at any time, as often as anyone likes. Throws to be tried again with growing pauses.
 */
export type Reconcile = (ctx: WorkerContext, id: string) => Promise<Again>

export const condition = (
  type: string,
  status: Condition['status'],
  reason: string,
  message: string,
): Omit<Condition, 'at'> => ({ type, status, reason, message })

/** Shows that something else must be ready first, and asks to look again. */
export async function waitFor<K extends Kind>(
  ctx: WorkerContext,
  resource: Resource<K>,
  reason: string,
  message: string,
  seconds = 10,
): Promise<Again> {
  await writeStatus(ctx.db, resource.kind as K, resource.id, {
    phase: resource.deletionRequestedAt ? 'Deleting' : 'Waiting',
    conditions: [condition('Ready', 'False', reason, message)],
  } as StatusPatch<K>)
  return { seconds }
}

/**
 * Whether what is wanted is what is there: it stays so while something above it is looked at again, and what hangs on
 * it can be planned. Beside a parent that is being changed a child would be judged by rules that are not in force yet.
 */
export const stands = <K extends Kind>({ status, generation, deletionRequestedAt }: Resource<K>) =>
  status.phase === 'Ready' && status.observedGeneration === generation && deletionRequestedAt === null

/** As `waitFor`, for what lies above in the order of stacks: an endpoint goes on serving while its project is checked. */
export async function waitForParent<K extends Kind>(
  ctx: WorkerContext,
  resource: Resource<K>,
  reason: string,
  message: string,
): Promise<Again> {
  return stands(resource) ? { seconds: 10 } : waitFor(ctx, resource, reason, message)
}

/** Shows that the stack is at work; a resource that was ready stays so until its new run has something to say. */
export async function begin<K extends Kind>(ctx: WorkerContext, resource: Resource<K>): Promise<void> {
  if (resource.status.phase === 'Progressing' || resource.status.phase === 'Ready') return
  const phase = resource.deletionRequestedAt ? 'Deleting' : 'Progressing'
  await writeStatus(ctx.db, resource.kind as K, resource.id, { phase } as StatusPatch<K>)
}

const busySeconds = 3
const retrySeconds = 15

/** Shows how a run ended that did not end well. @returns when to look again, if at all */
export async function showUnfinished<K extends Kind>(
  ctx: WorkerContext,
  resource: Resource<K>,
  outcome: Exclude<RunOutcome, { state: 'succeeded' } | { state: 'current' }>,
): Promise<Again> {
  const write = (patch: StatusPatch<K>) => writeStatus(ctx.db, resource.kind as K, resource.id, patch)
  const deleting = resource.deletionRequestedAt !== null
  if (outcome.state === 'busy') {
    if (!stands(resource)) await write({ phase: deleting ? 'Deleting' : 'Progressing' })
    return { seconds: busySeconds }
  }
  if (outcome.state === 'waiting') {
    const ready = condition('Ready', 'False', 'AwaitingApproval', outcome.message)
    await write({ phase: 'Waiting', lastRunId: outcome.runId, conditions: [ready] })
    return undefined
  }
  const message = `${outcome.message} ${outcome.remedy}`
  await write({
    phase: 'Failed',
    lastRunId: outcome.runId,
    conditions: [condition('Ready', 'False', outcome.reason, message)],
  })
  return outcome.retry ? { seconds: retrySeconds } : undefined
}

/** Whether the run brought the stack to what it should be. */
export const isDone = (outcome: RunOutcome): outcome is Extract<RunOutcome, { state: 'succeeded' | 'current' }> =>
  outcome.state === 'succeeded' || outcome.state === 'current'
