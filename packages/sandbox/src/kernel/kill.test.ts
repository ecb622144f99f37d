import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CreateRoleCommand, IAMClient, ListRolesCommand } from '@aws-sdk/client-iam'
import { afterAll, expect, it } from 'vitest'

const dataDir = mkdtempSync(join(tmpdir(), 'uais-kill-'))
afterAll(() => rmSync(dataDir, { recursive: true, force: true }))

const trust =
  '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}}'

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })
}

async function start(port: number): Promise<ChildProcess> {
  const main = new URL('../main.ts', import.meta.url).pathname
  const env = { PATH: process.env.PATH, UAIS_SANDBOX_PORT: String(port), UAIS_DATA_DIR: dataDir }
  const child = spawn(process.execPath, ['--import', 'tsx', main], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  await new Promise<void>((resolve, reject) => {
    child.stdout?.once('data', () => resolve())
    child.once('exit', (code) => reject(new Error(`the sandbox ended with ${code} while it started`)))
  })
  return child
}

async function iam(port: number): Promise<IAMClient> {
  const answer = await fetch(`http://127.0.0.1:${port}/_sandbox/credentials`, {
    method: 'POST',
    headers: { 'x-uais-sandbox': '1' },
    body: JSON.stringify({ account: 'claims', role: 'admin' }),
  })
  const { accessKeyId, secretAccessKey, sessionToken } = (await answer.json()) as Record<string, string>
  const credentials = {
    accessKeyId: accessKeyId ?? '',
    secretAccessKey: secretAccessKey ?? '',
    sessionToken: sessionToken ?? '',
  }
  return new IAMClient({ endpoint: `http://127.0.0.1:${port}`, region: 'eu-west-1', credentials, maxAttempts: 1 })
}

/** Creates roles on four connections until the process dies; returns the names whose creation was answered. */
async function writeUntilKilled(client: IAMClient, round: number): Promise<string[]> {
  const answered: string[] = []
  const lane = async (lane: number) => {
    for (let n = 0; ; n++) {
      const name = `r${round}-${lane}-${n}`
      try {
        await client.send(new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument: trust }))
      } catch {
        return
      }
      answered.push(name)
    }
  }
  await Promise.all([0, 1, 2, 3].map(lane))
  return answered
}

async function rolesOf(client: IAMClient): Promise<Set<string>> {
  const names = new Set<string>()
  let Marker: string | undefined
  do {
    const page: { Roles?: { RoleName?: string }[]; Marker?: string } = await client.send(
      new ListRolesCommand({ ...(Marker ? { Marker } : {}) }),
    )
    for (const role of page.Roles ?? []) names.add(role.RoleName ?? '')
    Marker = page.Marker
  } while (Marker)
  return names
}

it('loses no answered call when it is killed while it writes', { timeout: 90_000 }, async () => {
  const answered: string[] = []
  for (const [round, milliseconds] of [150, 320, 540].entries()) {
    const port = await freePort()
    const child = await start(port)
    const ended = new Promise((resolve) => child.once('exit', resolve))
    const writing = writeUntilKilled(await iam(port), round)
    setTimeout(() => child.kill('SIGKILL'), milliseconds)
    answered.push(...(await writing))
    await ended
  }
  const port = await freePort()
  const child = await start(port)
  const present = await rolesOf(await iam(port))
  child.kill('SIGKILL')
  expect(answered.length).toBeGreaterThan(20)
  expect(answered.filter((name) => !present.has(name))).toEqual([])
  expect(present).toContain('break-glass')
})
