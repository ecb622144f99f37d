import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { groupId, oid } from '@uais/sandbox'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accountSpec, answers, insertVersion, observed } from './api-stack.ts'
import { type CliBench, cells, startCliBench } from './cli-bench.ts'

/** What people make and use, by those who may and those who may not. */
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
    const { home } = await cli.terminalOf('tess')
    const file = join(home, 'bootstrap.tf')
    const printed = await as('tess', ['accounts', 'bootstrap', 'trials'])
    expect(printed.out).toMatch(/resource "aws_iam_role"/)
    expect(printed.out).toMatch(/uais-provision/)
    expect(await as('tess', ['accounts', 'bootstrap', 'trials', '--out', file])).toMatchObject({ out: `wrote ${file}` })
    expect(readFileSync(file, 'utf8').trim()).toBe(printed.out.trim())
    const nowhere = await as('tess', ['accounts', 'bootstrap', 'trials', '--out', join(home, 'no', 'dir')])
    expect(nowhere).toMatchObject({ status: 2, note: expect.stringContaining('writing') })
    const asAda = await cli.terminalOf('ada')
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
    const file = join((await cli.terminalOf('sam')).home, 'x.csv')
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
    const file = join((await cli.terminalOf('sam')).home, 'answers.json')
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
