import {
  CreateRoleCommand,
  DeleteRoleCommand,
  IAMClient,
  PutRolePolicyCommand,
  UpdateRoleDescriptionCommand,
} from '@aws-sdk/client-iam'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AccountPlace } from '../../packages/server/src/accounts/stack.ts'
import { takeEvent } from '../../packages/server/src/accounts/take-event.ts'
import { sweepTrail } from '../../packages/server/src/accounts/tamper-sweep.ts'
import { changesSince } from '../../packages/server/src/aws/event-history.ts'
import type { WorkerContext } from '../../packages/server/src/worker-context.ts'
import { account, type Bench, startBench } from './worker/bench.ts'
import { as, attachGuardrails, makeReady } from './worker/guarded-account.ts'

/**
 * IAM tells of its calls in us-east-1 alone, so the account's own event rule in eu-west-1 never sees that someone edits
 * a role of UAIS. The sweep does: real SDK, real sandbox, real database.
 */
let bench: Bench
let ctx: WorkerContext & { end(): Promise<void> }
let place: AccountPlace
let admin: IAMClient

beforeAll(async () => {
  bench = await startBench()
  ctx = await bench.context()
  place = await makeReady(ctx)
  admin = new IAMClient(await as(bench, 'claims', 'admin'))
})
afterAll(async () => {
  await ctx?.end()
  await bench?.stop()
})

const findings = (type: string) => ctx.db.selectFrom('finding').selectAll().where('type', '=', type).execute()
const audit = (region: string) =>
  ctx.aws.enter({
    ...{ awsAccountId: account.awsAccountId, externalId: account.externalId, region },
    ...{ role: 'uais-audit' as const, sourceIdentity: 'uais-events' },
  })
const describeRole = (name: string, text: string) =>
  admin.send(new UpdateRoleDescriptionCommand({ RoleName: name, Description: text }))
const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
})

describe('a change of a role of UAIS', () => {
  it('is told in us-east-1 and nowhere else', async () => {
    await describeRole('uais-audit', 'edited by hand')
    const names = async (region: string) =>
      (await changesSince(await audit(region), 'iam.amazonaws.com', new Date(0), ctx.stopping)).map(
        (event) => event.detail.eventName,
      )
    expect(await names('us-east-1')).toContain('UpdateRoleDescription')
    expect(await names('eu-west-1')).toEqual([])
  })

  it('is a finding with who did it, once, whichever way and however often its event comes', async () => {
    await admin.send(new CreateRoleCommand({ RoleName: 'of-no-concern', AssumeRolePolicyDocument: trust }))
    expect(await sweepTrail(ctx, account.id)).toEqual({ found: expect.any(Number) })
    const [finding, ...others] = await findings('tamper')
    expect(others).toEqual([])
    expect(finding).toMatchObject({
      title: "iam:UpdateRoleDescription changed 'uais-audit' outside UAIS",
      actor: 'arn:aws:iam::300000000003:role/admin',
      state: 'open',
      account_id: account.id,
    })
    const [event] = (
      await changesSince(await audit('us-east-1'), 'iam.amazonaws.com', new Date(0), ctx.stopping)
    ).filter(({ detail }) => detail.eventName === 'UpdateRoleDescription')
    expect(finding!.message).toContain(event!.id)
    await ctx.db.updateTable('finding').set({ state: 'resolved' }).execute()
    // EventBridge gives the event an id of its own; CloudTrail's stays.
    const queued = { ...event!, id: '00000000-0000-4000-8000-0000000000ff' }
    expect(await takeEvent(ctx.db, place, queued)).toBe(false)
    expect(await sweepTrail(ctx, account.id)).toEqual({ found: 0 })
    expect((await findings('tamper')).map(({ state }) => state)).toEqual(['resolved'])
  })

  it('by the platform itself is none', async () => {
    const provision = await ctx.aws.enter({
      ...{ awsAccountId: account.awsAccountId, externalId: account.externalId, region: 'eu-west-1' },
      ...{ role: 'uais-provision' as const, sourceIdentity: 'uais-probe', sessionPolicy: everything },
    })
    await provision
      .client(IAMClient)
      .send(new UpdateRoleDescriptionCommand({ RoleName: 'uais-teardown', Description: 'kept' }))
    expect((await sweepTrail(ctx, account.id)).found).toBeGreaterThan(0)
    expect(await findings('tamper')).toHaveLength(1)
  })
})
const everything = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}'

describe('a call that a guardrail stopped', () => {
  it('names the control: to the owner as a finding, to whom it stopped as a denial', async () => {
    await attachGuardrails(bench, place)
    await expect(admin.send(new DeleteRoleCommand({ RoleName: 'uais-audit' }))).rejects.toThrow(
      /with an explicit deny in a service control policy/,
    )
    await sweepTrail(ctx, account.id)
    expect(await findings('guardrail')).toMatchObject([
      { title: "iam:DeleteRole on 'uais-audit' was stopped by IMM-2", control: 'IMM-2' },
    ])
    expect(await ctx.db.selectFrom('denial').selectAll().execute()).toMatchObject([
      {
        call: 'iam:DeleteRole',
        principal: 'arn:aws:iam::300000000003:role/admin',
        resource: 'arn:aws:iam::300000000003:role/uais/uais-audit',
        control: 'IMM-2',
        sid: 'IMM2ProtectRoles',
        project_id: null,
      },
    ])
  })
})

describe('a sweep that cannot read', () => {
  it('says so as a finding, until it can again', async () => {
    const owner = new IAMClient(await as(bench, 'claims', 'break-glass'))
    const policy = (effect: string) =>
      owner.send(
        new PutRolePolicyCommand({
          ...{ RoleName: 'uais-audit', PolicyName: 'history' },
          PolicyDocument: JSON.stringify({
            Version: '2012-10-17',
            Statement: [{ Effect: effect, Action: 'cloudtrail:LookupEvents', Resource: '*' }],
          }),
        }),
      )
    await policy('Deny')
    await expect(sweepTrail(ctx, account.id)).rejects.toThrow(/not authorized to perform: cloudtrail:LookupEvents/)
    expect(await findings('access')).toMatchObject([
      { title: 'Changes of UAIS’s roles cannot be watched', state: 'open' },
    ])
    await policy('Allow')
    await sweepTrail(ctx, account.id)
    expect((await findings('access')).map(({ state }) => state)).toEqual(['resolved'])
    // The owner's own lever was used meanwhile, and that is told as well.
    expect((await findings('tamper')).map(({ actor }) => actor)).toContain('arn:aws:iam::300000000003:role/break-glass')
  })

  it('leaves a paused account alone', async () => {
    await ctx.db.updateTable('account_link').set({ paused: true }).execute()
    await describeRole('of-no-concern', 'while paused')
    expect(await sweepTrail(ctx, account.id)).toEqual({ found: 0 })
    await ctx.db.updateTable('account_link').set({ paused: false }).execute()
    expect((await sweepTrail(ctx, account.id)).found).toBe(1)
  })
})
