import { randomUUID } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { DeleteObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accountStack, readAccountPlace } from '../../packages/server/src/accounts/stack.ts'
import { finders } from '../../packages/server/src/aws/find/find.ts'
import { runStack } from '../../packages/server/src/runs/execute.ts'
import { stateKeyOf } from '../../packages/server/src/runs/run-directory.ts'
import type { Stack } from '../../packages/server/src/runs/stack.ts'
import { readRunRow } from '../../packages/server/src/runs/store.ts'
import { createTerraformDoor } from '../../packages/server/src/terraform/terraform.ts'
import type { WorkerContext } from '../../packages/server/src/worker-context.ts'
import { account, type Bench, startBench, wantAccount } from './worker/bench.ts'

const request = { operation: 'apply' as const, reason: 'a test', requestedBy: null }
const minutes = 60_000

let bench: Bench
let ctx: WorkerContext & { end(): Promise<void> }
beforeAll(async () => {
  bench = await startBench()
  const opened = await bench.context()
  const sourceDir = fileURLToPath(new URL('../../terraform', import.meta.url))
  ctx = { ...opened, terraform: createTerraformDoor({ ...bench.config.terraform, sourceDir }) }
})
afterAll(async () => {
  await ctx?.end()
  await bench?.stop()
})

describe('the stack of an account whose state is lost altogether', () => {
  it(
    'is taken in again, every resource of it, and nothing is made twice',
    async () => {
      const stack = await stackOfAccount()
      const made = await runStack(ctx, stack, request)
      expect(made).toMatchObject({ state: 'succeeded' })
      const first = await readRunRow(ctx.db, made.runId)
      await loseState(stack)

      const adopted = await runStack(ctx, stack, request)
      const plan = (await readRunRow(ctx.db, adopted.runId))?.plan as Plan
      // An adopted resource that Terraform would replace was not adopted at all.
      expect(plan.changes.filter((change) => change.actions.includes('delete'))).toEqual([])
      expect(adopted).toMatchObject({ state: 'succeeded' })
      // Ids are the same as before: nothing was made anew.
      if (made.state !== 'succeeded' || adopted.state !== 'succeeded') throw new Error('both runs must succeed')
      expect(adopted.outputs).toEqual(made.outputs)
      const types = (which: (change: Plan['changes'][number]) => boolean) =>
        [...new Set(plan.changes.filter(which).map((change) => change.type))].sort()
      const created = types((change) => change.actions.includes('create'))
      expect(created.filter((type) => type in finders)).toEqual([])
      expect(types((change) => change.actions.includes('import')).length).toBeGreaterThan(10)
      expect(plan.changes.length).toBe((first?.plan as Plan | undefined)?.changes.length)
    },
    15 * minutes,
  )
})

interface Plan {
  summary: { add: number; change: number; destroy: number; import: number }
  changes: { type: string; address: string; actions: string[] }[]
}

/** As if the process had died before it could save anything: no state, and a run that broke off in its apply. */
async function loseState(stack: Stack): Promise<void> {
  const platform = await ctx.aws.platform()
  const Key = stateKeyOf(stack.key)
  await platform.client(S3Client).send(new DeleteObjectCommand({ Bucket: ctx.config.platform.stateBucket, Key }))
  await ctx.db
    .insertInto('run')
    .values({
      id: randomUUID(),
      stack_kind: stack.kind,
      stack_key: stack.key,
      resource_id: stack.resource.id,
      generation: 1,
      operation: 'apply',
      reason: 'a test',
      phase: 'lost',
      aws_account_id: account.awsAccountId,
      apply_started_at: new Date(),
      ended_at: new Date(),
    })
    .execute()
}

async function stackOfAccount(): Promise<Stack> {
  await wantAccount(ctx.db)
  const place = await readAccountPlace(ctx.db, ctx.config, account.id)
  if (!place) throw new Error('the account is not in the database')
  return accountStack(place)
}
