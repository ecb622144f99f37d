import type { Run } from '@uais/contract'
import type { Person } from './person.ts'
import { until } from './wait.ts'

export interface RunReport {
  stack: string
  operation: string
  engine: string | null
  provider: string | null
  resources: number
  seconds: number
  changes: number
}

export async function allRuns(person: Person): Promise<Run[]> {
  return (await person.client.call('runs.list', { query: { limit: 100 } })).items
}

/** Reconciles every stack again; each must plan no change. @throws Error naming the stack that would change */
export async function planAgain(person: Person): Promise<void> {
  const before = await allRuns(person)
  const latest = new Map<string, Run>()
  for (const run of before) if (!latest.has(run.stack.key)) latest.set(run.stack.key, run)
  await Promise.all([...latest.values()].map((run) => planStackAgain(person, run, new Set(before.map((it) => it.id)))))
}

async function planStackAgain(person: Person, run: Run, known: ReadonlySet<string>): Promise<void> {
  await person.client.call('runs.retry', { params: { id: run.id }, body: {} })
  const again = await until(
    `the second plan of ${run.stack.key}`,
    async () => (await allRuns(person)).find((it) => it.stack.key === run.stack.key && !known.has(it.id)),
    (it) => it?.endedAt != null,
  )
  const changes = again?.plan
    ? again.plan.changes.filter((it) => it.actions.some((action) => action !== 'no-op' && action !== 'read'))
    : undefined
  if (again?.phase !== 'succeeded' || !changes)
    throw new Error(`the second plan of ${run.stack.key} ended ${again?.phase}: ${again?.error?.message}`)
  if (changes.length > 0)
    throw new Error(`the second plan of ${run.stack.key} would change ${changes.map((it) => it.address).join(', ')}`)
}

/** The demo's record of a run. `resources` counts what its plan touched. */
export function report(run: Run): RunReport {
  const summary = run.plan?.summary ?? { add: 0, change: 0, destroy: 0, import: 0 }
  return {
    stack: run.stack.key,
    operation: run.operation,
    engine: run.engine,
    provider: run.provider,
    resources: summary.add + summary.change + summary.destroy + summary.import,
    changes: summary.add + summary.change + summary.destroy,
    seconds: Math.round(run.timings.reduce((sum, timing) => sum + timing.seconds, 0) * 10) / 10,
  }
}
