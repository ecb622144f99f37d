import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { WireCall } from './wire-calls.ts'
import { type Outcome, type WireClient, works } from './wire-clients.ts'
import type { WireSession } from './wire-session.ts'

const run = promisify(execFile)

const environment = ({ endpoint, credentials, subjects }: WireSession, as: WireCall['as']) => ({
  PATH: process.env.PATH,
  HOME: tmpdir(),
  AWS_ACCESS_KEY_ID: credentials[as].accessKeyId,
  AWS_SECRET_ACCESS_KEY: credentials[as].secretAccessKey,
  AWS_SESSION_TOKEN: credentials[as].sessionToken,
  AWS_DEFAULT_REGION: subjects.region,
  AWS_ENDPOINT_URL: endpoint,
  AWS_MAX_ATTEMPTS: '1',
  AWS_PAGER: '',
})

/** The AWS CLI, where it is installed: one process a call, two at a time. */
export const cli: WireClient | undefined = works('aws', ['--version'])
  ? async (session, calls) => {
      const dir = mkdtempSync(join(tmpdir(), 'uais-cli-'))
      const outcomes: Outcome[] = []
      const queue = [...calls.entries()]
      const lane = async () => {
        for (let next = queue.shift(); next; next = queue.shift())
          outcomes[next[0]] = await runCli(session, next[1], join(dir, String(next[0])))
      }
      await Promise.all([lane(), lane()])
      rmSync(dir, { recursive: true, force: true })
      return outcomes
    }
  : undefined

async function runCli(
  session: WireSession,
  { as, service, operation, input }: WireCall,
  file: string,
): Promise<Outcome> {
  writeFileSync(file, JSON.stringify(input))
  const kebab = operation
    .replace(/V2$/, '-v2')
    .replace(/([a-z])([A-Z])/g, '$1-$2')
    .toLowerCase()
  // Debian's version predates AWS_ENDPOINT_URL.
  const args = [
    service === 's3' ? 's3api' : service,
    kebab,
    '--endpoint-url',
    session.endpoint,
    '--no-paginate',
    '--cli-input-json',
    `file://${file}`,
  ]
  // With a file to write to, this CLI wants what is required as arguments of their own.
  if (operation === 'GetObject')
    args.splice(-2, 2, '--bucket', String(input.Bucket), '--key', String(input.Key), `${file}.out`)
  try {
    await run('aws', args, { env: environment(session, as), timeout: 60_000 })
    return { ok: true }
  } catch (error) {
    const text = String((error as { stderr?: string }).stderr ?? error)
    const [, code = 'ClientError', message = text] = /An error occurred \(([^)]+)\)[^:]*: ([\s\S]*)/.exec(text) ?? []
    return { ok: false, code, message: message.trim() }
  }
}
