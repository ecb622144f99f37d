import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { type Sandbox, startSandbox } from '@uais/sandbox'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTerminal, type Terminal } from './cli-terminal.ts'

/** What needs no UAIS server: the evaluator, and the sandbox's sign-in. */
let sandbox: Sandbox
let terminal: Terminal
beforeAll(async () => {
  sandbox = await startSandbox({ port: 0 })
  terminal = openTerminal({ server: 'http://127.0.0.1:1', sandbox: sandbox.url })
})
afterAll(() => {
  terminal.close()
  return sandbox.stop()
})

const allowRead = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/*' }],
}
const question = (id: string, action: string, policy: unknown = allowRead) =>
  JSON.stringify({
    id,
    request: {
      principal: 'arn:aws:iam::111122223333:role/r',
      action,
      resource: { arn: 'arn:aws:s3:::b/k', accountId: '111122223333' },
      context: {},
    },
    identityPolicies: [{ name: 'p', policy }],
  })
const answersOf = (out: string) => out.split('\n').map((line) => JSON.parse(line))

describe('iam evaluate', () => {
  it('decides one request from a file or standard input', async () => {
    const file = join(terminal.home, 'request.json')
    writeFileSync(file, question('one', 's3:GetObject'))
    const fromFile = await terminal.run(['iam', 'evaluate', '--file', file])
    expect(fromFile.status).toBe(0)
    expect(JSON.parse(fromFile.out)).toMatchObject({ id: 'one', decision: 'Allowed', because: [{ policy: 'p' }] })
    const piped = await terminal.run(['iam', 'evaluate'], question('two', 's3:PutObject'))
    expect(JSON.parse(piped.out)).toMatchObject({ id: 'two', decision: 'ImplicitlyDenied' })
  })

  it('--batch answers in order, and malformed lines in their place', async () => {
    const lines = [
      question('c1', 's3:GetObject'),
      '{"id": "c2", ',
      '[]',
      question('c4', 's3:PutObject'),
      '',
      question('c5', 's3:GetObject', { Version: '2012-10-17', Statement: [{ Effect: 'Perhaps' }] }),
      question('c6', 's3:GetObject'),
    ]
    const answered = await terminal.run(['iam', 'evaluate', '--batch'], `${lines.join('\r\n')}\n`)
    expect(answered.status).toBe(0)
    expect(answersOf(answered.out)).toMatchObject([
      { id: 'c1', decision: 'Allowed' },
      { id: null, error: { code: 'JSON_SYNTAX_ERROR' } },
      { id: null, error: { code: 'INVALID_REQUEST' } },
      { id: 'c4', decision: 'ImplicitlyDenied' },
      { id: 'c5', error: { message: expect.stringContaining('Perhaps') } },
      { id: 'c6', decision: 'Allowed' },
    ])
  })

  it('--batch streams: 20,000 requests through a pipe come back one a line in order', async () => {
    const main = fileURLToPath(new URL('../../packages/cli/src/main.ts', import.meta.url))
    const child = spawn(process.execPath, ['--import', 'tsx', main, 'iam', 'evaluate', '--batch'])
    const ended = once(child, 'exit')
    const count = 20_000
    child.stdin.end(Array.from({ length: count }, (_, n) => question(`c${n}`, 's3:GetObject')).join('\n'))
    const answers = answersOf((await text(child.stdout)).trimEnd())
    expect((await ended)[0]).toBe(0)
    expect(answers.map(({ id }) => id)).toEqual(Array.from({ length: count }, (_, n) => `c${n}`))
  })

  it.each([
    [['--batch'], '', 2, /there was no request in the input/],
    [['--batch'], '\n \n', 2, /there was no request in the input/],
    [['--batch', '--file', '/nowhere/at/all'], '', 2, /reading \/nowhere\/at\/all: the file cannot be read \(ENOENT\)/],
    [['--file', '/nowhere/at/all'], '', 2, /the file cannot be read \(ENOENT\)/],
    [[], 'not json', 2, /reading standard input: not JSON/],
  ])('refuses %j with %j', async (args, input, status, told) => {
    const refused = await terminal.run(['iam', 'evaluate', ...args], input)
    expect(refused).toMatchObject({ status, out: '', note: expect.stringMatching(told) })
  })

  it('one request that is malformed is exit 1, with the reason on stdout', async () => {
    const refused = await terminal.run(['iam', 'evaluate'], '{"id":"x"}')
    expect(refused.status).toBe(1)
    expect(JSON.parse(refused.out)).toMatchObject({ id: 'x', error: { code: expect.any(String) } })
  })
})

describe('sandbox credentials', () => {
  const asked = ['sandbox', 'credentials', '--account', 'claims', '--role', 'admin']
  const identity = (keys: Record<string, string | undefined>) =>
    new STSClient({
      region: keys.AWS_REGION ?? '',
      endpoint: keys.AWS_ENDPOINT_URL ?? '',
      credentials: {
        accessKeyId: keys.AWS_ACCESS_KEY_ID ?? '',
        secretAccessKey: keys.AWS_SECRET_ACCESS_KEY ?? '',
        sessionToken: keys.AWS_SESSION_TOKEN ?? '',
      },
    }).send(new GetCallerIdentityCommand({}))

  it('prints five lines that a shell can take, and they work', async () => {
    const { status, out, note } = await terminal.run([...asked, '--format', 'env'])
    expect([status, note]).toEqual([0, ''])
    const lines = out.split('\n').map((line) => /^([A-Z_]+)=(\S+)$/.exec(line)?.slice(1) as [string, string])
    expect(lines.map(([name]) => name)).toEqual([
      'AWS_ACCESS_KEY_ID',
      'AWS_SECRET_ACCESS_KEY',
      'AWS_SESSION_TOKEN',
      'AWS_REGION',
      'AWS_ENDPOINT_URL',
    ])
    const keys = Object.fromEntries(lines)
    expect(keys).toMatchObject({ AWS_REGION: 'eu-west-1', AWS_ENDPOINT_URL: sandbox.url })
    expect(await identity(keys)).toMatchObject({
      Account: '300000000003',
      Arn: 'arn:aws:sts::300000000003:assumed-role/admin/admin',
    })
  })

  it.each([
    ['management', 'admin', '100000000001'],
    ['platform', 'uais-worker', '200000000002'],
    ['trials', 'break-glass', '400000000004'],
  ])('as JSON, for %s’s %s', async (account, role, id) => {
    const args = ['sandbox', 'credentials', '--account', account, '--role', role, '--source-identity', 'me@home']
    const { status, out } = await terminal.run([...args, '--format', 'json', '--sandbox', `${sandbox.url}/`])
    expect(status).toBe(0)
    const got = JSON.parse(out)
    expect(got).toMatchObject({
      region: 'eu-west-1',
      endpointUrl: sandbox.url,
      expiration: expect.stringMatching(/Z$/),
    })
    expect(out).not.toContain('\n')
    const keys = {
      AWS_REGION: got.region,
      AWS_ENDPOINT_URL: got.endpointUrl,
      AWS_ACCESS_KEY_ID: got.accessKeyId,
      AWS_SECRET_ACCESS_KEY: got.secretAccessKey,
      AWS_SESSION_TOKEN: got.sessionToken,
    }
    expect((await identity(keys)).Arn).toBe(`arn:aws:sts::${id}:assumed-role/${role}/me@home`)
  })

  it.each([
    [['--account', 'nowhere', '--role', 'admin'], 2, /there is no account 'nowhere'; there are management, platform/],
    [['--account', 'claims', '--role', "x'; drop table role; --"], 2, /account 'claims' has no role 'x'; drop/],
    [['--account', 'claims', '--role', '<b>admin</b>'], 2, /has no role '<b>admin<\/b>'/],
    [['--account', 'claims'], 2, /required option '--role <name>' not specified/],
    [['--account', 'claims', '--role', 'admin', '--format', 'yaml'], 2, /Allowed choices are env, json/],
    [['--account', 'claims', '--role', 'admin', '--source-identity', 'a b'], 2, /sourceIdentity must be 2 to 64/],
    [['--account', 'claims', '--role', 'admin', '--sandbox', 'http://127.0.0.1:1'], 4, /the sandbox cannot be reached/],
    [['--account', 'claims', '--role', 'admin', '--sandbox', 'here'], 2, /--sandbox: 'here' is not an http/],
  ])('refuses %j', async (args, status, told) => {
    const refused = await terminal.run(['sandbox', 'credentials', ...args])
    expect(refused).toMatchObject({ status, out: '', note: expect.stringMatching(told) })
  })
})

describe('prove', () => {
  const account = '111122223333'
  const everything = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] }
  const bundle = (scp: unknown) => ({
    ...{ account, partition: 'aws', region: 'eu-west-1' },
    serviceControlPolicies: [
      {
        level: 'root',
        policies: [
          { name: 'full', policy: everything },
          { name: 'own', policy: scp },
        ],
      },
    ],
    principals: [
      { arn: `arn:aws:iam::${account}:role/Admin`, identityPolicies: [{ name: 'admin', policy: everything }] },
    ],
    resources: [],
    invariants: [{ id: 'stay', nobodyBut: [], may: ['organizations:LeaveOrganization'], on: { arns: ['*'] } }],
  })
  const deny = (Action: string) => ({ Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action, Resource: '*' }] })
  const run = (input: unknown, ...more: string[]) =>
    terminal.run(['prove', '--bundle', '-', ...more], typeof input === 'string' ? input : JSON.stringify(input))

  it('exits 0 when all is proved, and prints scope and assumptions', async () => {
    const { status, out } = await run(bundle(deny('organizations:LeaveOrganization')))
    expect(out).toMatch(/^proved {5}stay {2}\(1 action, /)
    expect(out).toMatch(/^1 of 1 proved in \d+\.\d s$/m)
    expect(out).toMatch(/^ {2}assumed: .*management account/m)
    expect(out).toMatch(/^ {2}assumed: .*iam-data \d+\.\d+\.\d+/m)
    expect(status).toBe(0)
  })

  it('exits 1 with the request that breaks the promise', async () => {
    const told = await run(bundle(deny('organizations:List*')))
    expect(told.status).toBe(1)
    expect(told.out).toMatch(/^disproved {2}stay /)
    expect(told.out).toContain('role/Admin does organizations:LeaveOrganization')
    const json = await run(bundle(deny('organizations:List*')), '--json')
    expect(json.status).toBe(1)
    expect(JSON.parse(json.out).results).toMatchObject([
      { id: 'stay', verdict: 'disproved', counterexample: { action: 'organizations:LeaveOrganization', steps: [] } },
    ])
  })

  const large = { ...deny('s3:*'), Statement: Array.from({ length: 60_000 }, () => deny('s3:GetObject').Statement[0]) }
  it.each([
    ['no JSON', '{"account": "1111', /position \d+|Unterminated/],
    ['no bundle', [], /.+/],
    ['an account that is none', { ...bundle(deny('s3:*')), account: '12' }, /account/],
    ['an ARN of another account', { ...bundle(deny('s3:*')), account: '999999999999' }, /principals\[0\]\.arn/],
    [
      'an unknown operator',
      bundle({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Deny', Action: '*', Resource: '*', Condition: { StringEqual: { 'aws:x': 'y' } } }],
      }),
      /Statement\[0\]\.Condition\.StringEqual/,
    ],
    ['a malformed statement', bundle({ Version: '2012-10-17', Statement: [{ Effect: 'Perhaps' }] }), /Statement\[0\]/],
    ['a policy over its size', bundle({ ...deny('s3:*'), Statement: large.Statement.slice(0, 400) }), /10,?240/],
    ['a document of 5 MB', bundle(large), /10,?240|characters/],
    [
      'an invariant without actions',
      { ...bundle(deny('s3:*')), invariants: [{ id: 'x', nobodyBut: [], may: [], on: { arns: ['*'] } }] },
      /invariants\[0\]\.may/,
    ],
  ])('refuses %s with its place, exit 2 and nothing on stdout', async (_what, given, told) => {
    const { status, out, note } = await run(given)
    expect(note).toMatch(told)
    expect({ status, out }).toEqual({ status: 2, out: '' })
  })
})

describe('guardrails', () => {
  const spec = {
    ...{ partition: 'aws', awsAccountId: '111122223333', accountName: 'claims', region: 'eu-west-1' },
    ...{ platformAccountId: '444455556666', organizationId: 'o-a1b2c3d4e5', profile: 'standard' },
    breakGlassPrincipal: 'arn:aws:iam::111122223333:role/break-glass',
  }

  it('are listed and shown without a server', async () => {
    const { out } = await terminal.run(['guardrails', 'list', '--category', 'network', '--json'])
    const { items } = JSON.parse(out) as { items: { id: string; category: string }[] }
    expect(items.length).toBeGreaterThan(3)
    expect(new Set(items.map(({ category }) => category))).toEqual(new Set(['network']))
    const shown = await terminal.run(['guardrails', 'show', 'NET-1', '--account-spec', '-'], JSON.stringify(spec))
    expect(shown.out).toMatch(/^NET-1 {2}/)
    expect(shown.out).toContain('sagemaker:VpcSubnets')
    const none = await terminal.run(['guardrails', 'show', 'NET-99'])
    expect(none).toMatchObject({ status: 2, out: '', note: expect.stringContaining("no control 'NET-99'") })
  })

  it('are compiled to the same files each time, with sizes', async () => {
    const [one, two] = [join(terminal.home, 'one'), join(terminal.home, 'two')]
    const compile = (out: string) =>
      terminal.run(
        ['guardrails', 'compile', '--profile', 'regulated', '--account-spec', '-', '--out', out],
        JSON.stringify(spec),
      )
    const told = await compile(one)
    expect(told.status, told.note).toBe(0)
    expect(told.out).toMatch(/^organization\/guardrails-1\.json {2}\d+ of 10240 characters$/m)
    await compile(two)
    for (const line of told.out.split('\n')) {
      const [path = ''] = line.split('  ')
      expect(readFileSync(join(one, path), 'utf8')).toBe(readFileSync(join(two, path), 'utf8'))
    }
  })

  it.each([
    ['an account of eleven digits', { ...spec, awsAccountId: '11112222333' }, /awsAccountId/],
    ['a break-glass role of another account', { ...spec, awsAccountId: '999999999999' }, /breakGlassPrincipal/],
    ['a field that there is none of', { ...spec, colour: 'red' }, /colour/],
  ])('refuse %s and write nothing', async (_what, given, told) => {
    const out = join(terminal.home, 'never')
    const refused = await terminal.run(
      ['guardrails', 'compile', '--account-spec', '-', '--out', out],
      JSON.stringify(given),
    )
    expect(refused).toMatchObject({ status: 2, out: '', note: expect.stringMatching(told) })
    expect(existsSync(out)).toBe(false)
  })
})
