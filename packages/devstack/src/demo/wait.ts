import type { Client, Condition, Phase } from '@uais/contract'

interface Observed {
  name: string
  status: { phase: Phase; conditions: Condition[]; lastRunId: string | null }
}

/** In seconds. What takes half a minute on a quiet machine has taken four on one that is shared: this only ends what hangs. */
const patience = 600

/** Reads until `done` holds. @throws Error naming what was waited for when ten minutes have passed */
export async function until<T>(what: string, read: () => Promise<T>, done: (value: T) => boolean): Promise<T> {
  const deadline = Date.now() + patience * 1000
  for (;;) {
    const value = await read()
    if (done(value)) return value
    if (Date.now() > deadline) throw new Error(`waiting for ${what}: not after ${patience} s`)
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
}

/** Waits until a resource is Ready; a failure ends the wait at once with its reason and the end of its run's log. */
export async function ready<T extends Observed>(client: Client, what: string, read: () => Promise<T>): Promise<T> {
  const value = await until(what, read, (it) => it.status.phase === 'Ready' || it.status.phase === 'Failed')
  if (value.status.phase === 'Ready') return value
  const reasons = value.status.conditions
    .filter((it) => it.status !== 'True')
    .map((it) => `${it.reason}: ${it.message}`)
  throw new Error(`${what} failed: ${reasons.join('; ')}${await endOfLog(client, value.status.lastRunId)}`)
}

async function endOfLog(client: Client, runId: string | null): Promise<string> {
  if (!runId) return ''
  const { items } = await client.call('runs.log', { params: { id: runId }, query: { limit: 1000 } })
  return `\n${items
    .slice(-12)
    .map((line) => `    ${line.level} ${line.message}`)
    .join('\n')}`
}
