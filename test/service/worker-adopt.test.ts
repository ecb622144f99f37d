import { randomUUID } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { DeleteObjectCommand, S3Client } from '@aws-sdk/client-s3'
import type { DataSource, Deployment, ModelVersion } from '@uais/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { reconcileAccount } from '../../packages/server/src/accounts/reconcile.ts'
import { accountStack, organizationStack, readAccountPlace } from '../../packages/server/src/accounts/stack.ts'
import { finders } from '../../packages/server/src/aws/find/find.ts'
import { bucketFault } from '../../packages/server/src/data-sources/bucket-fault.ts'
import { reconcileDataSource } from '../../packages/server/src/data-sources/reconcile.ts'
import { dataSourceStack } from '../../packages/server/src/data-sources/stack.ts'
import { endpointStack } from '../../packages/server/src/deployments/stack.ts'
import { reconcileProject } from '../../packages/server/src/projects/reconcile.ts'
import { type ProjectPlace, projectStack, readProjectPlace } from '../../packages/server/src/projects/stack.ts'
import { readResource, tombstone } from '../../packages/server/src/resources/store.ts'
import { runStack } from '../../packages/server/src/runs/execute.ts'
import { stateKeyOf } from '../../packages/server/src/runs/run-directory.ts'
import type { Stack } from '../../packages/server/src/runs/stack.ts'
import { readRunRow } from '../../packages/server/src/runs/store.ts'
import { createTerraformDoor } from '../../packages/server/src/terraform/terraform.ts'
import type { WorkerContext } from '../../packages/server/src/worker-context.ts'
import { account, type Bench, startBench, wantAccount } from './worker/bench.ts'
import {
  makeBucket,
  onboardAsOwner,
  wantEndpoint,
  wantFolder,
  wantProject,
  wantUploads,
} from './worker/owner-account.ts'

const request = { operation: 'apply' as const, reason: 'a test' }
const minutes = 60_000
const kinds = ['account', 'organization', 'project', 'data-source', 'endpoint'] as const
type StackKind = (typeof kinds)[number]

/**
 * Every stack as the platform makes it: in an account with the real bootstrap, in sessions narrowed to the stack. Then its
 * state is thrown away, as if a worker had died before Terraform could save it, and the stack is run again.
 */
let bench: Bench
let ctx: WorkerContext & { end(): Promise<void> }
let project: { id: string; name: string }
let uploads: DataSource
let endpoint: { deployment: Deployment; version: ModelVersion }
/** What AWS does not tell of a thing, and what an import therefore leaves to the first apply to say once more. */
const unreadable: Record<StackKind, string[]> = {
  account: ['bypass_policy_lockout_safety_check', 'deletion_window_in_days'].map(
    (name) => `module.key[0].aws_kms_key.this ${name}`,
  ),
  ...{ organization: [], project: [], 'data-source': [], endpoint: [] },
}
/** Everything that an owner may agree to and that is built. Nobody listens where the events go. */
const rules = {
  budgetStop: { emails: ['owner@uais.example'] },
  egressProxy: { cidr: '10.60.15.0/28', port: 3128 },
  privateLinkServices: ['com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdef0'],
  splunk: { url: 'https://127.0.0.1:1', index: 'aws', secret: 'security/splunk-hec' },
}
/** Types of what was taken in again, over all stacks. */
const imported = new Set<string>()

beforeAll(async () => {
  bench = await startBench('none')
  const opened = await bench.context()
  const sourceDir = fileURLToPath(new URL('../../terraform', import.meta.url))
  ctx = { ...opened, terraform: createTerraformDoor({ ...bench.config.terraform, sourceDir }) }
})
afterAll(async () => {
  await ctx?.end()
  await bench?.stop()
})

const atFirst: Record<StackKind, () => Promise<void>> = {
  account: async () => {
    await onboardAsOwner(bench, ctx, rules)
    await reconcileAccount(ctx, account.id)
  },
  // Made by the account's reconcile, after it.
  organization: async () => undefined,
  project: async () => {
    project = await wantProject(ctx, 'fraud')
    await reconcileProject(ctx, project.id)
  },
  'data-source': async () => {
    uploads = await wantUploads(ctx, project.id)
    await runStack(ctx, await stackOf('data-source'), request)
  },
  endpoint: async () => {
    endpoint = await wantEndpoint(bench, ctx, project)
    await runStack(ctx, await stackOf('endpoint'), request)
  },
}

describe.each(kinds)('the stack %s whose state is lost altogether', (kind) => {
  it('is made', { timeout: 5 * minutes }, async () => {
    await atFirst[kind]()
    const run = await lastRun(kind)
    expect(run.error?.message).toBeUndefined()
    expect(run).toMatchObject({ phase: 'succeeded', operation: 'apply' })
  })

  it('is taken in again, every resource of it, and nothing is made twice', { timeout: 5 * minutes }, async () => {
    const stack = await stackOf(kind)
    const first = await lastRun(kind)
    await loseState(stack)
    expect(await runStack(ctx, stack, request)).toMatchObject({ state: 'succeeded' })
    const second = await lastRun(kind)
    expect(second.id).not.toBe(first.id)
    const { changes, summary } = second.plan
    // An adopted resource that Terraform would replace was not adopted at all.
    expect(summary.destroy).toBe(0)
    expect(changes.map((change) => change.address).sort()).toEqual(first.plan.changes.map((one) => one.address).sort())
    expect(changes.filter((one) => one.actions.includes('create') && one.type in finders)).toEqual([])
    const updated = changes.filter((one) => one.actions.includes('update'))
    expect(updated.flatMap((one) => one.attributes.map(({ name }) => `${one.address} ${name}`))).toEqual(
      unreadable[kind],
    )
    for (const change of changes) if (change.actions.includes('import')) imported.add(change.type)
  })
})

it('the adopted account is as if it had never been lost: nothing is left to change', {
  timeout: 5 * minutes,
}, async () => {
  const stack = await stackOf('account')
  await ctx.db.updateTable('run').set({ input_sha256: null }).where('stack_key', '=', stack.key).execute()
  expect(await runStack(ctx, stack, request)).toMatchObject({ state: 'succeeded', changed: false })
})

it('data in a bucket that is not there, or elsewhere, waits for its owner and says why', async () => {
  const missing = await wantFolder(ctx, project.id, 'claims-history')
  const waits = async () => {
    expect(await reconcileDataSource(ctx, missing.id)).toEqual({ seconds: 60 })
    const { status } = (await readResource(ctx.db, 'DataSource', missing.id))!
    expect(status).toMatchObject({ phase: 'Waiting', conditions: [{ reason: 'BucketNotThere' }] })
    return status.conditions[0]!.message
  }
  expect(await waits()).toContain("There is no bucket 'claims-history'")
  await makeBucket(bench, 'claims-history', 'eu-central-1')
  expect(await waits()).toContain('is in eu-central-1, and this account works in eu-west-1 only')
  await makeBucket(bench, 'claims-archive', 'eu-west-1')
  const place = (await readProjectPlace(ctx.db, ctx.config, project.id))!
  const spec = { ...missing.spec, bucket: 'claims-archive' }
  expect(await bucketFault(ctx, place, { ...missing, spec } as DataSource)).toBeUndefined()
  await tombstone(ctx.db, 'DataSource', missing.id)
})

it('what the owner agrees to anew reaches account and project, though guardrails that stand would refuse it', {
  timeout: 5 * minutes,
}, async () => {
  const more = {
    ...rules,
    approvedInstanceTypes: ['ml.m5.large', 'ml.c5.4xlarge'],
    privateLinkServices: [...rules.privateLinkServices, 'com.amazonaws.vpce.eu-west-1.vpce-svc-0fedcba9876543210'],
  }
  await wantAccount(ctx.db, { managementAccountId: '100000000001', targetId: account.awsAccountId }, more)
  await ctx.db.updateTable('resource').set({ generation: 2 }).where('id', '=', account.id).execute()
  expect(await reconcileProject(ctx, project.id)).toEqual({ seconds: 10 })
  expect(await reconcileAccount(ctx, account.id)).toBeUndefined()
  for (const kind of ['organization', 'account'] as const) expect((await lastRun(kind)).error).toBeNull()
  expect(await reconcileProject(ctx, project.id)).toBeUndefined()
  const { plan } = await lastRun('account')
  expect(plan.changes.map(({ address, actions }) => [address, actions])).toContainEqual([
    `module.network[0].aws_vpc_endpoint.link["${more.privateLinkServices[1]}"]`,
    ['create'],
  ])
  for (const kind of ['organization', 'account', 'project'] as const)
    expect(await lastRun(kind)).toMatchObject({ phase: 'succeeded', plan: { summary: { destroy: 0 } } })
})

it('every finder has found something', () => {
  expect([...imported].sort()).toEqual(Object.keys(finders).sort())
})

interface Run {
  id: string
  phase: string
  operation: string
  error: { message: string } | null
  plan: {
    summary: { add: number; change: number; destroy: number; import: number }
    changes: { type: string; address: string; actions: string[]; attributes: { name: string }[] }[]
  }
}

async function lastRun(kind: StackKind): Promise<Run> {
  const { id } = await ctx.db
    .selectFrom('run')
    .select('id')
    .where('stack_kind', '=', kind)
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow()
  return (await readRunRow(ctx.db, id)) as unknown as Run
}

async function stackOf(kind: StackKind): Promise<Stack> {
  if (kind === 'account' || kind === 'organization') {
    const place = await readAccountPlace(ctx.db, ctx.config, account.id)
    if (!place) throw new Error('the account is not in the database')
    return kind === 'account' ? accountStack(place) : organizationStack(place)
  }
  const place = (await readProjectPlace(ctx.db, ctx.config, project.id)) as ProjectPlace
  if (kind === 'project') return projectStack(place)
  return kind === 'data-source'
    ? dataSourceStack(place, uploads)
    : endpointStack(place, endpoint.deployment, endpoint.version)
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
