import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ApiStack, furnish, observed, startApiStack } from './api-stack.ts'

/** What the API says of an account's guardrails: their state, who may read how one is broken, and what an edit breaks. */
let stack: ApiStack
let day: Awaited<ReturnType<typeof furnish>>
const counterexample = {
  ...{ principal: 'arn:aws:iam::300000000003:role/admin', action: 'iam:CreateRole', resource: '*', context: {} },
  ...{ sentence: 'role/admin does iam:CreateRole.', steps: [] },
}

beforeAll(async () => {
  stack = await startApiStack()
  day = await furnish(stack)
  await observed(stack.pool, day.account.id, 'Ready', {
    ...{ vpcId: 'vpc-0a1b2c3d4e5f60718', subnetIds: ['subnet-0a1b2c3d4e5f60711'] },
    securityGroupIds: ['sg-0a1b2c3d4e5f60733'],
  })
})
afterAll(() => stack?.stop())

const keep = (control: string, invariant: string, verdict: string) =>
  stack.pool.query(
    `insert into guardrail_proofs (account_id, stack_key, basis, control, invariant, verdict, why, counterexample, scope, assumptions, ms)
     values ($1, 'account/claims', 'live', $2, $3, $4, 'Shown.', $5, $6, '["An assumption."]', 12)`,
    [
      ...[day.account.id, control, invariant, verdict, verdict === 'disproved' ? JSON.stringify(counterexample) : null],
      JSON.stringify({ actions: 3, principals: 2, resources: 1, unbounded: [] }),
    ],
  )
const guardrails = async (who: { client: typeof day.owen.client }) => {
  const query = { limit: 100 }
  return (await who.client.call('accounts.guardrails', { params: { id: day.account.id }, query })).items
}
const tryDocuments = (documents: Record<string, string>, who = day.owen) =>
  who.fetch(`/api/v1/accounts/${day.account.id}/guardrails/what-if`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ documents }),
  })

describe('a guardrail of an account', () => {
  it('says what it is made of, with the size of each document against its limit', async () => {
    const all = await guardrails(day.owen)
    expect(all.length).toBeGreaterThan(20)
    const imm2 = all.find(({ id }) => id === 'IMM-2')!
    expect(imm2.proof).toEqual({ state: 'not-yet-proved', basis: null, at: null, ms: 0, results: [] })
    expect(imm2.documents).toContainEqual(
      expect.objectContaining({
        kind: 'service control policy',
        limit: 10_240,
        name: expect.stringContaining(':guardrails-'),
      }),
    )
    for (const { documents } of all)
      for (const { characters, limit } of documents) if (limit) expect(characters).toBeLessThan(limit)
  })

  it('shows its last proof; how it is broken only to owner, administrators and auditors', async () => {
    await keep('IMM-2', 'IMM-2/takeover', 'disproved')
    await keep('IMM-2', 'IMM-2/pass', 'proved')
    const of = async (name: string) => (await guardrails(await stack.as(name))).find(({ id }) => id === 'IMM-2')!.proof
    for (const name of ['owen', 'ada', 'aldo']) {
      const proof = await of(name)
      expect(proof).toMatchObject({ state: 'disproved', basis: 'live', ms: 24 })
      expect(proof.results.find(({ invariant }) => invariant === 'IMM-2/takeover')).toMatchObject({ counterexample })
    }
    const seen = await of('sam')
    expect(seen.state).toBe('disproved')
    expect(seen.results.map((result) => result.counterexample)).toEqual([null, null])
  })
})

describe('what an edit would break', () => {
  const documents = async () =>
    (await day.owen.client.call('accounts.guardrail-documents', { params: { id: day.account.id } })).items

  it('is said promise by promise, for those that it can touch', async () => {
    const scp = (await documents()).find(
      ({ kind, text }) => kind === 'service control policy' && text.includes('ORG1'),
    )!
    const policy = JSON.parse(scp.text) as { Statement: { Sid: string }[] }
    const edited = { ...policy, Statement: policy.Statement.filter(({ Sid }) => !Sid.startsWith('ORG1')) }
    const answer = await tryDocuments({ [scp.name]: JSON.stringify(edited) })
    const report = (await answer.json()) as {
      results: { invariant: string; before: string; verdict: string }[]
      untouched: number
    }
    expect(answer.status).toBe(200)
    const broken = report.results.filter(({ before, verdict }) => before === 'proved' && verdict === 'disproved')
    expect(broken.map(({ invariant }) => invariant.split('/')[0])).toContain('ORG-1')
    expect(report.untouched).toBeGreaterThan(10)
  })

  it('is nothing when nothing is edited', async () => {
    const { name, text } = (await documents())[0]!
    const answer = await tryDocuments({ [name]: text })
    expect(await answer.json()).toMatchObject({ results: [] })
  })

  it.each([
    [
      'of no such name',
      { 'account/claims:nothing': '{}' },
      400,
      /documents.account\/claims:nothing: there is no document/,
    ],
    ['that is no JSON', { 'account/claims:boundary': '{"Version"' }, 400, /documents.account\/claims:boundary/],
    ['that is no policy', { 'account/claims:boundary': '{"Statement":{"Effect":"Perhaps"}}' }, 400, /Effect/],
    [
      'with an unknown operator',
      {
        'account/claims:boundary':
          '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"StringLooksLike":{"aws:PrincipalArn":"x"}}}]}',
      },
      400,
      /Condition\.StringLooksLike/,
    ],
    ['of a hundred thousand characters', { 'account/claims:boundary': 'x'.repeat(100_000) }, 400, /documents/],
    ['of five megabytes', { 'account/claims:boundary': 'x'.repeat(5_000_000) }, 413, /too large/i],
    ['that is none', {}, 400, /at least one/],
  ])('refuses a document %s', async (_what, documents, status, complaint) => {
    const answer = await tryDocuments(documents as Record<string, string>)
    expect(answer.status).toBe(status)
    expect(JSON.stringify(await answer.json())).toMatch(complaint)
  })
})

describe('a proof of what the account has today', () => {
  const read = () => day.owen.client.call('accounts.proof', { params: { id: day.account.id } })
  const start = () => day.owen.client.call('accounts.start-proof', { params: { id: day.account.id }, body: {} })

  it('is started by the owner, once at a time, as a job', async () => {
    expect(await read()).toMatchObject({ state: 'not-started', risks: [] })
    expect(await start()).toMatchObject({ state: 'running', finishedAt: null })
    expect(await read()).toMatchObject({ state: 'running' })
    await expect(start()).rejects.toMatchObject({ code: 'conflict' })
    const { rows } = await stack.pool.query(
      `select task_identifier as task, key from graphile_worker.jobs where key like 'prove%'`,
    )
    expect(rows).toEqual([{ task: 'prove-existing', key: `prove-existing/${day.account.id}` }])
  })
})

describe('refused calls', () => {
  it('tell the people of the project what stopped them, and no others', async () => {
    const denial = (project: string | null, control: string | null, call: string) =>
      stack.pool.query(
        `insert into denial (id, account_id, project_id, at, principal, source_identity, call, resource, message, control, sid)
         values ($1, $2, $3, now(), 'arn:aws:iam::300000000003:role/x', $4, $5, null, 'User: x is not authorized', $6, null)`,
        [randomUUID(), day.account.id, project, day.sam.oid, call, control],
      )
    await denial(day.project.id, 'NET-1', 'sagemaker:CreateTrainingJob')
    await denial(null, null, 'iam:CreateUser')
    const params = { id: day.project.id }
    const seen = await day.sam.client.call('projects.denials', { params })
    expect(seen.items).toMatchObject([
      {
        ...{ call: 'sagemaker:CreateTrainingJob', sourceIdentity: day.sam.oid, projectId: day.project.id },
        control: { id: 'NET-1' },
        sentence: expect.stringMatching(/^Stopped by NET-1: .* ask for an exception/),
      },
    ])
    const all = await day.owen.client.call('accounts.denials', { params: { id: day.account.id } })
    expect(all.items.map(({ call, control }) => [call, control?.id ?? null])).toEqual([
      ['iam:CreateUser', null],
      ['sagemaker:CreateTrainingJob', 'NET-1'],
    ])
    expect(all.total).toBe(2)
  })
})
