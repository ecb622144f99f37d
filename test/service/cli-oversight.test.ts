import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type CliBench, cells, startCliBench } from './cli-bench.ts'

/** What is followed, judged and let pass, by those who may and those who may not. */
let cli: CliBench
let stack: CliBench['stack']
let day: CliBench['day']
let as: CliBench['as']
let json: CliBench['json']

beforeAll(async () => {
  cli = await startCliBench()
  ;({ stack, day, as, json } = cli)
})
afterAll(() => cli?.stop())

const newRun = async (phase: string, ended = false) => {
  const id = crypto.randomUUID()
  await stack.pool.query(
    `insert into run (id, stack_kind, stack_key, resource_id, generation, operation, reason, phase, aws_account_id, ended_at)
     values ($1, 'project', $2, $3, 1, 'apply', 'test', $4, '300000000003', case when $5 then now() end)`,
    [id, `project/claims/${id}`, day.project.id, phase, ended],
  )
  return id
}

describe('runs', () => {
  it('are listed by account, project and phase, and shown', async () => {
    const id = await newRun('succeeded', true)
    const filter = ['runs', 'list', '--account', 'claims', '--project', 'fraud', '--phase', 'succeeded']
    const [head, row] = cells((await as('lena', filter)).out)
    expect(head).toEqual(['STACK', 'OPERATION', 'PHASE', 'BEGUN', 'ID'])
    expect([row?.[1], row?.[2], row?.[4]]).toEqual(['apply', 'succeeded', id])
    expect((await as('lena', ['runs', 'show', id])).out).toBe(`project/claims/${id}  apply  succeeded  ${id}`)
    expect((await as('lena', ['runs', 'list', '--phase', 'sleeping'])).status).toBe(2)
  })

  it('are watched to their end: log on stderr, run on stdout, exit 1 unless it succeeded', async () => {
    const id = await newRun('planning')
    const log = (seq: number, message: string) =>
      stack.pool.query(
        `insert into run_log (run_id, seq, level, phase, message) values ($1, $2, 'info', 'planning', $3)`,
        [id, seq, message],
      )
    await log(1, 'begun \u001b[31mred')
    const watching = as('lena', ['runs', 'watch', id])
    await log(2, 'more')
    await new Promise((resolve) => setTimeout(resolve, 1200))
    await log(3, 'last')
    const error = { code: 'plan-failed', message: 'planning: it broke', remedy: 'Try again.' }
    await stack.pool.query(`update run set phase = 'failed', ended_at = now(), error = $2 where id = $1`, [
      id,
      JSON.stringify(error),
    ])
    const watched = await watching
    expect(watched.status).toBe(1)
    expect(watched.out).toBe(`project/claims/${id}  apply  failed  ${id}\n  planning: it broke\n  Try again.`)
    expect(watched.note.split('\n').map((line) => line.slice(9))).toEqual([
      'planning begun  [31mred',
      'planning more',
      'planning last',
    ])
    const good = await newRun('succeeded', true)
    expect((await json('lena', 'runs', 'watch', good)).phase).toBe('succeeded')
  })

  it('wait for the owner: approved, rejected, cancelled or tried again', async () => {
    const waiting = await newRun('awaiting-approval')
    const watched = await as('lena', ['runs', 'watch', waiting])
    expect(watched).toMatchObject({ status: 1, out: expect.stringContaining('awaiting-approval') })
    expect((await as('sam', ['runs', 'approve', waiting])).status).toBe(1)
    expect((await json('owen', 'runs', 'approve', waiting)).approvedBy.name).toMatch(/^Owen/)
    const other = await newRun('awaiting-approval')
    expect((await json('owen', 'runs', 'reject', other)).id).toBe(other)
    const live = await newRun('planning')
    expect((await json('owen', 'runs', 'cancel', live)).id).toBe(live)
    const failed = await newRun('failed', true)
    expect(await as('owen', ['runs', 'retry', failed])).toMatchObject({ status: 0, out: 'queued' })
  })
})

describe('what is watched', () => {
  it('findings, audit and guardrails are listed', async () => {
    expect((await as('owen', ['findings'])).out).toMatch(/^WHEN {2}TYPE {2}STATE {2}FINDING {2}WHO$/)
    const audit = await as('aldo', ['audit', '--search', 'CreateProject', '--limit', '1'])
    expect(audit.out).toMatch(/CreateProject/)
    expect((await as('sam', ['audit'])).status).toBe(1)
    const held = cells((await as('owen', ['guardrails', 'account', 'claims', '--limit', '100'])).out)
    expect(held[0]).toEqual(['CONTROL', 'STATE', 'PROOF', 'PROVED AT', 'TITLE'])
    expect(new Set(held.slice(1).map(([, state]) => state))).toEqual(new Set(['enforced']))
    expect((await as('owen', ['denials', 'claims'])).out).toMatch(/^WHEN {2}WHO {2}CALL {2}CONTROL {2}WHAT/)
    expect((await as('nora', ['guardrails', 'account', 'claims'])).status).toBe(1)
  })
})

describe('guardrails of an account', () => {
  it('are shown as documents, and tried with an edit', async () => {
    const listed = (await as('owen', ['guardrails', 'documents', 'claims'])).out.split('\n')
    expect(listed.length).toBeGreaterThan(5)
    const [name = ''] = listed.find((line) => line.startsWith('organization/'))?.split('  ') ?? []
    const { out: text } = await as('owen', ['guardrails', 'documents', 'claims', '--name', name])
    const { home } = await cli.terminalOf('owen')
    const file = join(home, 'edited.json')
    const edited = JSON.parse(text)
    writeFileSync(file, JSON.stringify({ ...edited, Statement: edited.Statement.slice(0, 1) }))
    const tried = await as('owen', ['guardrails', 'what-if', 'claims', '--document', name, '--file', file])
    expect(tried).toMatchObject({ status: 1, out: expect.stringMatching(/^disproved /m) })
    writeFileSync(file, '{"Version": "2012-10-17", ')
    const broken = await as('owen', ['guardrails', 'what-if', 'claims', '--document', name, '--file', file])
    expect(broken).toMatchObject({ status: 2, out: '', note: expect.stringContaining(`documents.${name}`) })
    expect((await as('sam', ['guardrails', 'what-if', 'claims', '--document', name, '--file', file])).status).toBe(1)
  })

  it('are excepted for a while by the owner, who did not ask', async () => {
    const line = ['exceptions', 'request', 'NET-1', '--project', 'fraud', '--reason', 'A vendor tool for one week.']
    const soon = new Date(Date.now() + 7 * 86_400_000).toISOString()
    const asked = await json('lena', ...line, '--expires', soon)
    expect(asked.spec).toMatchObject({ control: 'NET-1', requestedBy: { name: 'Lena Lead' } })
    expect((await as('lena', ['exceptions', 'approve', asked.id])).status).toBe(1)
    expect((await json('owen', 'exceptions', 'approve', asked.id)).status.outputs.decision).toBe('approved')
    expect((await as('owen', ['exceptions', 'list'])).out).toContain(asked.id)
    const ended = await as('owen', ['exceptions', 'revoke', asked.id, '--comment', 'not needed'])
    expect(ended.out).toMatch(/^NET-1 {2}revoked/)
    expect((await as('lena', ['exceptions', 'show', asked.id])).out).toContain('not needed')
    const late = await as('lena', [...line, '--expires', '2020-01-01T00:00:00Z'])
    expect(late).toMatchObject({ status: 2, out: '' })
    expect(
      (await as('lena', ['exceptions', 'request', 'NET-1', '--reason', 'x'.repeat(20), '--expires', soon])).status,
    ).toBe(2)
  })
})
