import { groupId, oid } from '@uais/sandbox'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { covering, exceptionsInForce } from '../../packages/server/src/exceptions/covering.ts'
import { sweepExceptions } from '../../packages/server/src/exceptions/expire.ts'
import type { WorkerContext } from '../../packages/server/src/worker-context.ts'
import { type ApiStack, furnish, startApiStack } from './api-stack.ts'
import { configFor, openContext } from './worker/bench.ts'

/** Asked for by who runs into a control, granted by who it protects, and gone when its time is. */
let stack: ApiStack
let day: Awaited<ReturnType<typeof furnish>>
let ctx: WorkerContext & { end(): Promise<void> }

beforeAll(async () => {
  stack = await startApiStack()
  day = await furnish(stack)
  ctx = await openContext(configFor('/nowhere', stack.stack.urls.aws, databaseUrl()))
})
afterAll(async () => {
  await ctx?.end()
  await stack?.stop()
})
const databaseUrl = () => String(stack.pool.options.connectionString)

const days = (count: number) => new Date(Date.now() + count * 86_400_000).toISOString()
const asked = (change: object = {}) => ({
  control: 'NET-1',
  reason: 'The fraud team tries a public base image for one week.',
  expiresAt: days(7),
  ...change,
})
const inProject = (change: object = {}) =>
  day.lena.client.call('exceptions.create-in-project', { params: { id: day.project.id }, body: asked(change) })
const decide = (who: { client: typeof day.owen.client }, what: 'approve' | 'reject' | 'revoke', id: string) =>
  who.client.call(`exceptions.${what}`, { params: { id }, body: { comment: 'Seen.' } })

describe('an exception', () => {
  it('is asked for by the lead, granted by the owner, ended by the lead; each is in the audit trail', async () => {
    const made = await inProject({ invariant: 'NET-1/subnets' })
    expect(made).toMatchObject({
      kind: 'Exception',
      name: expect.stringMatching(/^net-1-[0-9a-f]{8}$/),
      accountId: day.account.id,
      projectId: day.project.id,
      spec: { control: 'NET-1', invariant: 'NET-1/subnets', principal: null, requestedBy: { oid: oid('lena') } },
      status: { phase: 'Waiting', outputs: { decision: 'requested', decidedBy: null } },
    })
    expect(await exceptionsInForce(ctx.db, day.account.id)).toEqual([])
    const granted = await decide(day.owen, 'approve', made.id)
    expect(granted.status.outputs).toMatchObject({ decision: 'approved', decidedBy: { oid: oid('owen') } })
    expect((await exceptionsInForce(ctx.db, day.account.id)).map(({ id }) => id)).toEqual([made.id])
    await expect(decide(day.owen, 'approve', made.id)).rejects.toMatchObject({ code: 'conflict' })
    await expect(decide(day.owen, 'reject', made.id)).rejects.toThrow(/already approved/)
    expect((await decide(day.lena, 'revoke', made.id)).status.outputs.decision).toBe('revoked')
    await expect(decide(day.owen, 'approve', made.id)).rejects.toThrow(/already revoked/)
    expect(await exceptionsInForce(ctx.db, day.account.id)).toEqual([])
    const { rows } = await stack.pool.query(
      `select action, outcome, actor ->> 'oid' as oid from audit where subject ->> 'id' = $1 order by id`,
      [made.id],
    )
    expect(rows).toEqual([
      { action: 'RequestException', outcome: 'done', oid: oid('lena') },
      { action: 'DecideException', outcome: 'done', oid: oid('owen') },
      { action: 'RevokeException', outcome: 'done', oid: oid('lena') },
    ])
  })

  it('is never granted by who asked for it, though an owner', async () => {
    const owners = groupId('claims-data-owners')
    stack.stack.entra.directory.setMember(owners, oid('ada'), true)
    const made = await day.ada.client.call('exceptions.create', { params: { id: day.account.id }, body: asked() })
    const answer = await day.ada.fetch(`/api/v1/exceptions/${made.id}/approve`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    })
    expect(answer.status).toBe(403)
    expect(await answer.json()).toMatchObject({ detail: expect.stringContaining('another owner of the account must') })
    stack.stack.entra.directory.setMember(owners, oid('ada'), false)
    expect((await decide(day.owen, 'reject', made.id)).status.outputs).toMatchObject({
      decision: 'rejected',
      comment: 'Seen.',
    })
  })

  it('is seen by owner, lead and members of its project; one of the whole account by its owner', async () => {
    const wide = await day.ada.client.call('exceptions.create', { params: { id: day.account.id }, body: asked() })
    const narrow = await inProject()
    const seen = async (name: string) =>
      (await (await stack.as(name)).client.call('exceptions.list', { query: { limit: 100 } })).items.map(({ id }) => id)
    expect(await seen('owen')).toEqual(expect.arrayContaining([wide.id, narrow.id]))
    expect(await seen('sam')).toContain(narrow.id)
    expect(await seen('sam')).not.toContain(wide.id)
    const guardrails = await day.owen.client.call('accounts.guardrails', {
      params: { id: day.account.id },
      query: { limit: 100 },
    })
    expect(guardrails.items.find(({ id }) => id === 'NET-1')?.exceptions.map(({ id }) => id)).toEqual([
      narrow.id,
      wide.id,
    ])
    await decide(day.owen, 'reject', wide.id)
    await decide(day.owen, 'reject', narrow.id)
  })
})

describe('the time of an exception', () => {
  it('ends it by itself, whether or not the sweep has come by; the sweep writes it down', async () => {
    const made = await inProject({ principal: null })
    await decide(day.owen, 'approve', made.id)
    await stack.pool.query(
      `update resource set spec = jsonb_set(spec, '{expiresAt}', to_jsonb($2::text)) where id = $1`,
      [made.id, days(-1)],
    )
    expect(await exceptionsInForce(ctx.db, day.account.id)).toEqual([])
    await sweepExceptions(ctx)
    await sweepExceptions(ctx)
    const read = await day.lena.client.call('exceptions.read', { params: { id: made.id } })
    expect(read.status.outputs).toMatchObject({ decision: 'expired', decidedBy: { oid: oid('owen') } })
    const { rows } = await stack.pool.query(
      `select count(*)::int as n from audit where action = 'ExpireException' and subject ->> 'id' = $1`,
      [made.id],
    )
    expect(rows[0].n).toBe(1)
    const jobs = await stack.pool.query(`select key from graphile_worker.jobs where task_identifier = 'prove-account'`)
    expect(jobs.rows.map(({ key }) => key)).toEqual([`prove/${day.account.id}`])
  })

  it('cannot be granted once it is over', async () => {
    const made = await inProject()
    await stack.pool.query(
      `update resource set spec = jsonb_set(spec, '{expiresAt}', to_jsonb($2::text)) where id = $1`,
      [made.id, days(-1)],
    )
    await expect(decide(day.owen, 'approve', made.id)).rejects.toThrow(/its time ran out/)
  })
})

describe('what an exception covers', () => {
  const studio = 'arn:aws:iam::300000000003:role/uais/projects/uais-fraud-studio'
  const admin = 'arn:aws:iam::300000000003:role/admin'
  const request = (principal: string) => ({ principal, action: 'sagemaker:CreateApp', resource: '*', context: {} })
  const failure = (change: object = {}) => ({
    ...{ control: 'NET-1', invariant: 'NET-1/subnets', verdict: 'disproved' as const, projectId: day.project.id },
    counterexample: { ...request(studio), steps: [] },
    ...change,
  })

  it('is its control, promise, project and principal, and nothing beside them', async () => {
    const made = await inProject({ invariant: 'NET-1/subnets', principal: studio })
    await decide(day.owen, 'approve', made.id)
    const inForce = await exceptionsInForce(ctx.db, day.account.id)
    const covers = (change: object = {}) => covering(inForce, failure(change))?.id
    expect(covers()).toBe(made.id)
    expect(covers({ control: 'NET-2', invariant: 'NET-2/groups' })).toBeUndefined()
    expect(covers({ invariant: 'NET-1/other' })).toBeUndefined()
    expect(covers({ projectId: null })).toBeUndefined()
    expect(covers({ counterexample: { ...request(admin), steps: [] } })).toBeUndefined()
    // By way of another's act it is not the principal's own any more.
    expect(covers({ counterexample: { ...request(studio), steps: [request(admin)] } })).toBeUndefined()
    // What cannot be decided has no principal that it could be limited to.
    expect(covers({ verdict: 'unknown', counterexample: undefined })).toBeUndefined()
    await decide(day.owen, 'revoke', made.id)
  })

  it('of a whole account are its projects too', async () => {
    const made = await day.ada.client.call('exceptions.create', { params: { id: day.account.id }, body: asked() })
    await decide(day.owen, 'approve', made.id)
    const inForce = await exceptionsInForce(ctx.db, day.account.id)
    expect(covering(inForce, failure({ verdict: 'unknown', counterexample: undefined }))?.id).toBe(made.id)
    expect(covering(inForce, failure({ projectId: null }))?.id).toBe(made.id)
  })
})

describe('a wrong request', () => {
  it.each([
    ['no such control', { control: 'NET-99' }, /no control 'NET-99'/],
    ['no control at all', { control: 'everything' }, /control/],
    ['a promise of another control', { invariant: 'IMM-1/tamper' }, /not a promise of NET-1/],
    ['a pattern of principals', { principal: 'arn:aws:iam::300000000003:role/*' }, /principal/],
    ['a principal of another account', { principal: 'arn:aws:iam::400000000004:role/x' }, /must be of account/],
    [
      'a role that is not the project’s',
      { principal: 'arn:aws:iam::300000000003:role/admin' },
      /not a role of project/,
    ],
    ['no reason', { reason: 'because' }, /reason/],
    ['a time that has passed', { expiresAt: '2020-01-01T00:00:00Z' }, /must be in the future/],
    ['a time too far away', { expiresAt: days(91) }, /at most 90 days/],
    ['no time', { expiresAt: 'tomorrow' }, /expiresAt/],
    ['a member that nobody knows', { forever: true }, /forever/],
  ])('with %s makes nothing', async (_what, change, complaint) => {
    const count = async () => (await stack.pool.query(`select 1 from resource where kind = 'Exception'`)).rowCount
    const before = await count()
    const answer = await day.lena.fetch(`/api/v1/projects/${day.project.id}/exceptions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(asked(change)),
    })
    expect(answer.status).toBe(400)
    expect(JSON.stringify(await answer.json())).toMatch(complaint)
    expect(await count()).toBe(before)
  })
})
