import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { groupId, oid } from '@uais/sandbox'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ApiStack, accountSpec, answers, furnish, insertVersion, observed, startApiStack } from './api-stack.ts'
import { type Outcome, openTerminal, type Terminal, tokenOf } from './cli-terminal.ts'

/** Every command against the real API, by people who may and who may not. */
let stack: ApiStack
let day: Awaited<ReturnType<typeof furnish>>
const terminals = new Map<string, Promise<Terminal>>()

beforeAll(async () => {
  stack = await startApiStack()
  day = await furnish(stack)
})
afterAll(async () => {
  for (const terminal of terminals.values()) (await terminal).close()
  await stack.stop()
})

function terminalOf(name: string): Promise<Terminal> {
  const known =
    terminals.get(name) ??
    tokenOf({ portal: stack.url }, stack.stack.entra.issuer, name).then((token) =>
      openTerminal({ server: stack.url, token }),
    )
  terminals.set(name, known)
  return known
}
const as = async (name: string, line: string[], input?: string): Promise<Outcome> =>
  (await terminalOf(name)).run(line, input)
/** The answer of a command that must succeed, as JSON. */
// biome-ignore lint/suspicious/noExplicitAny: answers of all commands
const json = async (name: string, ...line: string[]): Promise<any> => {
  const { status, out, note } = await as(name, [...line, '--json'])
  expect(status, out + note).toBe(0)
  return JSON.parse(out)
}
/** Lines of a table as cells. */
const cells = (out: string) => out.split('\n').map((line) => line.split(/ {2,}/))
const newRun = async (phase: string, ended = false) => {
  const id = crypto.randomUUID()
  await stack.pool.query(
    `insert into run (id, stack_kind, stack_key, resource_id, generation, operation, reason, phase, aws_account_id, ended_at)
     values ($1, 'project', $2, $3, 1, 'apply', 'test', $4, '300000000003', case when $5 then now() end)`,
    [id, `project/claims/${id}`, day.project.id, phase, ended],
  )
  return id
}

describe('accounts', () => {
  const trials = {
    name: 'trials',
    spec: {
      ...{ ...accountSpec, awsAccountId: '400000000004', ownerGroup: groupId('trials-data-owners') },
      ...{ organization: null, breakGlassPrincipal: 'arn:aws:iam::400000000004:role/break-glass' },
      rules: { approvedBuckets: ['trials-history'], config: true },
    },
  }

  it('are created from a file or standard input, shown, and their bootstrap printed to be read', async () => {
    const made = await as('ada', ['accounts', 'create', '--file', '-'], JSON.stringify(trials))
    expect(made).toMatchObject({ status: 0, note: '' })
    expect(made.out).toMatch(
      /^trials {2}400000000004 {2}eu-west-1 {2}Waiting {2}[0-9a-f-]{36}\n {2}rule approvedBuckets: /,
    )
    expect(made.out).toMatch(/\["trials-history"\]\n {2}rule config: true\n {2}\w+: /)
    expect((await json('tess', 'accounts', 'show', 'trials')).spec.awsAccountId).toBe('400000000004')
    const changed = await as('tess', ['accounts', 'update', 'trials', '--file', '-'], '{"rules":{"config":true}}')
    expect(changed.out).toMatch(/\n {2}rule config: true\n/)
    expect(changed.out).not.toContain('approvedBuckets')
    const wrong = await as('tess', ['accounts', 'update', 'trials', '--file', '-'], '{"monthlyBudgetUsd":0}')
    expect(wrong).toMatchObject({ status: 2, note: expect.stringContaining('spec.monthlyBudgetUsd') })
    const { home } = await terminalOf('tess')
    const file = join(home, 'bootstrap.tf')
    const printed = await as('tess', ['accounts', 'bootstrap', 'trials'])
    expect(printed.out).toMatch(/resource "aws_iam_role"/)
    expect(printed.out).toMatch(/uais-provision/)
    expect(await as('tess', ['accounts', 'bootstrap', 'trials', '--out', file])).toMatchObject({ out: `wrote ${file}` })
    expect(readFileSync(file, 'utf8').trim()).toBe(printed.out.trim())
    const nowhere = await as('tess', ['accounts', 'bootstrap', 'trials', '--out', join(home, 'no', 'dir')])
    expect(nowhere).toMatchObject({ status: 2, note: expect.stringContaining('writing') })
    const asAda = await terminalOf('ada')
    writeFileSync(join(asAda.home, 'again.json'), JSON.stringify(trials))
    const again = await as('ada', ['accounts', 'create', '--file', join(asAda.home, 'again.json')])
    expect(again).toMatchObject({ status: 1, out: '', note: expect.stringContaining("'trials'") })
  })

  it('are listed with search and limit, as a table and as JSON', async () => {
    const all = await as('ada', ['accounts', 'list'])
    expect(cells(all.out)[0]).toEqual(['NAME', 'AWS ACCOUNT', 'REGION', 'STATE', 'ID'])
    expect(cells(all.out).map(([name]) => name)).toEqual(expect.arrayContaining(['claims', 'trials']))
    const found = await as('ada', ['accounts', 'list', '--search', 'claims'])
    expect(cells(found.out).slice(1)).toEqual([['claims', '300000000003', 'eu-west-1', 'Ready', day.account.id]])
    const first = await as('ada', ['accounts', 'list', '--limit', '1'])
    expect(first.out.split('\n')).toHaveLength(2)
    const cursor = /^1 of 2; more with --cursor (\S+)$/.exec(first.note)?.[1] ?? ''
    const second = await json('ada', 'accounts', 'list', '--limit', '1', '--cursor', cursor)
    expect(second).toMatchObject({ total: 2, nextCursor: null })
    expect([cells(first.out)[1]?.[0], second.items[0].name].sort()).toEqual(['claims', 'trials'])
  })

  it('pause and resume by their owner; not by a scientist, nor are they probed by a stranger', async () => {
    expect((await as('owen', ['accounts', 'pause', 'claims'])).out).toMatch(/^claims {2}300000000003 .* Paused /)
    expect((await json('owen', 'accounts', 'resume', 'claims')).status.phase).toBe('Ready')
    // That the owner's probe answers needs a worker: test/whole/cli.e2e.ts.
    expect(await as('nora', ['accounts', 'probe', 'claims'])).toMatchObject({ status: 1, out: '' })
    expect(await as('sam', ['accounts', 'pause', 'claims'])).toMatchObject({ status: 1, out: '' })
    expect((await json('owen', 'accounts', 'show', 'claims')).status.phase).toBe('Ready')
  })

  it('provision and delete answer what they began, or why not', async () => {
    const refused = await as('owen', ['accounts', 'delete', 'claims'])
    expect(refused).toMatchObject({ status: 1, out: '', note: expect.stringContaining("'fraud'") })
    expect((await json('tess', 'accounts', 'delete', 'trials')).status.phase).toBe('Deleted')
    expect(await as('tess', ['accounts', 'provision', 'trials'])).toMatchObject({
      ...{ status: 1, out: '' },
      note: "uais: There is no account 'trials', or none that you may see.",
    })
  })
})

describe('projects', () => {
  const create = (name: string, ...more: string[]) => [
    ...['projects', 'create', name, '--account', 'claims', '--objective', 'Find churn early.'],
    ...['--cost-centre', 'CC-1', '--classification', 'internal', '--lead', 'claims-fraud-leads', ...more],
  ]

  it('are created with groups by name, listed and shown', async () => {
    const made = await json('owen', ...create('churn', '--scientist', 'claims-fraud-scientists', '--budget', '50'))
    expect(made.spec).toMatchObject({
      ...{ accountId: day.account.id, objective: 'Find churn early.', monthlyBudgetUsd: 50 },
      groups: [
        { groupId: groupId('claims-fraud-leads'), role: 'lead' },
        { groupId: groupId('claims-fraud-scientists'), role: 'scientist' },
      ],
    })
    const listed = await as('sam', ['projects', 'list', '--search', 'churn', '--account', 'claims'])
    expect(cells(listed.out)).toEqual([
      ['NAME', 'CLASSIFICATION', 'STATE', 'ID'],
      ['churn', 'internal', made.status.phase, made.id],
    ])
    expect((await as('sam', ['projects', 'show', 'churn'])).out).toContain('  Find churn early.')
    expect((await json('sam', 'projects', 'show', made.id)).name).toBe('churn')
    expect((await as('nora', ['projects', 'list'])).out).toBe('NAME  CLASSIFICATION  STATE  ID')
    expect((await as('nora', ['projects', 'show', 'churn'])).status).toBe(1)
    const ended = await json('owen', 'projects', 'delete', 'churn')
    expect(ended.id).toBe(made.id)
  })

  it('change in what is given and in nothing else', async () => {
    const before = await json('owen', ...create('tides', '--viewer', 'claims-fraud-viewers'))
    const line = ['projects', 'update', 'tides', '--budget', '75', '--scientist', 'claims-fraud-scientists']
    const changed = await json('owen', ...line)
    expect(changed.generation).toBe(before.generation + 1)
    expect(changed.spec).toEqual({
      ...before.spec,
      monthlyBudgetUsd: 75,
      groups: [...before.spec.groups, { groupId: groupId('claims-fraud-scientists'), role: 'scientist' }],
    })
    const nothing = await as('owen', ['projects', 'update', 'tides'])
    expect(nothing).toMatchObject({ status: 2, note: expect.stringContaining('at least one thing to change') })
    expect((await as('nora', ['projects', 'update', 'tides', '--budget', '1'])).status).toBe(1)
    expect((await json('owen', 'projects', 'show', 'tides')).spec).toEqual(changed.spec)
    await json('owen', 'projects', 'delete', 'tides')
  })

  it('have members, activity and lineage', async () => {
    const members = cells((await as('lena', ['projects', 'members', 'fraud'])).out)
    expect(members).toContainEqual(['Sam Science', 'sam@uais.example', 'scientist'])
    const activity = await as('lena', ['projects', 'activity', 'fraud', '--limit', '100'])
    expect(activity.out).toMatch(/Owen \S+ {2,}CreateProject {2,}done/)
    const { edges } = await json('lena', 'projects', 'lineage', 'fraud')
    const drawn = (await as('lena', ['projects', 'lineage', 'fraud'])).out.split('\n').filter(Boolean)
    expect(drawn).toHaveLength(edges.length)
    for (const line of drawn) expect(line).toMatch(/^\S.* --[\w-]+--> \S/)
  })

  it.each([
    ['a name with capitals', create('Churn'), 2, /name: use lower-case letters/],
    ['a level that is none', create('churn', '--classification', 'secret'), 2, /spec\.classification/],
    ['a budget that is none', create('churn', '--budget', '-5'), 2, /whole number/],
    ['a group that Entra does not know', create('churn', '--viewer', "x' or 1=1 --"), 1, /no Entra group 'x' or 1=1/],
    ['an account that is not there', create('churn', '--account', '<i>claims</i>'), 1, /no account '<i>claims<\/i>'/],
  ])('with %s are refused, and none is made', async (_what, line, status, told) => {
    const before = (await json('owen', 'projects', 'list')).total
    const refused = await as('owen', line)
    expect(refused).toMatchObject({ status, out: '', note: expect.stringMatching(told) })
    expect((await json('owen', 'projects', 'list')).total).toBe(before)
  })
})

describe('directory', () => {
  it('lists groups and people to name elsewhere', async () => {
    const groups = cells((await as('owen', ['directory', 'groups', '--search', 'claims-fraud'])).out)
    expect(groups).toContainEqual(['claims-fraud-leads', groupId('claims-fraud-leads')])
    expect(groups.flat()).not.toContain('trials-data-owners')
    const people = cells((await as('owen', ['directory', 'people', '--search', 'sam'])).out)
    expect(people).toContainEqual(['Sam Science', 'sam@uais.example', oid('sam')])
  })
})

describe('workspaces and data', () => {
  it('are listed, added and opened, or it is said why not', async () => {
    const [, mine] = cells((await as('sam', ['workspaces', 'list', 'fraud'])).out)
    expect(mine).toEqual(expect.arrayContaining([day.workspace.name, day.workspace.id]))
    const added = await json('priya', 'workspaces', 'add', 'fraud', '--instance-type', 'ml.t3.large')
    expect(added.spec).toMatchObject({ instanceType: 'ml.t3.large' })
    const early = await as('sam', ['workspaces', 'open', 'fraud', day.workspace.name])
    expect(early).toMatchObject({ status: 1, out: '', note: expect.stringMatching(/^uais: .*not.*ready/i) })
    const foreign = await as('sam', ['workspaces', 'delete', 'fraud', added.name])
    expect(foreign.status).toBe(1)
    expect((await as('priya', ['workspaces', 'delete', 'fraud', added.name])).out).toContain(added.name)
    expect(await as('sam', ['workspaces', 'add', 'fraud', '--instance-type', 'big'])).toMatchObject({ status: 2 })
  })

  it('data is added, listed, sent only as a file that exists, and deleted', async () => {
    const add = ['data', 'add', 'fraud', 'photos', '--purpose', 'training', '--classification', 'internal']
    expect((await as('lena', add)).out).toMatch(/^photos {2}\w+ {2}[0-9a-f-]{36}$/)
    expect(await as('lena', add)).toMatchObject({ status: 1, note: expect.stringContaining("'photos'") })
    const listed = cells((await as('sam', ['data', 'list', 'fraud'])).out)
    expect(listed.map(([name]) => name)).toEqual(expect.arrayContaining(['history', 'photos']))
    const missing = await as('sam', ['data', 'upload', 'fraud', 'history', '/nowhere/x.csv'])
    expect(missing).toMatchObject({ status: 2, note: 'uais: uploading /nowhere/x.csv: there is no such file' })
    const file = join((await terminalOf('sam')).home, 'x.csv')
    writeFileSync(file, 'a,b\n1,2\n')
    // The owner has not made the role that mints upload forms: nothing is sent.
    const unsent = await as('sam', ['data', 'upload', 'fraud', 'history', file, '--json'])
    expect([unsent.status, JSON.parse(unsent.out).error.code]).toEqual([1, 'account-unreachable'])
    expect((await as('sam', ['data', 'objects', 'fraud', 'history'])).status).toBe(1)
    expect((await json('lena', 'data', 'delete', 'fraud', 'photos')).name).toBe('photos')
    const half = await as('owen', [...add.slice(0, 3), 'archive', ...add.slice(4), '--bucket', 'claims-archive'])
    expect(half).toMatchObject({ status: 2, note: expect.stringContaining('spec.prefix') })
  })
})

describe('models, reviews and deployments', () => {
  it('go from version to sign-off, and deploy what was approved only', async () => {
    const listed = cells((await as('sam', ['models', 'list', 'fraud'])).out)
    expect(listed[1]).toEqual(expect.arrayContaining(['fraud-v1', 'PendingManualApproval', day.version]))
    expect((await as('sam', ['models', 'show', day.version])).out).toMatch(/validation:auc 0\.91/)
    expect((await as('sam', ['reviews', 'form'])).out).toMatch(/ {2}purpose \(long-text\): /)
    const file = join((await terminalOf('sam')).home, 'answers.json')
    writeFileSync(file, JSON.stringify(answers))
    const submit = ['reviews', 'submit', day.version, '--answers', file]
    const review = await json('sam', ...submit)
    expect(await as('sam', submit)).toMatchObject({ status: 1, out: '' })
    const deploy = ['deployments', 'create', day.version, 'scores', '--configuration']
    const { items } = await json('lena', 'deployments', 'configurations')
    expect(await as('lena', [...deploy, 'huge'])).toMatchObject({
      ...{ status: 2, out: '' },
      note: `uais: there is no configuration 'huge'; there are: ${items.map(({ id }: { id: string }) => id).join(', ')}`,
    })
    const early = await as('lena', [...deploy, items[0].id, '--json'])
    expect([early.status, JSON.parse(early.out).error.code]).toEqual([1, 'review-required'])
    expect((await as('lena', ['reviews', 'approve', review.id, '--comment', 'mine'])).status).toBe(1)
    await json('rita', 'reviews', 'approve', review.id, '--comment', 'Looked at the data.')
    const done = await as('ravi', ['reviews', 'approve', review.id, '--comment', 'Looked at the model.'])
    expect(done.out).toMatch(/^\S+ {2}approved {2}/)
    expect((await as('sam', ['reviews', 'show', review.id])).out).toMatch(/Rita .*: approve, Looked at the data\./)
    const [, row] = cells((await as('rita', ['reviews', 'list'])).out)
    expect(row?.slice(0, 3)).toEqual([review.name, 'approved', '2/2'])
    const deployment = await json('lena', ...deploy, items[0].id)
    expect((await as('sam', ['deployments', 'show', deployment.id])).out).toMatch(/^scores /)
    expect(cells((await as('sam', ['deployments', 'list', 'fraud'])).out)[1]?.[0]).toBe('scores')
    expect((await json('lena', 'deployments', 'delete', deployment.id)).id).toBe(deployment.id)
  })

  it('a review is rejected or withdrawn; a stranger may not have models looked for', async () => {
    const version = await insertVersion(stack.pool, day.account.id, day.project.id, 2)
    const submit = async () => {
      const made = await as('sam', ['reviews', 'submit', version, '--answers', '-', '--json'], JSON.stringify(answers))
      return JSON.parse(made.out)
    }
    const first = await submit()
    expect((await json('sam', 'reviews', 'withdraw', first.id)).status.outputs.decision).toBe('withdrawn')
    const second = await submit()
    const rejected = await as('ruth', ['reviews', 'reject', second.id, '--comment', 'Not yet.'])
    expect(rejected.out).toMatch(/^\S+ {2}rejected {2}/)
    expect(await as('nora', ['models', 'sweep', 'fraud'])).toMatchObject({ status: 1, out: '' })
  })
})

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
    const { home } = await terminalOf('owen')
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

describe('arguments', () => {
  it.each([
    ['runs', 'show', '..'],
    ['runs', 'cancel', '../../healthz'],
    ['models', 'show', "' or 1=1 --"],
    ['reviews', 'show', '<script>'],
    ['deployments', 'delete', '%2e%2e'],
  ])('%s %s %s is no id, and nothing is sent', async (...line) => {
    const refused = await as('sam', line)
    expect(refused).toMatchObject({
      status: 2,
      out: '',
      note: expect.stringContaining(`'${line[2]}' is not the id of a`),
    })
  })

  it('names that are in no list are refused as they were given, without what would move the cursor', async () => {
    const refused = await as('sam', ['projects', 'show', "x'; drop table resource; --\u001b[2J\u202e"])
    expect(refused).toMatchObject({ status: 1, out: '' })
    expect(refused.note).toMatch(/There is no project 'x'; drop table resource; -- ?\[2J ?'/)
    expect((await stack.pool.query('select count(*)::int as n from resource')).rows[0].n).toBeGreaterThan(0)
  })

  it('a project that changed its text shows it without control sequences, and --json shows it whole', async () => {
    const objective = 'Objective \u202eeslaf\u202c with <b>HTML</b>'
    await stack.pool.query(
      `update resource set spec = spec || jsonb_build_object('objective', $2::text) where id = $1`,
      [day.project.id, objective],
    )
    expect((await as('sam', ['projects', 'show', 'fraud'])).out).toContain('  Objective  eslaf  with <b>HTML</b>')
    expect((await json('sam', 'projects', 'show', 'fraud')).spec.objective).toBe(objective)
    await observed(stack.pool, day.project.id, 'Ready')
  })
})
