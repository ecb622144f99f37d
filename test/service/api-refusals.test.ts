import { type Api, api, type RouteName } from '@uais/contract'
import { groupId, oid } from '@uais/sandbox'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ApiStack, accountSpec, answers, furnish, projectSpec, startApiStack } from './api-stack.ts'

/**
 * For every route: who calls without a session, and who lacks the role. `people` names somebody without the role and what
 * must come back: a status, or `empty` for a list that shows nothing.
 */
type Refusal = number | 'empty' | 'open'
const strangers: { [Name in RouteName]: Record<string, Refusal> } = {
  // Every signed-in person may know who they are, and read what is the same for all.
  'session.read': { nora: 'open' },
  'session.end': { nora: 'open' },
  'guardrails.list': { nora: 'open' },
  'review-form.read': { nora: 'open' },
  'review-form.version': { nora: 'open' },
  'deployment-configurations.list': { nora: 'open' },
  'directory.groups': { nora: 403, sam: 403, rita: 403 },
  'directory.users': { nora: 403, sam: 403 },
  'accounts.list': { nora: 'empty', tess: 'empty', rita: 'empty' },
  'accounts.create': { nora: 403, owen: 403, lena: 403, aldo: 403 },
  'accounts.read': { nora: 404, tess: 404, rita: 404 },
  'accounts.delete': { nora: 404, tess: 404, lena: 403, aldo: 403 },
  'accounts.bootstrap': { nora: 404, tess: 404, lena: 403 },
  // The owner decides what was agreed: not an administrator.
  'accounts.update': { nora: 404, tess: 404, ada: 403, lena: 403, aldo: 403 },
  'accounts.probe': { nora: 404, lena: 403, aldo: 403 },
  'accounts.provision': { nora: 404, lena: 403, aldo: 403 },
  'accounts.pause': { nora: 404, lena: 403, aldo: 403 },
  'accounts.resume': { nora: 404, lena: 403, aldo: 403 },
  'accounts.guardrails': { nora: 404, tess: 404 },
  'accounts.guardrail-documents': { nora: 404, tess: 404 },
  'accounts.what-if': { nora: 404, tess: 404, lena: 403, sam: 403 },
  'accounts.prove': { nora: 404, lena: 403, aldo: 403 },
  'accounts.proof': { nora: 404, lena: 403, sam: 403 },
  // Every role of an account is read with its owner's consent only.
  'accounts.start-proof': { nora: 404, lena: 403, aldo: 403, ada: 403 },
  'accounts.denials': { nora: 404, lena: 403, sam: 403 },
  'accounts.exceptions': { nora: 404, tess: 404 },
  'projects.denials': { nora: 404, tess: 404, rita: 404 },
  'exceptions.list': { nora: 'empty', tess: 'empty', rita: 'empty' },
  'exceptions.create': { nora: 404, owen: 403, lena: 403, sam: 403, aldo: 403 },
  'exceptions.create-in-project': { nora: 404, owen: 403, sam: 403, vic: 403, aldo: 403 },
  'exceptions.read': { nora: 404, tess: 404, rita: 404 },
  // Only the owner grants: not an administrator, and never the one who asked.
  'exceptions.approve': { nora: 404, tess: 404, ada: 403, lena: 403, sam: 403, aldo: 403 },
  'exceptions.reject': { nora: 404, ada: 403, lena: 403, sam: 403 },
  'exceptions.revoke': { nora: 404, sam: 403, vic: 403, aldo: 403 },
  'projects.list': { nora: 'empty', tess: 'empty', rita: 'empty' },
  'projects.create': { nora: 404, tess: 404, lena: 403, sam: 403, aldo: 403 },
  'projects.read': { nora: 404, tess: 404, rita: 404 },
  'projects.update': { nora: 404, sam: 403, vic: 403, aldo: 403 },
  'projects.delete': { nora: 404, lena: 403, sam: 403, aldo: 403 },
  'projects.members': { nora: 404, rita: 404 },
  'projects.activity': { nora: 404 },
  'projects.lineage': { nora: 404 },
  'workspaces.list': { nora: 404 },
  'workspaces.create': { nora: 404, vic: 403, owen: 403, ada: 403 },
  'workspaces.read': { nora: 404, tess: 404 },
  // Nobody opens another person's workspace: not the lead, not the owner, not an administrator.
  'workspaces.open': { nora: 404, priya: 403, lena: 403, owen: 403, ada: 403 },
  'workspaces.delete': { nora: 404, priya: 403, vic: 403, aldo: 403 },
  'data-sources.list': { nora: 404 },
  'data-sources.create': { nora: 404, vic: 403, ada: 403 },
  'data-sources.read': { nora: 404, rita: 404 },
  'data-sources.objects': { nora: 404 },
  'data-sources.upload': { nora: 404, vic: 403, owen: 403, ada: 403 },
  'data-sources.delete': { nora: 404, sam: 403, vic: 403 },
  'models.list': { nora: 404, rita: 404 },
  'models.sweep': { nora: 404 },
  'model-versions.list': { nora: 404, rita: 404 },
  'model-versions.read': { nora: 404, tess: 404 },
  'reviews.list': { nora: 'empty', tess: 'empty' },
  'reviews.create': { nora: 404, vic: 403, rita: 403, owen: 403, ada: 403 },
  'reviews.read': { nora: 404, tess: 404 },
  'reviews.sign-off': { nora: 404, sam: 403, lena: 403, owen: 403, ada: 403, aldo: 403 },
  'reviews.withdraw': { nora: 404, priya: 403, rita: 403, ada: 403 },
  'deployments.list': { nora: 404 },
  'deployments.create': { nora: 404, sam: 403, vic: 403, owen: 403, ada: 403, rita: 404 },
  'deployments.read': { nora: 404, rita: 404 },
  'deployments.delete': { nora: 404, sam: 403, vic: 403 },
  'runs.list': { nora: 'empty', tess: 'empty', rita: 'empty' },
  'runs.read': { nora: 404, tess: 404, rita: 404 },
  'runs.log': { nora: 404 },
  'runs.events': { nora: 404 },
  'runs.approve': { nora: 404, lena: 403, ada: 403, aldo: 403 },
  'runs.reject': { nora: 404, lena: 403, ada: 403 },
  'runs.cancel': { nora: 404, sam: 403, aldo: 403 },
  'runs.retry': { nora: 404, sam: 403, aldo: 403 },
  'findings.list': { nora: 'empty', lena: 'empty' },
  'audit.list': { nora: 403, lena: 403, sam: 403, rita: 403 },
}

let stack: ApiStack
let ids: Record<string, string>

beforeAll(async () => {
  stack = await startApiStack()
  const { account, project, workspace, data, version, sam, lena } = await furnish(stack)
  const review = await sam.client.call('reviews.create', { params: { id: version }, body: { answers } })
  await approve(review.id)
  const deployment = await lena.client.call('deployments.create', {
    params: { id: project.id },
    body: { name: 'scores', spec: { modelVersionId: version, environment: 'test', instanceType: 'ml.m5.large' } },
  })
  const exception = await lena.client.call('exceptions.create-in-project', {
    params: { id: project.id },
    body: exceptionBody(),
  })
  const run = crypto.randomUUID()
  await stack.pool.query(
    `insert into run (id, stack_kind, stack_key, resource_id, generation, operation, reason, phase, aws_account_id)
     values ($1, 'project', 'project/claims/fraud', $2, 1, 'apply', 'test', 'awaiting-approval', '300000000003')`,
    [run, project.id],
  )
  await stack.pool.query(
    `insert into finding (id, type, title, message, remedy, account_id, dedupe_key)
     values ($1, 'drift', 'Drift', 'Something differs', 'Reconcile', $2, 'x')`,
    [crypto.randomUUID(), account.id],
  )
  ids = {
    ...{ accounts: account.id, projects: project.id, workspaces: workspace.id, 'data-sources': data.id },
    ...{ 'model-versions': version, reviews: review.id, deployments: deployment.id, runs: run },
    exceptions: exception.id,
  }
})
afterAll(() => stack.stop())

const exceptionBody = () => ({
  control: 'NET-1',
  reason: 'The fraud team tries a public base image for one week.',
  expiresAt: new Date(Date.now() + 7 * 86_400_000).toISOString(),
})

const approve = async (id: string) => {
  for (const name of ['rita', 'ravi'])
    await (await stack.as(name)).client.call('reviews.sign-off', {
      params: { id },
      body: { decision: 'approve', comment: 'Evidence checked.' },
    })
}

/** A body that is right, so that a refusal is never mere bad input. */
const bodies = (): Partial<Record<RouteName, object>> => ({
  'accounts.create': { name: 'trials', spec: { ...accountSpec, awsAccountId: '400000000004' } },
  'accounts.what-if': { documents: { 'account/claims:boundary': '{"Version":"2012-10-17","Statement":[]}' } },
  'exceptions.create': exceptionBody(),
  'exceptions.create-in-project': exceptionBody(),
  'accounts.update': { generation: 1, spec: { monthlyBudgetUsd: 5 } },
  'projects.create': { name: 'second', spec: projectSpec(ids.accounts!) },
  'projects.update': { generation: 1, spec: { costCentre: 'CC-2' } },
  'workspaces.create': { spec: {} },
  'data-sources.create': { name: 'more', spec: { source: 'upload', purpose: 'x', classification: 'public' } },
  'data-sources.upload': { fileName: 'a.csv', bytes: 10 },
  'reviews.create': { answers },
  'reviews.sign-off': { decision: 'approve', comment: 'Evidence checked.' },
  'deployments.create': {
    name: 'other',
    spec: { modelVersionId: ids['model-versions'], environment: 'test', instanceType: 'ml.m5.large' },
  },
})

const pathOf = (name: RouteName) => {
  const { path } = api[name]
  const room = path.split('/')[1] ?? ''
  return `/api/v1${path.replace('{id}', ids[room] ?? '').replace('{version}', '2026-1')}`
}

const request = (name: RouteName) => {
  const body = bodies()[name]
  return {
    method: api[name].method,
    ...(body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {}),
  }
}

const names = Object.keys(api) as (keyof Api)[]

describe.each(names)('%s', (name) => {
  it('is refused without a session', async () => {
    const answer = await fetch(stack.url + pathOf(name), request(name))
    expect(answer.status).toBe(401)
    expect(await answer.json()).toMatchObject({ code: 'not-signed-in', status: 401 })
  })

  it.each(Object.entries(strangers[name]))('for %s: %s', async (person, wanted) => {
    const visitor = await stack.as(person)
    if (name === 'session.end') return expect(wanted).toBe('open')
    const answer = await visitor.fetch(pathOf(name), request(name))
    const body = (await answer.json()) as { items?: unknown[]; total?: number; code?: string }
    if (wanted === 'open') return expect(answer.status).toBe(200)
    if (wanted === 'empty') return expect(body).toMatchObject({ items: [], total: 0 })
    expect({ status: answer.status, code: body.code }).toEqual({
      status: wanted,
      code: wanted === 403 ? 'not-allowed' : 'not-found',
    })
  })
})

describe('refusals', () => {
  it('of acts are in the audit trail with the deciding policies', async () => {
    const reviewer = groupId('mlrb-reviewers')
    stack.stack.entra.directory.setMember(reviewer, oid('lena'), true)
    const lena = await stack.as('lena')
    const answer = await lena.fetch(pathOf('reviews.sign-off'), request('reviews.sign-off'))
    expect(answer.status).toBe(403)
    expect(((await answer.json()) as { detail: string }).detail).toMatch(/member of its project, may not sign it off/)
    stack.stack.entra.directory.setMember(reviewer, oid('lena'), false)
    const { rows } = await stack.pool.query(
      `select * from audit where action = 'SignOffReview' and outcome = 'refused' and actor ->> 'oid' = $1 order by id desc`,
      [oid('lena')],
    )
    expect(rows[0]).toMatchObject({
      ...{ detail: 'forbidden by nobody-signs-off-own-work', policies: ['nobody-signs-off-own-work'] },
      subject: { kind: 'Review' },
    })
  })

  it('did nothing: not one resource more than the furniture', async () => {
    const { rows } = await stack.pool.query(`select kind, count(*)::int as n from resource group by kind order by kind`)
    expect(Object.fromEntries(rows.map((row) => [row.kind, row.n]))).toEqual({
      ...{
        Account: 1,
        DataSource: 1,
        Deployment: 1,
        Exception: 1,
        Model: 1,
        ModelVersion: 1,
        Project: 1,
        Review: 1,
        Workspace: 1,
      },
    })
  })
})
