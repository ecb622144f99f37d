import { groupId, oid } from '@uais/sandbox'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ApiStack, accountSpec, answers, furnish, insertVersion, startApiStack } from './api-stack.ts'

let stack: ApiStack
let day: Awaited<ReturnType<typeof furnish>>
beforeAll(async () => {
  stack = await startApiStack()
  day = await furnish(stack)
})
afterAll(() => stack.stop())

const jobs = async (id: string) =>
  (await stack.pool.query(`select task_identifier, key from graphile_worker.jobs where key like '%' || $1`, [id])).rows
const trail = async (action: string) =>
  (
    await stack.pool.query(
      'select actor, outcome, subject, detail, policies from audit where action = $1 order by id',
      [action],
    )
  ).rows

describe('an account', () => {
  it('waits for its owner: nothing is enqueued, and the bootstrap can be read', async () => {
    const { ada } = day
    const spec = {
      ...{
        ...accountSpec,
        awsAccountId: '400000000004',
        ownerGroup: groupId('trials-data-owners'),
        organization: null,
      },
      breakGlassPrincipal: 'arn:aws:iam::400000000004:role/break-glass',
    }
    const trials = await ada.client.call('accounts.create', { body: { name: 'trials', spec } })
    expect(trials.status).toMatchObject({ phase: 'Waiting', conditions: [{ type: 'Bootstrap', status: 'False' }] })
    expect(await jobs(trials.id)).toEqual([])
    const tess = await stack.as('tess')
    const bootstrap = await tess.client.call('accounts.bootstrap', { params: { id: trials.id } })
    const { rows } = await stack.pool.query('select external_id from account_link where account_id = $1', [trials.id])
    expect(rows[0].external_id).toMatch(/^uais-[\w-]{32}$/)
    expect(bootstrap.terraform).toContain(rows[0].external_id)
    expect(bootstrap.roles.map((role) => role.name)).toEqual(
      expect.arrayContaining(['uais-provision', 'uais-mint', 'uais-audit', 'uais-teardown']),
    )
    expect(bootstrap.note).toMatch(/sandbox/)
    // It was never entered, so it ends at once; its name is free again.
    const gone = await tess.client.call('accounts.delete', { params: { id: trials.id } })
    expect(gone.status.phase).toBe('Deleted')
    await expect(ada.client.call('accounts.read', { params: { id: trials.id } })).rejects.toMatchObject({
      code: 'not-found',
    })
    const again = await ada.client.call('accounts.create', { body: { name: 'trials', spec } })
    expect(again.id).not.toBe(trials.id)
  })

  it('that is paused stops work with a clear word, and goes on afterwards', async () => {
    const { owen, lena, account, project } = day
    const paused = await owen.client.call('accounts.pause', { params: { id: account.id }, body: {} })
    expect(paused.status.phase).toBe('Paused')
    const act = lena.client.call('workspaces.create', { params: { id: project.id }, body: { spec: {} } })
    await expect(act).rejects.toMatchObject({ code: 'conflict', message: expect.stringContaining('paused all work') })
    await expect(lena.client.call('projects.read', { params: { id: project.id } })).resolves.toBeDefined()
    const resumed = await owen.client.call('accounts.resume', { params: { id: account.id }, body: {} })
    expect(resumed.status.phase).toBe('Ready')
    expect((await trail('PauseAccount')).map((row) => row.detail)).toEqual([
      'all work in the account was paused',
      'the pause was ended',
    ])
  })

  it('with projects is not deleted, nor a project with something in it', async () => {
    const { owen, account, project } = day
    await expect(owen.client.call('accounts.delete', { params: { id: account.id } })).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining("'fraud'"),
    })
    await expect(owen.client.call('projects.delete', { params: { id: project.id } })).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining("DataSource 'history'"),
    })
  })

  it('shows how each guardrail holds in it', async () => {
    const { owen, account } = day
    const page = await owen.client.call('accounts.guardrails', { params: { id: account.id }, query: { limit: 100 } })
    expect(page.total).toBeGreaterThan(10)
    expect(new Set(page.items.map((item) => item.state))).toEqual(new Set(['enforced']))
    expect(page.items.flatMap((item) => item.statements).length).toBeGreaterThan(page.total)
  })
})

describe('a create', () => {
  it('keeps desired state, job and audit row together, and the job once per resource', async () => {
    const { project } = day
    expect(await jobs(project.id)).toEqual([{ task_identifier: 'reconcile', key: `reconcile/${project.id}` }])
    const rows = await trail('CreateProject')
    expect(rows[0]).toMatchObject({
      actor: { oid: oid('owen') },
      outcome: 'done',
      subject: { kind: 'Project', name: 'fraud' },
      policies: ['owner-decides-in-the-account'],
    })
  })

  it('with an idempotency key happens once, also when asked twice at the same moment', async () => {
    const { lena, project } = day
    const params = { id: project.id }
    const body = {
      name: 'extra',
      spec: { source: 'upload' as const, purpose: 'twice', classification: 'internal' as const },
    }
    const call = (change: object = {}) =>
      lena.client.call('data-sources.create', { params, body: { ...body, ...change }, idempotencyKey: 'key-1' })
    const [first, second] = await Promise.all([call(), call()])
    expect(second).toEqual(first)
    expect(await call()).toEqual(first)
    await expect(call({ name: 'other' })).rejects.toMatchObject({ code: 'idempotency-mismatch' })
    const without = lena.client.call('data-sources.create', { params, body })
    await expect(without).rejects.toMatchObject({ code: 'already-exists' })
    // Keys are a person's own: another's same key is another key.
    const sam = day.sam.client.call('data-sources.create', { params, body, idempotencyKey: 'key-1' })
    await expect(sam).rejects.toMatchObject({ code: 'already-exists' })
  })

  it('that fails keeps nothing, not even the key', async () => {
    const { owen, account } = day
    const body = (name: string) => ({
      body: {
        ...{ name },
        spec: {
          ...day.project.spec,
          accountId: account.id,
          groups: [{ groupId: crypto.randomUUID(), role: 'lead' as const }],
        },
      },
      idempotencyKey: 'key-2',
    })
    await expect(owen.client.call('projects.create', body('broken'))).rejects.toMatchObject({ code: 'unknown-group' })
    const good = { body: { name: 'mended', spec: day.project.spec }, idempotencyKey: 'key-2' }
    const mended = await owen.client.call('projects.create', good)
    expect(mended.name).toBe('mended')
  })
})

describe('lists', () => {
  it('give every item once, newest first, with the total, whatever the page size', async () => {
    const { owen, account } = day
    for (let number = 0; number < 7; number++)
      await owen.client.call('projects.create', {
        body: { name: `page-${'abcdefg'[number]}`, spec: { ...day.project.spec, accountId: account.id } },
      })
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await owen.client.call('projects.list', {
        query: { search: 'page-', limit: 3, ...(cursor ? { cursor } : {}) },
      })
      expect(page.total).toBe(7)
      seen.push(...page.items.map((item) => item.name))
      cursor = page.nextCursor ?? undefined
    } while (cursor)
    expect(seen).toEqual([...'gfedcba'].map((letter) => `page-${letter}`))
  })

  it('show a member the own projects alone, and count nothing else', async () => {
    const { ada, account } = day
    const secret = await ada.client.call('projects.create', {
      body: {
        name: 'secret',
        spec: {
          ...day.project.spec,
          accountId: account.id,
          groups: [{ groupId: groupId('mlrb-reviewers'), role: 'lead' }],
        },
      },
    })
    const sam = await day.sam.client.call('projects.list', { query: { search: 'secret' } })
    expect(sam).toMatchObject({ items: [], total: 0 })
    const rita = await (await stack.as('rita')).client.call('projects.list')
    expect(rita.items.map((item) => item.id)).toEqual([secret.id])
  })

  it('show the projects of one account, of those that one may see', async () => {
    const ofAccount = async (who: typeof day.owen, accountId: string) =>
      (await who.client.call('projects.list', { query: { accountId, limit: 100 } })).items
    const owens = await ofAccount(day.owen, day.account.id)
    expect(owens.map(({ id }) => id)).toContain(day.project.id)
    expect(new Set(owens.map(({ accountId }) => accountId))).toEqual(new Set([day.account.id]))
    expect(await ofAccount(day.owen, day.project.id)).toEqual([])
    expect(await ofAccount(await stack.as('nora'), day.account.id)).toEqual([])
  })

  it('of members are read from Entra, direct members only, with all roles', async () => {
    const { lena, project } = day
    const { items } = await lena.client.call('projects.members', { params: { id: project.id } })
    const found = Object.fromEntries(items.map((item) => [item.userPrincipalName.split('@')[0], item.roles]))
    expect(found).toEqual({ lena: ['lead'], sam: ['scientist'], priya: ['scientist'], vic: ['viewer'] })
  })

  it('of the directory find groups by any word of their name', async () => {
    const groups = await day.ada.client.call('directory.groups', { query: { search: 'fraud' } })
    expect(groups.items.map((group) => group.displayName).sort()).toEqual([
      'claims-fraud-leads',
      'claims-fraud-scientists',
      'claims-fraud-viewers',
    ])
    const people = await day.ada.client.call('directory.users', { query: { search: "o'" } })
    expect(people.items).toEqual([])
  })
})

describe('a review', () => {
  const as = async (name: string) => (await stack.as(name)).client
  const sign = async (name: string, id: string, decision: 'approve' | 'reject') =>
    (await as(name)).call('reviews.sign-off', { params: { id }, body: { decision, comment: 'Read the evidence.' } })
  const submit = (version: string) =>
    day.sam.client.call('reviews.create', { params: { id: version }, body: { answers } })
  const deploy = (version: string, name: string) =>
    day.lena.client.call('deployments.create', {
      params: { id: day.project.id },
      body: { name, spec: { modelVersionId: version, environment: 'test', instanceType: 'ml.m5.large' } },
    })

  it('takes two reviewers who have no part in the work; then exactly this artifact may be deployed', async () => {
    await expect(deploy(day.version, 'early')).rejects.toMatchObject({ code: 'review-required' })
    const review = await submit(day.version)
    expect(review.spec).toMatchObject({
      formVersion: '2026-1',
      artifactSha256: 'a'.repeat(64),
      submittedBy: { oid: oid('sam') },
      evidence: { inputs: [{ dataSource: 'history', classification: 'confidential' }], metrics: [{ value: 0.91 }] },
    })
    await expect(submit(day.version)).rejects.toMatchObject({ code: 'conflict' })
    const one = await sign('rita', review.id, 'approve')
    expect(one.status.outputs).toMatchObject({ decision: 'open', requiredSignOffs: 2 })
    await expect(sign('rita', review.id, 'approve')).rejects.toMatchObject({ code: 'conflict' })
    await expect(deploy(day.version, 'half')).rejects.toMatchObject({ code: 'review-required' })
    const two = await sign('ravi', review.id, 'approve')
    expect(two.status).toMatchObject({ phase: 'Ready', outputs: { decision: 'approved' } })
    expect(await jobs(day.version)).toEqual([{ task_identifier: 'approve-model', key: `approve-model/${day.version}` }])
    const version = await day.sam.client.call('model-versions.read', { params: { id: day.version } })
    expect(version.status.outputs).toMatchObject({ reviewId: review.id, reviewStatus: 'approved' })
    expect((await deploy(day.version, 'scores')).spec.modelVersionId).toBe(day.version)
    await expect(sign('ruth', review.id, 'reject')).rejects.toMatchObject({ code: 'conflict' })
    await expect(submit(day.version)).rejects.toMatchObject({ code: 'conflict' })
  })

  it('is bound to the digest: another artifact under the same version is neither signed nor deployed', async () => {
    const version = await insertVersion(stack.pool, day.account.id, day.project.id, 2)
    const review = await submit(version)
    await sign('rita', review.id, 'approve')
    const swap = (sha: string) =>
      stack.pool.query(`update resource set spec = jsonb_set(spec, '{artifact,sha256}', $2::jsonb) where id = $1`, [
        version,
        JSON.stringify(sha),
      ])
    await swap('b'.repeat(64))
    await expect(sign('ravi', review.id, 'approve')).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('no longer the one'),
    })
    await swap('a'.repeat(64))
    await sign('ravi', review.id, 'approve')
    await swap('b'.repeat(64))
    await expect(deploy(version, 'swapped')).rejects.toMatchObject({ code: 'review-required' })
    expect((await trail('CreateDeployment')).filter((row) => row.outcome === 'refused').length).toBeGreaterThanOrEqual(
      3,
    )
  })

  it('is rejected by one, and may be withdrawn and submitted again', async () => {
    const version = await insertVersion(stack.pool, day.account.id, day.project.id, 3)
    const rejected = await submit(version)
    expect((await sign('ruth', rejected.id, 'reject')).status.outputs.decision).toBe('rejected')
    await expect(deploy(version, 'rejected')).rejects.toMatchObject({ code: 'review-required' })
    const second = await submit(version)
    expect(second.name).toBe('fraud-v3-review-2')
    const withdrawn = await day.sam.client.call('reviews.withdraw', { params: { id: second.id }, body: {} })
    expect(withdrawn.status.outputs.decision).toBe('withdrawn')
    await expect(sign('rita', second.id, 'approve')).rejects.toMatchObject({ code: 'conflict' })
  })
})

describe('a run', () => {
  const insertRun = async (phase: string) => {
    const id = crypto.randomUUID()
    await stack.pool.query(
      `insert into run (id, stack_kind, stack_key, resource_id, generation, operation, reason, phase, aws_account_id)
       values ($1, 'project', $2, $3, 1, 'apply', 'test', $4, '300000000003')`,
      [id, `project/claims/${id}`, day.project.id, phase],
    )
    return id
  }
  const line = (id: string, seq: number) =>
    stack.pool.query(
      `with l as (insert into run_log (run_id, seq, level, phase, message) values ($1, $2, 'info', 'planning', $3))
       select pg_notify('uais_run', $4)`,
      [id, seq, `line ${seq} <b>`, id],
    )

  it('is followed live, and goes on after the last line that a browser has', async () => {
    const id = await insertRun('planning')
    await line(id, 1)
    await line(id, 2)
    const follow = (headers: Record<string, string> = {}) => day.lena.fetch(`/api/v1/runs/${id}/events`, { headers })
    const response = await follow()
    expect(response.headers.get('content-type')).toMatch(/text\/event-stream/)
    const seen: string[] = []
    const reading = (async () => {
      for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) seen.push(chunk)
    })()
    await expect.poll(() => seen.join('')).toContain('line 2')
    await line(id, 3)
    await expect.poll(() => seen.join(''), { timeout: 1500 }).toContain('line 3')
    await stack.pool.query(`update run set phase = 'succeeded', ended_at = now() where id = $1`, [id])
    await stack.pool.query(`select pg_notify('uais_run', $1)`, [id])
    await reading
    expect(seen.join('')).toMatch(/event: run\ndata: .*"phase":"succeeded"/)
    const resumed = await (await follow({ 'last-event-id': '2' })).text()
    expect(resumed).not.toContain('line 2')
    expect(resumed).toContain('id: 3\n')
    const kept = await day.lena.client.call('runs.log', { params: { id }, query: { after: 1, limit: 1 } })
    expect(kept.items.map((item) => item.seq)).toEqual([2])
  })

  it('that waits is approved by the owner alone, once', async () => {
    const id = await insertRun('awaiting-approval')
    const approve = () => day.owen.client.call('runs.approve', { params: { id }, body: { comment: 'Looks right.' } })
    expect((await approve()).approvedBy?.oid).toBe(oid('owen'))
    await expect(approve()).rejects.toMatchObject({ code: 'conflict' })
    expect((await trail('ApproveRun')).at(-1)).toMatchObject({
      outcome: 'done',
      detail: 'approved the plan. Looks right.',
    })
    const { items } = await day.sam.client.call('runs.list', {
      query: { projectId: day.project.id, phase: 'awaiting-approval' },
    })
    expect(items.map((item) => item.id)).toEqual([id])
  })
})

describe('the server', () => {
  const get = (path: string, headers: Record<string, string> = {}) => fetch(stack.url + path, { headers })

  it('describes exactly its routes in OpenAPI 3.1, with a page for people', async () => {
    const { api } = await import('@uais/contract')
    const description = (await (await get('/api/v1/openapi.json')).json()) as {
      openapi: string
      paths: Record<string, object>
    }
    expect(description.openapi).toBe('3.1.0')
    const described = Object.entries(description.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((m) => `${m.toUpperCase()} ${path}`),
    )
    const wanted = Object.values(api).map((route) => `${route.method} /api/v1${route.path}`)
    expect(described.sort()).toEqual(wanted.sort())
    expect(await (await get('/api/v1/docs')).text()).toContain('openapi.json')
  })

  it('is healthy, and tells its figures to this machine', async () => {
    expect(await (await get('/healthz')).json()).toEqual({ status: 'ok' })
    const metrics = await (await get('/metrics')).text()
    expect(metrics).toMatch(/uais_acts_total\{action="CreateProject",outcome="done"\} \d+/)
    expect(metrics).toMatch(/uais_http_request_seconds_bucket\{.*route="\/api\/v1\/projects\/:id"/)
  })

  it('sends security headers with everything', async () => {
    const { headers } = await get('/healthz')
    expect(headers.get('content-security-policy')).toMatch(/default-src 'self'.*frame-ancestors 'none'/)
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    expect((await get('/api/v1/session')).headers.get('cache-control')).toBe('no-store')
  })
})

it('a person who floods is slowed down, others are not', async () => {
  const own = await startApiStack({ UAIS_REQUESTS_PER_MINUTE: '60' })
  const sam = await own.as('sam')
  const lena = await own.as('lena')
  const statuses: number[] = []
  for (let i = 0; i < 40; i++) statuses.push((await sam.fetch('/api/v1/session')).status)
  expect(statuses).toContain(429)
  const answer = await sam.fetch('/api/v1/session')
  expect(answer.headers.get('retry-after')).toBe('30')
  expect((await lena.fetch('/api/v1/session')).status).toBe(200)
  await own.stop()
})
