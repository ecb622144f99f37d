import { spawn } from 'node:child_process'
import { createHash, createHmac } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SignatureV4 } from '@smithy/signature-v4'
import { credentialsOf, freePort } from '@uais/devstack'
import { type Figure, figure, secondsOf } from './figure.ts'

const connections = 10
const perRound = 3000
const rounds = 5

/** Signed, decided, recorded and journaled requests a second on ten connections: iam:GetRole by an administrator. */
export async function sandboxRequests(): Promise<Figure> {
  const dataDir = mkdtempSync(join(tmpdir(), 'uais-bench-'))
  // A process of its own, as a client meets it: in one thread with the client it would share the processor with it.
  const port = await freePort()
  const env = { ...process.env, UAIS_SANDBOX_PORT: String(port), UAIS_DATA_DIR: dataDir }
  const child = spawn(process.execPath, ['--import', 'tsx', 'packages/sandbox/src/main.ts'], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(child, 'exit')
  try {
    await once(child.stdout, 'data')
    const send = await sender(`http://127.0.0.1:${port}`)
    const samples: number[] = []
    await round(send, 500)
    for (let each = 0; each < rounds; each++) samples.push(perRound / (await secondsOf(() => round(send, perRound))))
    return figure('requests/s', samples)
  } finally {
    child.kill('SIGTERM')
    await ended
    rmSync(dataDir, { recursive: true, force: true })
  }
}

async function round(send: () => Promise<void>, count: number): Promise<void> {
  let left = count
  const lane = async () => {
    while (left-- > 0) await send()
  }
  await Promise.all(Array.from({ length: connections }, lane))
}

/** One request, signed once: the sandbox verifies it each time, and the client's own signing is not what is measured. */
async function sender(url: string): Promise<() => Promise<void>> {
  const credentials = await credentialsOf(url, 'claims', 'admin')
  const { hostname, port, host } = new URL(url)
  const body = 'Action=GetRole&Version=2010-05-08&RoleName=admin'
  const signer = new SignatureV4({ credentials, region: 'us-east-1', service: 'iam', sha256: Sha256 })
  const signed = await signer.sign({
    method: 'POST',
    protocol: 'http:',
    hostname,
    path: '/',
    query: {},
    body,
    headers: { host, 'content-type': 'application/x-www-form-urlencoded' },
  })
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const headers = { ...signed.headers, 'content-length': String(body.length) }
  return () =>
    new Promise((resolve, reject) => {
      const sent = request({ hostname, port, agent, method: 'POST', path: '/', headers }, (answer) => {
        answer.resume()
        answer.once('end', () =>
          answer.statusCode === 200 ? resolve() : reject(new Error(`the sandbox answered ${answer.statusCode}`)),
        )
      })
      sent.once('error', reject)
      sent.end(body)
    })
}

/** What the signer wants of a hash, over Node's. */
class Sha256 {
  readonly #hash: { update(data: string | Uint8Array): unknown; digest(): Buffer }
  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', secret as string)
  }
  update(data: string | Uint8Array): void {
    this.#hash.update(data)
  }
  async digest(): Promise<Uint8Array> {
    return this.#hash.digest()
  }
  reset(): void {
    throw new Error('resetting a hash: not needed by the signer')
  }
}
