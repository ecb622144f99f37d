import type { PlanJson } from '../terraform/plan-json.ts'
import type { WorkerContext } from '../worker-context.ts'
import { raiseFinding, resolveFinding } from './findings.ts'
import type { LiveRun } from './live-run.ts'
import { summarise } from './plan-summary.ts'
import type { RunOutcome, Stack } from './stack.ts'

/** Ends a drift check: what differs becomes a finding, and nothing is changed. */
export async function reportDrift(ctx: WorkerContext, stack: Stack, run: LiveRun, json: PlanJson): Promise<RunOutcome> {
  const drifted = (json.resource_drift ?? []).filter(
    ({ change }) => !change.actions.every((action) => action === 'no-op'),
  )
  const key = `drift/${stack.key}`
  const plan = { ...summarise({ ...json, resource_changes: drifted }), costNote: '', monthlyUsd: null, checks: [] }
  if (drifted.length === 0) await resolveFinding(ctx.db, key)
  else
    await raiseFinding(ctx.db, {
      type: 'drift',
      key,
      title: `${drifted.length} resource${drifted.length === 1 ? '' : 's'} of '${stack.key}' changed outside UAIS`,
      message: drifted.map(({ address, change }) => `${address} (${change.actions.join(', ')})`).join('; '),
      remedy: 'Retry the stack’s run: its plan shows how UAIS would put things back.',
      accountId: stack.account.id,
      resource: { kind: stack.resource.kind, id: stack.resource.id, name: stack.resource.name },
    })
  run.say(drifted.length === 0 ? 'Nothing has drifted.' : `${drifted.length} resources have drifted.`)
  await run.enter('succeeded', { plan })
  return { state: 'succeeded', runId: run.id, outputs: {}, changed: false }
}
