import { existsSync, mkdirSync } from 'node:fs'
import { listenToAccounts } from './accounts/consume-events.ts'
import type { Config } from './config/config.ts'
import { createContext } from './context.ts'
import { migrate } from './db/migrate.ts'
import { openProcess, runQueue } from './queue/runner.ts'
import { reapLostRuns } from './runs/reaper.ts'
import { reviveStuck, tasksOf } from './tasks.ts'
import { createTerraformDoor } from './terraform/terraform.ts'
import type { WorkerContext } from './worker-context.ts'

/** Times are UTC. Sweeps are the safety net under events and jobs, so they may be slow. */
const crontab = [
  '* * * * * sweep ?id=lost-runs&max=1&jobKey=sweep-lost-runs {"what":"lost-runs"}',
  '*/5 * * * * sweep ?id=models&max=1&jobKey=sweep-models {"what":"models"}',
  '*/2 * * * * sweep ?id=trails&max=1&jobKey=sweep-trails {"what":"trails"}',
  '* * * * * sweep ?id=exceptions&max=1&jobKey=sweep-exceptions {"what":"exceptions"}',
  '*/10 * * * * sweep ?id=stuck&max=1&jobKey=sweep-stuck {"what":"stuck"}',
  '17 2 * * * sweep ?id=drift&max=1&jobKey=sweep-drift {"what":"drift"}',
].join('\n')

const lookMs = 5000

/**
 * Starts the worker: frees what a dead one left, takes lost runs up again, then works the queue and listens to
 * accounts. `stop` ends commands at their next safe point, waits for them and leaves nothing running.
 */
export async function startWorker(config: Config): Promise<{ stop(): Promise<void> }> {
  const context = createContext(config, 'worker')
  await migrate(context.database)
  const stopping = new AbortController()
  const holder = await openProcess(context.database, context.log)
  const terraform = createTerraformDoor(config.terraform)
  if (!existsSync(config.terraform.workRoot)) mkdirSync(config.terraform.workRoot, { recursive: true, mode: 0o700 })
  const ctx: WorkerContext = { ...context, terraform, holder, stopping: stopping.signal }
  await reapLostRuns(ctx).catch((error) => ctx.log.warn({ err: error }, 'lost runs could not be settled yet'))
  await reviveStuck(ctx)
  const { ask, ...work } = tasksOf(ctx)
  const queue = await runQueue(ctx.database, ctx.log, holder, [
    { tasks: work, concurrency: config.workerConcurrency, crontab },
    { tasks: { ask }, concurrency: 2 },
  ])
  const listening = listenToAccounts(ctx)
  const look = () => listening.look().catch((error) => ctx.log.warn({ err: error }, 'accounts could not be looked up'))
  await look()
  const timer = setInterval(() => void look(), lookMs)
  ctx.log.info({ holder }, 'worker started')
  return {
    async stop() {
      clearInterval(timer)
      stopping.abort(new Error('the worker is stopping'))
      await Promise.all([queue.stop(), listening.ended()])
      await context.stop()
    },
  }
}
