import { execFile } from 'node:child_process'
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Browser, oid } from '@uais/sandbox'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ApiStack, startApiStack } from './api-stack.ts'
import { openTerminal, type Terminal, tokenOf } from './cli-terminal.ts'

let stack: ApiStack
let terminal: Terminal
/** What a person does on seeing the link and the code; tests replace it. */
let atBrowser: (page: URL, code: string) => Promise<unknown>

beforeAll(async () => {
  stack = await startApiStack()
  terminal = openTerminal({ server: stack.url }, (line) => {
    const [, page, code] = /^Open (\S+) and enter (\S+)$/.exec(line) ?? []
    if (page && code) void atBrowser(new URL(page), code)
  })
})
afterAll(() => {
  terminal.close()
  return stack.stop()
})

const repository = fileURLToPath(new URL('../..', import.meta.url))
/** The command as people type it, in a process of its own. */
const npmRun = (args: string[], env: Record<string, string>) =>
  new Promise<{ status: number; out: string; note: string }>((resolve) => {
    const child = execFile(
      'npm',
      ['run', '--silent', 'uais', '--', ...args],
      { cwd: repository, env: { ...process.env, UAIS_URL: stack.url, ...env }, timeout: 60_000 },
      (_error, out, note) => resolve({ status: child.exitCode ?? -1, out, note }),
    )
  })

describe('the device flow', () => {
  it('signs in by a link and a code, keeps the token for its owner only, and signs out here and there', async () => {
    atBrowser = (page, code) => new Browser().confirmDevice(page, code, oid('sam'))
    const signedIn = await terminal.run(['sign-in'])
    expect(signedIn).toMatchObject({ status: 0, out: expect.stringMatching(/^signed in at http:\S+ until 2\S+Z$/) })
    expect(statSync(terminal.credentialFile).mode & 0o777).toBe(0o600)
    const who = await terminal.run(['whoami'])
    expect(who).toEqual({
      status: 0,
      out: `Sam Science <sam@uais.example>, object id ${oid('sam')}\nplatform roles: none; owns 0 accounts`,
      note: '',
    })
    const { token } = JSON.parse(readFileSync(terminal.credentialFile, 'utf8'))[stack.url] as { token: string }
    expect(await terminal.run(['sign-out'])).toMatchObject({ status: 0, out: `signed out at ${stack.url}` })
    expect(() => statSync(terminal.credentialFile)).toThrow(/ENOENT/)
    const after = await fetch(`${stack.url}/api/v1/session`, { headers: { authorization: `Bearer ${token}` } })
    expect(after.status).toBe(401)
    expect(await terminal.run(['sign-out', '--json'])).toMatchObject({
      status: 0,
      out: expect.stringContaining('"wasSignedIn": false'),
    })
  })

  it('ends with exit 3 and no token when the person declines', async () => {
    atBrowser = (page, code) => declineDevice(page, code)
    const declined = await terminal.run(['sign-in', '--json'])
    expect(declined.status).toBe(3)
    expect(JSON.parse(declined.out)).toEqual({
      error: { code: 'not-signed-in', message: 'signing in: it was declined. Run: uais sign-in' },
    })
    expect(() => statSync(terminal.credentialFile)).toThrow(/ENOENT/)
  })

  it('is told what it needs by the server: tenant, client and scope, and no secret', async () => {
    expect(await (await fetch(`${stack.url}/auth/configuration`)).json()).toEqual({
      issuer: stack.stack.entra.issuer,
      cliClientId: 'uais-cli',
      scope: 'openid profile api://uais/access',
    })
  })

  it('refuses a server that is not UAIS, and an address that is none', async () => {
    const stranger = await terminal.run(['sign-in', '--server', stack.stack.urls.aws])
    expect(stranger).toMatchObject({ status: 3, note: expect.stringContaining('does not answer as UAIS does') })
    for (const address of ['uais.example', 'file:///etc/passwd', 'http://']) {
      const refused = await terminal.run(['whoami', '--server', address])
      expect(refused).toEqual({
        ...{ status: 2, out: '' },
        note: `uais: --server: '${address}' is not an http or https address`,
      })
    }
  })
})

/** Types the code and then presses “No”. */
async function declineDevice(page: URL, code: string): Promise<void> {
  const typed = await fetch(page)
  const cookie = typed.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
  const xsrf = /name="xsrf" value="([^"]*)"/.exec(await typed.text())?.[1] ?? ''
  const post = (form: Record<string, string>) =>
    fetch(page, { method: 'POST', headers: { cookie }, body: new URLSearchParams({ xsrf, user_code: code, ...form }) })
  await post({})
  await post({ abort: 'yes' })
}

describe('exit status', () => {
  it('3 without a sign-in, with the way out', async () => {
    const refused = await terminal.run(['projects', 'list'])
    expect(refused).toMatchObject({ status: 3, out: '', note: expect.stringMatching(/^uais: .*Run: uais sign-in$/) })
  })

  it('3 with a token that has ended or is nonsense', async () => {
    for (const token of ['nonsense', `uais_${'x'.repeat(43)}`]) {
      const other = openTerminal({ server: stack.url, token })
      expect((await other.run(['whoami'])).status).toBe(3)
      other.close()
    }
  })

  it('3 when the stored sign-in has expired or its file is damaged: neither is sent', async () => {
    const other = openTerminal({ server: stack.url })
    const token = await tokenOf({ portal: stack.url }, stack.stack.entra.issuer, 'vic')
    const keep = (milliseconds: number) => {
      const expiresAt = new Date(Date.now() + milliseconds).toISOString()
      writeFileSync(other.credentialFile, JSON.stringify({ [stack.url]: { token, expiresAt } }))
    }
    mkdirSync(dirname(other.credentialFile))
    keep(60_000)
    expect((await other.run(['whoami'])).status).toBe(0)
    keep(-1)
    expect((await other.run(['whoami'])).status).toBe(3)
    writeFileSync(other.credentialFile, '{"half":')
    expect((await other.run(['whoami'])).status).toBe(3)
    other.close()
  })

  it('4 when nobody answers, with what to look at', async () => {
    const refused = await terminal.run(['whoami', '--server', 'http://127.0.0.1:1', '--json'])
    expect(refused.status).toBe(4)
    expect(JSON.parse(refused.out).error).toMatchObject({
      code: 'unreachable',
      message: expect.stringContaining('Is it running, and is --server right?'),
    })
  })

  it('1 when something answers that is not UAIS', async () => {
    const server = createServer((_request, response) => response.writeHead(502).end('<h1>Bad gateway</h1>'))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    expect(await terminal.run(['whoami', '--server', url])).toEqual({
      ...{ status: 1, out: '' },
      note: 'uais: The server answered 502 without an explanation.',
    })
    server.close()
  })

  it.each([
    [['whoami', '--colour'], "error: unknown option '--colour'"],
    [['projects', 'list', '--owner', 'me'], "error: unknown option '--owner'"],
    [['projects', 'make'], "error: unknown command 'make'"],
    [['projects', 'show'], "error: missing required argument 'project'"],
    [['accounts', 'create'], "error: required option '--file <json>' not specified"],
    [['projects', 'list', '--limit', '0'], 'It must be a whole number from 1 to 100.'],
    [['projects', 'list', '--limit', '1e1'], 'It must be a whole number from 1 to 100.'],
  ])('2 for %j', async (args, told) => {
    const refused = await terminal.run(args)
    expect(refused).toMatchObject({ status: 2, out: '', note: expect.stringContaining(told) })
    const asJson = await terminal.run([...args, '--json'])
    expect(asJson.status).toBe(2)
    expect(JSON.parse(asJson.out).error).toMatchObject({ code: 'invalid-request' })
  })

  it('0 for help, which names every command', async () => {
    const help = await terminal.run(['--help'])
    expect(help.status).toBe(0)
    for (const noun of ['sign-in', 'accounts', 'projects', 'data', 'reviews', 'deployments', 'runs', 'iam', 'sandbox'])
      expect(help.out).toMatch(new RegExp(`^  ${noun}\\b`, 'm'))
    expect((await terminal.run([])).status).toBe(2)
  })
})

describe('as a process of its own', () => {
  it('npm run uais takes token and server from the environment, and its status is that of the command', async () => {
    const UAIS_TOKEN = await tokenOf({ portal: stack.url }, stack.stack.entra.issuer, 'ada')
    const who = await npmRun(['whoami', '--json'], { UAIS_TOKEN })
    expect(who.status, who.note).toBe(0)
    expect(JSON.parse(who.out)).toMatchObject({ person: { oid: oid('ada') }, platformRoles: ['admin'] })
    const unsigned = await npmRun(['whoami'], { XDG_CONFIG_HOME: terminal.home })
    expect(unsigned).toMatchObject({ status: 3, out: '', note: expect.stringContaining('Run: uais sign-in') })
  })
})
