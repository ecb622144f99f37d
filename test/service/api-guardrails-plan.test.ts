import { randomUUID } from 'node:crypto'
import type { Plan } from '@uais/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { organizationStack } from '../../packages/server/src/accounts/stack.ts'
import { reconcileProject } from '../../packages/server/src/projects/reconcile.ts'
import { readProjectPlace } from '../../packages/server/src/projects/stack.ts'
import { firstStatus } from '../../packages/server/src/resources/resource.ts'
import { insertResource, readResource } from '../../packages/server/src/resources/store.ts'
import { provePlan } from '../../packages/server/src/runs/prove/prove-plan.ts'
import { stands } from '../../packages/server/src/runs/reconciling.ts'
import type { Stack } from '../../packages/server/src/runs/stack.ts'
import type { PlanJson } from '../../packages/server/src/terraform/plan-json.ts'
import type { WorkerContext } from '../../packages/server/src/worker-context.ts'
import { account, type Bench, startBench } from './worker/bench.ts'
import { makeReady, placeOf } from './worker/guarded-account.ts'
import { wantProject } from './worker/owner-account.ts'

/** A plan is proved before it is applied: what breaks a promise blocks it, unless an exception covers exactly that. */
let bench: Bench
let ctx: WorkerContext & { end(): Promise<void> }
let stack: Stack

beforeAll(async () => {
  bench = await startBench()
  ctx = await bench.context()
  await makeReady(ctx)
  stack = organizationStack(await placeOf(ctx))
})
afterAll(async () => {
  await ctx?.end()
  await bench?.stop()
})

/** The plan that Terraform would show for the stack's documents. */
const planOf = ({ policies }: Stack): PlanJson => ({
  format_version: '1.2',
  resource_changes: Object.entries(policies).map(([name, content]) => ({
    ...{
      address: `aws_organizations_policy.this["${name}"]`,
      mode: 'managed',
      type: 'aws_organizations_policy',
      name: 'this',
    },
    change: { actions: ['create'], before: null, after: { content } },
  })),
})
/** The same stack, without the statements whose Sid begins so. */
const without = (sid: string): Stack => ({
  ...stack,
  policies: Object.fromEntries(
    Object.entries(stack.policies).map(([name, text]) => {
      const policy = JSON.parse(text) as { Statement: { Sid: string }[] }
      return [
        name,
        JSON.stringify({ ...policy, Statement: policy.Statement.filter(({ Sid }) => !Sid.startsWith(sid)) }),
      ]
    }),
  ),
})
const check = (checks: Plan['checks'], id: string) => checks.find((one) => one.id === id)
const failedControls = (checks: Plan['checks']) =>
  new Set(checks.filter(({ id, passed }) => !passed && id.startsWith('proof/')).map(({ title }) => title.split(':')[0]))

describe('the plan of the guardrails', () => {
  it('as compiled breaks no promise, and what was proved is kept', async () => {
    const checks = await provePlan(ctx, stack, planOf(stack))
    expect(failedControls(checks)).toEqual(new Set())
    expect(check(checks, 'left-out')?.passed).toBe(true)
    expect(check(checks, 'proof')).toMatchObject({
      passed: true,
      message: expect.stringMatching(/^(\d+) of \1 promises are proved for \d+ principals/),
    })
    const kept = await ctx.db.selectFrom('guardrail_proofs').selectAll().where('basis', '=', 'planned').execute()
    expect(kept.length).toBeGreaterThan(50)
    expect(kept[0]).toMatchObject({ account_id: account.id, stack_key: 'organization/claims', verdict: 'proved' })
  })

  it('that leaves a compiled document out is blocked by that', async () => {
    const plan = planOf(stack)
    const checks = await provePlan(ctx, stack, { ...plan, resource_changes: plan.resource_changes?.slice(1) })
    expect(check(checks, 'left-out')).toMatchObject({ passed: false, message: 'The plan leaves out: guardrails-1.' })
  })

  it('that lets the account leave its organization is blocked, with the request that would do it', async () => {
    const weak = without('ORG1')
    const checks = await provePlan(ctx, weak, planOf(weak))
    expect(check(checks, 'proof')?.passed).toBe(false)
    const broken = checks.find(({ id }) => id.startsWith('proof/ORG-1/'))
    expect(broken).toMatchObject({
      passed: false,
      counterexample: { sentence: broken?.message },
    })
    expect(['organizations:LeaveOrganization', 'account:CloseAccount']).toContain(broken?.counterexample?.action)
    expect(broken?.counterexample?.principal).toMatch(/^arn:aws:iam::300000000003:/)
  })

  it('passes while an exception covers exactly what is broken, and no longer', async () => {
    const weak = without('ORG1')
    const prove = () => provePlan(ctx, weak, planOf(weak))
    const ofOrg = async () => failedControls(await prove()).has('ORG-1')
    const other = await except('NET-1', 1)
    expect(await ofOrg()).toBe(true)
    const id = await except('ORG-1', 1)
    const checks = await prove()
    expect(failedControls(checks).has('ORG-1')).toBe(false)
    expect(checks.find((one) => one.id.startsWith('proof/ORG-1/'))).toMatchObject({ passed: true, exceptionId: id })
    await ctx.db.deleteFrom('guardrail_proofs').execute()
    await ctx.db.deleteFrom('resource').where('id', 'in', [id, other]).execute()
    await except('ORG-1', -1)
    expect(await ofOrg()).toBe(true)
  })
})

/** An approved exception of the whole account that ends in so many hours. */
async function except(control: string, hours: number): Promise<string> {
  const owner = { oid: randomUUID(), name: 'Owen', userPrincipalName: 'owen@uais.example' }
  const made = await insertResource(ctx.db, {
    ...{ kind: 'Exception', name: `${control.toLowerCase()}-${randomUUID().slice(0, 8)}` },
    ...{ accountId: account.id, projectId: null, createdBy: null },
    spec: {
      ...{ control, invariant: null, principal: null, reason: 'For a test of plans.', requestedBy: owner },
      expiresAt: new Date(Date.now() + hours * 3_600_000).toISOString(),
    },
    status: firstStatus<'Exception'>(
      { decision: 'approved', decidedBy: owner, decidedAt: new Date().toISOString(), comment: '' },
      'Ready',
    ),
  })
  return made.id
}

it('waits while the account is being changed: the rules it would be judged by are not in force yet', async () => {
  const change = async (patch: object, generation: number) => {
    const { status } = (await readResource(ctx.db, 'Account', account.id))!
    const changed = { ...status, outputs: { ...status.outputs, ...patch } }
    const row = { generation, status: JSON.stringify(changed) }
    await ctx.db.updateTable('resource').set(row).where('id', '=', account.id).execute()
  }
  const outputs = { vpcId: 'vpc-1', subnetIds: ['subnet-1'], securityGroupIds: ['sg-1'], keyArn: 'arn:aws:kms:key' }
  await change(outputs, 1)
  const { id } = await wantProject(ctx, 'fraud')
  const { account: before } = (await readProjectPlace(ctx.db, ctx.config, id))!
  expect(stands(before)).toBe(true)
  await change({}, 2)
  expect(await reconcileProject(ctx, id)).toEqual({ seconds: 10 })
  expect(await readResource(ctx.db, 'Project', id)).toMatchObject({ status: { phase: 'Waiting' } })
  const runs = await ctx.db.selectFrom('run').select('id').where('resource_id', '=', id).execute()
  expect(runs).toEqual([])
})
