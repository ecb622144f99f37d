import { existsSync, readdirSync } from 'node:fs'
import { GetRoleCommand, IAMClient, UpdateRoleDescriptionCommand } from '@aws-sdk/client-iam'
import { sessionPolicyFor } from '@uais/guardrails'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readStateLock } from '../../packages/server/src/aws/state-lock.ts'
import { acted } from '../../packages/server/src/events.ts'
import { runStack } from '../../packages/server/src/runs/execute.ts'
import { requesterOf } from '../../packages/server/src/runs/requester.ts'
import { stateKeyOf } from '../../packages/server/src/runs/run-directory.ts'
import { approveRun, cancelRun, rejectRun, retryRun } from '../../packages/server/src/runs/runs.ts'
import { liveRunOf, readLogRows, readRunRow } from '../../packages/server/src/runs/store.ts'
import type { WorkerContext } from '../../packages/server/src/worker-context.ts'
import { type Bench, bareStack, params, startBench, tinyStack } from './worker/bench.ts'

const request = { operation: 'apply' as const, reason: 'a test' }
const destroy = { ...request, operation: 'destroy' as const }
const person = { oid: '00000000-0000-4000-8000-000000000001', name: 'Owen', userPrincipalName: 'owen@uais.example' }

let bench: Bench
let ctx: WorkerContext & { end(): Promise<void> }
beforeAll(async () => {
  bench = await startBench()
  ctx = await bench.context()
})
afterAll(async () => {
  await ctx?.end()
  await bench?.stop()
})

describe('a run of a stack', () => {
  it('plans, proves, applies, keeps a log and timings, and then has nothing more to do', async () => {
    const stack = tinyStack('first')
    const subject = { ...stack.resource, accountId: null }
    await acted({ db: ctx.db, log: ctx.log }, person, 'UpdateAccount', subject, 'changed its budget')
    const outcome = await runStack(ctx, stack, request)
    expect(outcome).toMatchObject({ state: 'succeeded', changed: true, outputs: { bucket: 'uais-first-300000000003' } })
    const run = await readRunRow(ctx.db, outcome.runId)
    expect(run).toMatchObject({ phase: 'succeeded', plan_file: null, lease_holder: null, requested_by: person })
    // What follows without anybody's act is the platform's own.
    expect(await requesterOf(ctx.db, stack.key, stack.resource.id)).toBeNull()
    expect(run?.engine).toMatch(/^(Terraform|OpenTofu) v1\./)
    expect(run?.provider).toMatch(/^hashicorp\/aws v\d+\./)
    expect(run?.plan).toMatchObject({ summary: { add: 3, change: 0, destroy: 0, import: 0 } })
    expect(((run?.timings ?? []) as { phase: string }[]).map((timing) => timing.phase)).toEqual([
      'queued',
      'preparing',
      'planning',
      'proving',
      'applying',
      'verifying',
    ])
    const log = await readLogRows(ctx.db, outcome.runId, 0, 500)
    expect(log.map((line) => line.seq)).toEqual(log.map((_, index) => index + 1))
    expect(log.some((line) => line.address === 'aws_s3_bucket.this' && /Creation complete/.test(line.message))).toBe(
      true,
    )
    expect(existsSync(ctx.config.terraform.workRoot) ? readdirSync(ctx.config.terraform.workRoot) : []).toEqual([])
    expect(await runStack(ctx, stack, request)).toEqual({ state: 'current', runId: outcome.runId })
  })

  it('refuses a plan whose policy was not compiled, or whose role has no boundary', async () => {
    const strange = await runStack(
      ctx,
      tinyStack('strange', { variables: { ...tinyStack('strange').variables, boundary_arn: null } }),
      request,
    )
    expect(strange).toMatchObject({ state: 'failed', reason: 'not-proved', retry: false })
    expect((await readRunRow(ctx.db, strange.runId))?.plan).toMatchObject({
      checks: expect.arrayContaining([expect.objectContaining({ id: 'boundaries', passed: false })]),
    })
    await expect(role('uais-strange-a')).resolves.toBeUndefined()
  })

  it('is stopped by AWS where its plan goes beyond its session, though the role itself may do it', async () => {
    const sessionPolicy = sessionPolicyFor({ kind: 'project', project: 'fraud' }, params)
    const stack = tinyStack('beyond', { roles: ['uais-fraud-studio', 'uais-pricing-studio'], sessionPolicy })
    const stopped = await runStack(ctx, stack, request)
    expect(stopped).toMatchObject({
      ...{ state: 'failed', reason: 'access-denied', retry: false },
      message: expect.stringMatching(
        /not authorized to perform: iam:CreateRole on resource: .*uais-pricing-studio because no session policy allows/,
      ),
    })
    await expect(role('uais-fraud-studio')).resolves.toBeDefined()
    await expect(role('uais-pricing-studio')).resolves.toBeUndefined()
  })

  it('waits for approval where the owner wants to see every change, and applies exactly that plan', async () => {
    const stack = bareStack('asked', { approval: 'every-change' })
    const waiting = await runStack(ctx, stack, request)
    expect(waiting.state).toBe('waiting')
    expect(await runStack(ctx, stack, request)).toEqual(waiting)
    const kept = await readRunRow(ctx.db, waiting.runId)
    expect(kept).toMatchObject({ phase: 'awaiting-approval', lease_holder: null })
    expect(kept?.plan_file?.includes('terraform_data')).toBe(false)
    await approveRun(ctx.db, waiting.runId, person)
    await expect(approveRun(ctx.db, waiting.runId, person)).rejects.toThrow(/already approved/)
    // What is wanted has changed meanwhile: the approved plan is applied all the same, and the change comes after it.
    const wanted = bareStack('asked', { approval: 'every-change', names: ['a', 'b', 'c'] })
    const outputs = { names: ['a', 'b'] }
    expect(await runStack(ctx, wanted, request)).toMatchObject({ state: 'succeeded', runId: waiting.runId, outputs })
    expect((await runStack(ctx, wanted, request)).state).toBe('waiting')
  })

  it('does nothing after a rejection until someone retries', async () => {
    const stack = bareStack('rejected', { approval: 'every-change' })
    const waiting = await runStack(ctx, stack, request)
    await rejectRun(ctx.db, waiting.runId, person, 'not now')
    expect(await runStack(ctx, stack, request)).toMatchObject({ state: 'failed', reason: 'rejected', retry: false })
    await expect(cancelRun(ctx.db, waiting.runId)).rejects.toThrow(/already ended/)
    await retryRun(ctx.db, waiting.runId)
    expect((await runStack(ctx, stack, request)).state).toBe('waiting')
  })

  it('asks before it destroys what nobody asked to destroy', async () => {
    await runStack(ctx, bareStack('shrinks'), request)
    const shrunk = await runStack(ctx, bareStack('shrinks', { names: ['a'] }), request)
    expect(shrunk.state).toBe('waiting')
    expect((await readRunRow(ctx.db, shrunk.runId))?.plan).toMatchObject({ summary: { destroy: 1 } })
  })

  it('lets one run of a stack live at a time', async () => {
    const stack = bareStack('raced')
    const states = (await Promise.all([runStack(ctx, stack, request), runStack(ctx, stack, request)])).map(
      (one) => one.state,
    )
    expect(states.sort()).toEqual(['busy', 'succeeded'])
  })

  it('stops when a person cancels, keeps what was made and gives the state lock back', async () => {
    const stack = bareStack('cancelled', { seconds: 60 })
    const running = runStack(ctx, stack, request)
    const live = await until(async () => {
      const run = await liveRunOf(ctx.db, stack.key)
      return run?.phase === 'applying' ? run : undefined
    })
    await new Promise((resolve) => setTimeout(resolve, 1500))
    await cancelRun(ctx.db, live.id)
    expect(await running).toMatchObject({ state: 'failed', reason: 'cancelled', retry: false })
    expect((await readRunRow(ctx.db, live.id))?.phase).toBe('cancelled')
    const platform = await ctx.aws.platform()
    expect(await readStateLock(platform, ctx.config.platform.stateBucket, stateKeyOf(stack.key))).toBeUndefined()
  })

  it('does nothing in an account whose owner has paused it, and goes on when the pause ends', async () => {
    const pause = (paused: boolean) => ctx.db.updateTable('account_link').set({ paused }).execute()
    await pause(true)
    const stack = bareStack('paused')
    const stopped = await runStack(ctx, stack, request)
    expect(stopped).toMatchObject({ state: 'failed', reason: 'account-paused', retry: true })
    expect((await readRunRow(ctx.db, stopped.runId))?.apply_started_at).toBeNull()
    await pause(false)
    expect(await runStack(ctx, stack, request)).toMatchObject({ state: 'succeeded', changed: true })
  })

  it('does not repeat a failure that another try cannot cure, until someone retries', async () => {
    const stack = { ...bareStack('fails'), variables: { names: 'not a list' } }
    const first = await runStack(ctx, stack, request)
    expect(first).toMatchObject({ state: 'failed', reason: 'terraform-plan', retry: false })
    expect(await runStack(ctx, stack, request)).toMatchObject({ state: 'failed', runId: first.runId })
    await retryRun(ctx.db, first.runId)
    expect((await runStack(ctx, stack, request)).runId).not.toBe(first.runId)
  })

  it('never acts in an account that is not the target', async () => {
    const stack = { ...bareStack('misled'), targetAccountId: '400000000004' }
    expect(await runStack(ctx, stack, request)).toMatchObject({ state: 'failed', reason: 'account-unreachable' })
  })

  it('destroys what it made, and is then done', async () => {
    await runStack(ctx, bareStack('gone'), request)
    const destroyed = await runStack(ctx, bareStack('gone'), destroy)
    expect(destroyed).toMatchObject({ state: 'succeeded', changed: true })
    expect((await runStack(ctx, bareStack('gone'), destroy)).state).toBe('current')
  })

  it('finds drift and changes nothing', async () => {
    const stack = tinyStack('first')
    const made = await runStack(ctx, stack, request)
    await (await iam()).send(new UpdateRoleDescriptionCommand({ RoleName: 'uais-first-a', Description: 'mine now' }))
    await retryRun(ctx.db, made.runId)
    expect(await runStack(ctx, stack, { ...request, operation: 'drift-check' })).toMatchObject({ state: 'succeeded' })
    const finding = await ctx.db
      .selectFrom('finding')
      .selectAll()
      .where('dedupe_key', '=', 'drift/tiny/first')
      .executeTakeFirst()
    expect(finding).toMatchObject({ type: 'drift', state: 'open' })
    expect(finding?.message).toContain('aws_iam_role.this["uais-first-a"] (update)')
  })
})

async function iam() {
  return new IAMClient({ endpoint: bench.sandboxUrl, region: 'eu-west-1', credentials: await bench.admin() })
}

async function until<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (let tries = 0; tries < 600; tries++) {
    const found = await look()
    if (found) return found
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error('it did not come about in a minute')
}

const role = async (name: string) =>
  (await iam())
    .send(new GetRoleCommand({ RoleName: name }))
    .then((found) => found.Role?.Arn)
    .catch((error: Error) => {
      if (error.name === 'NoSuchEntityException') return undefined
      throw error
    })
