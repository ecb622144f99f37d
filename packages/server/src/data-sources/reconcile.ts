import { isSettled, readProjectPlace } from '../projects/stack.ts'
import { readResource, tombstone, writeStatus } from '../resources/store.ts'
import { runStack, wasEverApplied } from '../runs/execute.ts'
import {
  begin,
  condition,
  isDone,
  type Reconcile,
  showUnfinished,
  waitFor,
  waitForParent,
} from '../runs/reconciling.ts'
import { bucketFault } from './bucket-fault.ts'
import { dataSourceStack } from './stack.ts'

export const reconcileDataSource: Reconcile = async (ctx, id) => {
  const source = await readResource(ctx.db, 'DataSource', id)
  if (!source) return undefined
  const place = source.projectId ? await readProjectPlace(ctx.db, ctx.config, source.projectId) : undefined
  if (place?.paused)
    return waitFor(ctx, source, 'AccountPaused', 'The account is paused; nothing is changed in it.', 60)
  if (source.deletionRequestedAt) {
    const stack = place && dataSourceStack(place, source)
    if (stack && (await wasEverApplied(ctx, stack.key))) {
      const outcome = await runStack(ctx, stack, {
        operation: 'destroy',
        reason: 'the data source is removed',
      })
      if (!isDone(outcome)) return showUnfinished(ctx, source, outcome)
    }
    await tombstone(ctx.db, 'DataSource', id)
    return undefined
  }
  if (!place || !isSettled(place)) return waitForParent(ctx, source, 'ProjectNotReady', 'The project is not ready yet.')
  const fault = await bucketFault(ctx, place, source)
  if (fault) return waitFor(ctx, source, 'BucketNotThere', fault, 60)
  await begin(ctx, source)
  const outcome = await runStack(ctx, dataSourceStack(place, source), {
    operation: 'apply',
    reason: 'the data source is kept as wanted',
  })
  if (!isDone(outcome)) return showUnfinished(ctx, source, outcome)
  await writeStatus(ctx.db, 'DataSource', id, {
    phase: 'Ready',
    observedGeneration: source.generation,
    lastRunId: outcome.runId,
    conditions: [condition('Ready', 'True', 'Provisioned', 'The project’s roles may read it.')],
    ...(outcome.state === 'succeeded'
      ? {
          outputs: {
            uri: String(outcome.outputs.uri),
            bucket: String(outcome.outputs.bucket),
            prefix: String(outcome.outputs.prefix),
          },
        }
      : {}),
  })
  return undefined
}
