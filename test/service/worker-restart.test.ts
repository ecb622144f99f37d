import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { addReconcile } from '../../packages/server/src/queue/jobs.ts'
import { needResource, writeStatus } from '../../packages/server/src/resources/store.ts'
import { readLogRows } from '../../packages/server/src/runs/store.ts'
import { kill } from '../../packages/server/src/terraform/child.ts'
import { processesIn } from '../../packages/server/src/terraform/process-proof.ts'
import type { WorkerContext } from '../../packages/server/src/worker-context.ts'
import { account, type Bench, startBench, wantAccount } from './worker/bench.ts'

const minutes = 60_000

let bench: Bench
let ctx: WorkerContext & { end(): Promise<void> }
let worker: ChildProcess | undefined
beforeAll(async () => {
  bench = await startBench()
  ctx = await bench.context()
})
afterAll(async () => {
  if (worker) await stopped(worker, 'SIGTERM')
  await ctx?.end()
  await bench?.stop()
}, 3 * minutes)

it(
  'takes the work of a killed worker up again by itself: the job, the lock, the stack',
  async () => {
    await wantAccount(ctx.db)
    const asked = { type: 'Bootstrap', status: 'True', reason: 'Probed', message: 'Every probe holds.' } as const
    await writeStatus(ctx.db, 'Account', account.id, { phase: 'Pending', conditions: [asked] })
    await addReconcile(ctx.db, 'Account', account.id)

    worker = startWorkerProcess()
    const lost = await until(async () => {
      const run = await ctx.db
        .selectFrom('run')
        .select(['id', 'phase'])
        .where('stack_key', '=', 'account/claims')
        .executeTakeFirst()
      const log = run?.phase === 'applying' ? await readLogRows(ctx.db, run.id, 0, 500) : []
      return log.some((line) => /Creation complete/.test(line.message)) ? run : undefined
    })
    const children = processesIn(ctx.config.terraform.workRoot)
    expect(children.length).toBeGreaterThan(0)
    worker.kill('SIGKILL')
    for (const pid of children) kill(pid, 'SIGKILL')
    await stopped(worker, 'SIGKILL')

    worker = startWorkerProcess()
    const ready = await until(async () => {
      const now = await needResource(ctx.db, 'Account', account.id)
      if (now.status.phase === 'Failed') throw new Error(JSON.stringify(now.status.conditions))
      return now.status.phase === 'Ready' ? now : undefined
    })
    expect(ready.status.outputs.domainId).toMatch(/^d-/)
    const runs = await ctx.db.selectFrom('run').select(['id', 'phase']).orderBy('created_at').execute()
    expect(runs.map((run) => run.phase)).toEqual(['lost', 'succeeded'])
    expect(runs[0]?.id).toBe(lost.id)
    const released = await ctx.db
      .selectFrom('audit')
      .select('detail')
      .where('action', '=', 'ReleaseStateLock')
      .execute()
    expect(released).toHaveLength(1)
  },
  15 * minutes,
)

function startWorkerProcess(): ChildProcess {
  const script = fileURLToPath(new URL('./worker/start-worker.ts', import.meta.url))
  const args = [bench.dataDir, bench.sandboxUrl, bench.config.secrets.databaseUrl]
  return spawn(process.execPath, ['--import', 'tsx', script, ...args], { stdio: ['ignore', 'ignore', 'inherit'] })
}

function stopped(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
  child.kill(signal)
  return new Promise((resolve) => child.once('exit', () => resolve()))
}

async function until<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (let tries = 0; tries < 3000; tries++) {
    const found = await look()
    if (found) return found
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  throw new Error('it did not come about in ten minutes')
}
