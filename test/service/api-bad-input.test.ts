import { groupId } from '@uais/sandbox'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ApiStack, accountSpec, answers, furnish, observed, projectSpec, startApiStack } from './api-stack.ts'

let stack: ApiStack
let it_: Awaited<ReturnType<typeof furnish>>
beforeAll(async () => {
  stack = await startApiStack()
  it_ = await furnish(stack)
})
afterAll(() => stack.stop())

const json = { 'content-type': 'application/json' }
const post = (who: { fetch: (path: string, init: RequestInit) => Promise<Response> }, path: string, body: unknown) =>
  who.fetch(`/api/v1${path}`, {
    method: 'POST',
    headers: json,
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
const problem = async (answer: Response) => ({ status: answer.status, ...((await answer.json()) as object) })
const rows = async () => (await stack.pool.query('select count(*)::int as n from resource')).rows[0].n as number

const hostile = [
  `'; drop table resource; --`,
  `<script>alert(1)</script><img src=x onerror=alert(1)>`,
  `{{constructor.constructor('return process')()}} \${7*7}`,
  `Ünïcödé 漢字 🙂 ‮rtl`,
  `" or "1"="1`,
]

describe('text fields', () => {
  it.each(hostile)('keep %j as it is, harmlessly', async (text) => {
    const { owen, account } = it_
    const name = `p-${Math.random().toString(36).slice(2, 10).replace(/\d/g, 'x')}`
    const spec = { ...projectSpec(account.id), objective: `Objective: ${text}`, costCentre: text.slice(0, 64) }
    const made = await owen.client.call('projects.create', { body: { name, spec } })
    const read = await owen.client.call('projects.read', { params: { id: made.id } })
    expect(read.spec.objective).toBe(`Objective: ${text}`)
    const found = await owen.client.call('projects.list', { query: { search: text } })
    expect(found.items.map((item) => item.id)).toContain(made.id)
  })

  it.each([
    ['a NUL', 'bad\u0000text, long enough'],
    ['an escape sequence', 'bad\u001b[31mtext, long enough'],
  ])('refuse %s', async (_what, objective) => {
    const spec = { ...projectSpec(it_.account.id), objective }
    expect(await problem(await post(it_.owen, '/projects', { name: 'control', spec }))).toMatchObject({
      status: 400,
      code: 'invalid-request',
      errors: [{ path: 'spec.objective', message: 'must not contain control characters' }],
    })
  })

  it('in a search: quotes, percent signs and comments find nothing and break nothing', async () => {
    for (const search of [`' or 1=1 --`, '%', '_', '\\', 'ownerGroup']) {
      const page = await it_.owen.client.call('accounts.list', { query: { search } })
      expect(page.total).toBe(0)
    }
  })
})

describe('bodies', () => {
  it('of 10 MB are refused', async () => {
    const answer = await post(it_.ada, '/accounts', JSON.stringify({ name: 'x'.repeat(10 * 1024 ** 2) }))
    expect(await problem(answer)).toMatchObject({ status: 413, code: 'too-large' })
  })

  it.each([
    ['malformed JSON', '{"name": ', 400],
    ['an array', '[]', 400],
    ['a string', '"x"', 400],
    ['null', 'null', 400],
    ['nothing at all', '', 400],
    ['prototype pollution', '{"__proto__": {"admin": true}, "name": "abc"}', 400],
  ])('that are %s are refused', async (_what, body, status) => {
    expect(await problem(await post(it_.ada, '/accounts', body))).toMatchObject({ status, code: 'invalid-request' })
  })

  it.each(['text/plain', 'application/xml', 'multipart/form-data; boundary=x', 'application/x-www-form-urlencoded'])(
    'as %s are refused',
    async (type) => {
      const answer = await it_.ada.fetch('/api/v1/accounts', {
        method: 'POST',
        headers: { 'content-type': type },
        body: 'x=1',
      })
      expect(await problem(answer)).toMatchObject({ status: 415, code: 'unsupported-media-type' })
    },
  )

  it('with unknown fields are refused, at any depth, and so are unknown queries', async () => {
    const spec = { ...projectSpec(it_.account.id), admin: true }
    expect(await problem(await post(it_.owen, '/projects', { name: 'extra', spec }))).toMatchObject({
      status: 400,
      errors: [{ path: 'spec', message: 'Unrecognized key: "admin"' }],
    })
    const answer = await it_.owen.fetch('/api/v1/projects?owner=me')
    expect(await problem(answer)).toMatchObject({ status: 400, code: 'invalid-request' })
  })
})

describe('accounts', () => {
  const proxyAt = (cidr: string) => ({ egressProxy: { cidr, port: 3128 } })
  const faults: [string, object, string][] = [
    ['a wrong account id', { awsAccountId: '30000000000' }, 'spec.awsAccountId'],
    ['the platform’s own account', { awsAccountId: '200000000002' }, 'spec.awsAccountId'],
    [
      'a break-glass role of another account',
      { breakGlassPrincipal: 'arn:aws:iam::999999999999:role/x' },
      'spec.breakGlassPrincipal',
    ],
    [
      'a key of another account',
      { key: { kind: 'existing', keyArn: `arn:aws:kms:eu-west-1:999999999999:key/${'0'.repeat(36)}` } },
      'spec.key.keyArn',
    ],
    [
      'a key of another region',
      { key: { kind: 'existing', keyArn: `arn:aws:kms:us-east-1:400000000004:key/${'0'.repeat(36)}` } },
      'spec.key.keyArn',
    ],
    [
      'a target in another account',
      { organization: { managementAccountId: '100000000001', targetId: '300000000003' } },
      'spec.organization.targetId',
    ],
    [
      'a management account',
      { organization: { managementAccountId: '400000000004', targetId: 'r-uais' } },
      'spec.organization.managementAccountId',
    ],
    ['no region', { region: 'Ireland' }, 'spec.region'],
    ['a network that is not one', { network: { kind: 'managed', cidr: '10.0.0.0/99' } }, 'spec.network.cidr'],
    ['a policy in a text field', { breakGlassPrincipal: '*' }, 'spec.breakGlassPrincipal'],
    ['a rule that there is none of', { rules: { approvedBucket: ['claims'] } }, 'spec.rules'],
    ['an empty list of what is allowed', { rules: { approvedBuckets: [] } }, 'spec.rules.approvedBuckets'],
    ['a proxy where no route leads', { rules: proxyAt('10.61.0.0/28') }, 'spec.rules.egressProxy.cidr'],
  ]
  it.each(faults)('with %s are refused, and the field is named', async (_what, change, path) => {
    const base = { ...accountSpec, awsAccountId: '400000000004', organization: null }
    const good = { ...base, breakGlassPrincipal: 'arn:aws:iam::400000000004:role/break-glass' }
    const before = await rows()
    const answer = (await problem(
      await post(it_.ada, '/accounts', { name: 'trials', spec: { ...good, ...change } }),
    )) as {
      status: number
      errors: { path: string }[]
    }
    expect(answer.status).toBe(400)
    expect(answer.errors.map((each) => each.path)).toContain(path)
    expect(await rows()).toBe(before)
  })

  it('with an owner group that Entra does not know are refused', async () => {
    const spec = { ...accountSpec, awsAccountId: '400000000004', ownerGroup: crypto.randomUUID() }
    const fixed = { ...spec, organization: null, breakGlassPrincipal: 'arn:aws:iam::400000000004:role/break-glass' }
    expect(await problem(await post(it_.ada, '/accounts', { name: 'trials', spec: fixed }))).toMatchObject({
      status: 422,
      code: 'unknown-group',
    })
  })

  it('are changed by their owner from the generation that was read, and keep what the change does not name', async () => {
    const { owen, account } = it_
    const change = (generation: number, spec: object) =>
      owen.client.call('accounts.update', { params: { id: account.id }, body: { generation, spec } })
    const changed = await change(1, { rules: { approvedBuckets: ['claims-history'] } })
    expect(changed).toMatchObject({
      generation: 2,
      spec: { ...account.spec, rules: { approvedBuckets: ['claims-history'] } },
    })
    await expect(change(1, { monthlyBudgetUsd: 5 })).rejects.toMatchObject({ code: 'conflict' })
    await expect(change(2, { rules: proxyAt('10.61.0.0/28') })).rejects.toMatchObject({ code: 'invalid-request' })
    const source = { source: 's3', bucket: 'elsewhere', prefix: 'a/', purpose: 'x', classification: 'public' }
    const add = post(owen, `/projects/${it_.project.id}/data-sources`, { name: 'elsewhere', spec: source })
    expect(await problem(await add)).toMatchObject({ status: 400, detail: expect.stringContaining('claims-history') })
    expect((await change(2, { rules: {} })).spec.rules).toEqual({})
  })

  it('are onboarded once: neither the name nor the AWS account twice', async () => {
    const again = await post(it_.ada, '/accounts', { name: 'claims', spec: accountSpec })
    expect(await problem(again)).toMatchObject({ status: 409, code: 'already-exists' })
    const other = await post(it_.ada, '/accounts', { name: 'claims-two', spec: accountSpec })
    expect(await problem(other)).toMatchObject({ status: 409, detail: expect.stringContaining('already onboarded') })
  })
})

describe('projects', () => {
  it.each([
    ['capital letters', 'Fraud'],
    ['a path', '../fraud'],
    ['two hyphens in a row', 'fraud--eu'],
    ['too many letters', 'f'.repeat(33)],
    ['nothing', ''],
  ])('with names of %s are refused', async (_what, name) => {
    const answer = await post(it_.owen, '/projects', { name, spec: projectSpec(it_.account.id) })
    expect(await problem(answer)).toMatchObject({
      status: 400,
      errors: expect.arrayContaining([expect.objectContaining({ path: 'name' })]),
    })
  })

  it('with a taken name, a foreign group, or an account that is not ready are refused', async () => {
    const { owen, account, ada } = it_
    const taken = await post(owen, '/projects', { name: 'fraud', spec: projectSpec(account.id) })
    expect(await problem(taken)).toMatchObject({ status: 409, code: 'already-exists' })
    const groups = [{ groupId: crypto.randomUUID(), role: 'lead' }]
    const foreign = await post(owen, '/projects', { name: 'foreign', spec: { ...projectSpec(account.id), groups } })
    expect(await problem(foreign)).toMatchObject({ status: 422, code: 'unknown-group' })
    const trials = await ada.client.call('accounts.create', {
      body: {
        name: 'trials',
        spec: {
          ...{ ...accountSpec, awsAccountId: '400000000004', ownerGroup: groupId('trials-data-owners') },
          ...{ organization: null, breakGlassPrincipal: 'arn:aws:iam::400000000004:role/break-glass' },
        },
      },
    })
    const early = await post(ada, '/projects', { name: 'early', spec: projectSpec(trials.id) })
    expect(await problem(early)).toMatchObject({ status: 422, code: 'not-ready' })
  })

  it('are changed only from the generation that was read', async () => {
    const { lena, project } = it_
    const change = (generation: number) =>
      lena.client.call('projects.update', {
        params: { id: project.id },
        body: { generation, spec: { costCentre: 'CC-9' } },
      })
    await expect(change(99)).rejects.toMatchObject({ code: 'conflict' })
    const changed = await change(1)
    expect(changed).toMatchObject({ generation: 2, spec: { costCentre: 'CC-9', objective: project.spec.objective } })
    await expect(change(1)).rejects.toMatchObject({ code: 'conflict' })
  })
})

describe('in a project', () => {
  it('one person has one workspace in the account', async () => {
    const again = it_.sam.client.call('workspaces.create', {
      params: { id: it_.project.id },
      body: { name: 'second', spec: {} },
    })
    await expect(again).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('already has a workspace'),
    })
  })

  it('a workspace for someone who is no member is refused', async () => {
    const { lena, project } = it_
    const memberOid = (await stack.as('nora')).oid
    const create = lena.client.call('workspaces.create', { params: { id: project.id }, body: { spec: { memberOid } } })
    await expect(create).rejects.toMatchObject({ code: 'not-allowed' })
  })

  it('a workspace opens only when it is ready', async () => {
    const open = it_.sam.client.call('workspaces.open', { params: { id: it_.workspace.id }, body: {} })
    await expect(open).rejects.toMatchObject({ code: 'not-ready' })
  })

  it.each(['../../etc/passwd', 'a/b.csv', '..', '.hidden', 'a\\b', 'a\u0000b', 'x'.repeat(201), '%2e%2e%2fx'])(
    'the file name %j is refused',
    async (fileName) => {
      const answer = await post(it_.sam, `/data-sources/${it_.data.id}/uploads`, { fileName, bytes: 10 })
      expect(await problem(answer)).toMatchObject({ status: 400, errors: [{ path: 'fileName' }] })
    },
  )

  it.each(['../', '/etc/', 'a//b/', 'no-slash', 'a/../b/'])('the prefix %j is refused', async (prefix) => {
    const spec = { source: 's3', bucket: 'claims-archive', prefix, purpose: 'x', classification: 'internal' }
    const answer = await post(it_.owen, `/projects/${it_.project.id}/data-sources`, { name: 'archive', spec })
    expect(await problem(answer)).toMatchObject({ status: 400, errors: [{ path: 'spec.prefix' }] })
  })

  it('data that lies in the account is its owner’s to give, not the lead’s; buckets of UAIS are nobody’s', async () => {
    const spec = { source: 's3', bucket: 'claims-archive', prefix: '2026/', purpose: 'x', classification: 'internal' }
    const path = `/projects/${it_.project.id}/data-sources`
    expect((await post(it_.lena, path, { name: 'archive', spec })).status).toBe(403)
    const ours = { ...spec, bucket: 'uais-trail-300000000003-eu-west-1' }
    expect((await post(it_.owen, path, { name: 'archive', spec: ours })).status).toBe(400)
    expect((await post(it_.owen, path, { name: 'archive', spec })).status).toBe(201)
  })

  it('a review whose answers do not fit is refused, question by question', async () => {
    const answer = await post(it_.sam, `/model-versions/${it_.version}/reviews`, {
      answers: { ...answers, purpose: 'short', truthful: false, bribe: 'x' },
    })
    const { status, errors } = (await problem(answer)) as { status: number; errors: { path: string }[] }
    expect(status).toBe(400)
    expect(errors.map((each) => each.path).sort()).toEqual(['answers.bribe', 'answers.purpose', 'answers.truthful'])
  })

  it('an instance type that the guardrails do not allow is refused', async () => {
    await observed(stack.pool, it_.project.id, 'Ready')
    const spec = { modelVersionId: it_.version, environment: 'test', instanceType: 'ml.p5.48xlarge' }
    const answer = await post(it_.lena, `/projects/${it_.project.id}/deployments`, { name: 'big', spec })
    expect(await problem(answer)).toMatchObject({ status: 400, detail: expect.stringContaining('COST-1') })
  })

  it.each(['not-a-uuid', "1' or '1'='1", '%00', '..%2f..%2fhealthz', 'x'.repeat(300)])(
    'the id %s is refused',
    async (id) => {
      const answer = await it_.ada.fetch(`/api/v1/projects/${id}`)
      expect([400, 404]).toContain(answer.status)
      expect(answer.headers.get('content-type')).toMatch(/problem\+json/)
    },
  )
})

it('no answer to bad input shows a stack trace or a path of this machine', async () => {
  const bad = [
    post(it_.ada, '/accounts', '{"'),
    it_.ada.fetch('/api/v1/projects?cursor=xyz'),
    it_.ada.fetch('/api/v1/runs?phase=nonsense'),
    it_.ada.fetch('/api/v1/nowhere'),
    it_.ada.fetch('/api/v1/projects/%'),
  ]
  for (const answer of await Promise.all(bad)) {
    const text = await answer.text()
    expect(answer.status).toBeGreaterThanOrEqual(400)
    expect(answer.status).toBeLessThan(500)
    expect(text).not.toMatch(/node_modules|\.ts:|at \w+ \(/)
    expect(JSON.parse(text)).toMatchObject({ code: expect.any(String), requestId: expect.any(String) })
  }
})
