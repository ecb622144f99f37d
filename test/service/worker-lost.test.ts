import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { IAMClient, ListRolesCommand } from '@aws-sdk/client-iam'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { readStateLock } from '../../packages/server/src/aws/state-lock.ts'
import { runStack } from '../../packages/server/src/runs/execute.ts'
import { reapLostRuns } from '../../packages/server/src/runs/reaper.ts'
import { stateKeyOf } from '../../packages/server/src/runs/run-directory.ts'
import { liveRunOf, type RunRow, readLogRows, readRunRow } from '../../packages/server/src/runs/store.ts'
import { kill } from '../../packages/server/src/terraform/child.ts'
import { processesIn } from '../../packages/server/src/terraform/process-proof.ts'
import { directoryOf } from '../../packages/server/src/terraform/work-directory.ts'
import type { WorkerContext } from '../../packages/server/src/worker-context.ts'
import { account, type Bench, startBench, tinyStack } from './worker/bench.ts'

const request = { operation: 'apply' as const, reason: 'a test' }
const minutes = 60_000

let bench: Bench
let ctx: WorkerContext & { end(): Promise<void> }
beforeAll(async () => {
  bench = await startBench()
  ctx = await bench.context()
})
afterEach(() => fault('DELETE'))
afterAll(async () => {
  await ctx?.end()
  await bench?.stop()
})

describe('kill -9 in the middle of a run', () => {
  it(
    'while it plans: the lock is released, and the next run converges',
    async () => {
      const worker = startWorkerProcess('planned')
      await fault('POST', { call: 'sts:GetCallerIdentity', kind: 'latency', milliseconds: 4000 })
      const lost = await phase('planned', 'planning')
      await until(async () => (await lock('planned')) !== undefined)
      killAll(worker, lost)
      await fault('DELETE')
      await converges('planned', lost)
      expect((await readRunRow(ctx.db, lost.id))?.apply_started_at).toBeNull()
    },
    4 * minutes,
  )

  it(
    'when a role was made that no state knows: it is adopted, not made twice and not left behind',
    async () => {
      const worker = startWorkerProcess('orphaned')
      const lost = await phase('orphaned', 'applying')
      // The call takes effect, and its answer never arrives.
      await fault('POST', { call: 'iam:CreateRole', kind: 'latency', when: 'after', milliseconds: 60_000 })
      await until(async () => (await rolesOf('orphaned')).length === 2)
      killAll(worker, lost)
      await fault('DELETE')
      expect(await lock('orphaned')).toBeDefined()
      const run = await converges('orphaned', lost)
      expect(run.plan).toMatchObject({ summary: { import: 2, add: 1, destroy: 0 } })
      expect(await rolesOf('orphaned')).toEqual(['uais-orphaned-a', 'uais-orphaned-b'])
      const log = await readLogRows(ctx.db, run.id, 0, 500)
      expect(log.filter((line) => /taken into the state/.test(line.message)).map((line) => line.address)).toEqual([
        'aws_iam_role.this["uais-orphaned-a"]',
        'aws_iam_role.this["uais-orphaned-b"]',
      ])
    },
    5 * minutes,
  )

  it(
    'when only the worker dies: terraform is left to finish, nothing is touched meanwhile, and nothing is made twice',
    async () => {
      const worker = startWorkerProcess('outlived')
      const lost = await phase('outlived', 'applying')
      await fault('POST', { call: 's3:CreateBucket', kind: 'latency', when: 'before', milliseconds: 8000 })
      await until(async () => (await rolesOf('outlived')).length === 2)
      worker.kill('SIGKILL')
      await gone(worker)
      // Proof of life: its terraform is still at work, so the run is left alone.
      expect(await reapLostRuns(ctx)).toBe(0)
      expect(await lock('outlived')).toBeDefined()
      await until(async () => processesIn(directoryOf(ctx.terraform.settings, lost.id)).length === 0)
      const run = await converges('outlived', lost)
      expect(run.plan).toMatchObject({ summary: { add: 0, change: 0, destroy: 0, import: 0 } })
    },
    4 * minutes,
  )
})

/** The lost run is settled, its lock and directory are gone, and a fresh run makes the stack what it should be. */
async function converges(name: string, lost: RunRow): Promise<RunRow> {
  await until(async () => (await reapLostRuns(ctx)) > 0)
  expect(await readRunRow(ctx.db, lost.id)).toMatchObject({ phase: 'lost', plan_file: null, lease_holder: null })
  expect(await lock(name)).toBeUndefined()
  const outcome = await runStack(ctx, tinyStack(name), request)
  expect(outcome).toMatchObject({ state: 'succeeded' })
  expect(await lock(name)).toBeUndefined()
  const run = await readRunRow(ctx.db, outcome.runId)
  if (!run) throw new Error('the run is not in the database')
  return run
}

function startWorkerProcess(name: string): ChildProcess {
  const script = fileURLToPath(new URL('./worker/run-stack.ts', import.meta.url))
  const args = [bench.dataDir, bench.sandboxUrl, bench.config.secrets.databaseUrl, name, account.id, account.externalId]
  return spawn(process.execPath, ['--import', 'tsx', script, ...args], {
    stdio: ['ignore', 'ignore', 'inherit'],
    detached: true,
  })
}

/** As the machine's end would: worker, terraform and its provider at once. */
function killAll(worker: ChildProcess, run: RunRow): void {
  const children = processesIn(directoryOf(ctx.terraform.settings, run.id))
  expect(children.length).toBeGreaterThan(0)
  worker.kill('SIGKILL')
  for (const pid of children) kill(pid, 'SIGKILL')
}

const gone = (child: ChildProcess) =>
  child.exitCode !== null || child.signalCode !== null
    ? undefined
    : new Promise((resolve) => child.once('exit', resolve))

const phase = (name: string, wanted: string) =>
  until(async () => {
    const run = await liveRunOf(ctx.db, `tiny/${name}`)
    return run?.phase === wanted ? run : undefined
  })

async function lock(name: string) {
  return readStateLock(await ctx.aws.platform(), ctx.config.platform.stateBucket, stateKeyOf(`tiny/${name}`))
}

async function rolesOf(name: string): Promise<string[]> {
  const iam = new IAMClient({ endpoint: bench.sandboxUrl, region: 'eu-west-1', credentials: await bench.admin() })
  const { Roles } = await iam.send(new ListRolesCommand({ PathPrefix: '/uais/projects/' }))
  return (Roles ?? []).flatMap((role) => (role.RoleName?.startsWith(`uais-${name}-`) ? [role.RoleName] : [])).sort()
}

async function fault(method: 'POST' | 'DELETE', body?: object): Promise<void> {
  const answer = await fetch(`${bench.sandboxUrl}/_sandbox/faults`, {
    method,
    headers: { 'x-uais-sandbox': '1', 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  if (!answer.ok) throw new Error(`setting a fault: ${await answer.text()}`)
}

async function until<T>(look: () => Promise<T | undefined | false>): Promise<T> {
  for (let tries = 0; tries < 1200; tries++) {
    const found = await look()
    if (found) return found
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error('it did not come about in two minutes')
}
