import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { type Cli, runCli } from '@uais/cli'
import { Browser, oid } from '@uais/sandbox'

/** What a command printed, and its exit status. */
export interface Outcome {
  status: number
  out: string
  note: string
}

/** A person's shell: its own home directory, and the command line as `main.ts` would run it, in this process. */
export interface Terminal {
  home: string
  credentialFile: string
  run(args: string[], input?: string): Promise<Outcome>
  close(): void
}

/** `onNote` is told each line of stderr as it is printed. */
export function openTerminal(
  world: { server: string; sandbox?: string; token?: string },
  onNote: (line: string) => void = () => undefined,
): Terminal {
  const home = mkdtempSync(join(tmpdir(), 'uais-cli-'))
  const credentialFile = join(home, 'uais', 'sign-in.json')
  return {
    home,
    credentialFile,
    async run(args, input = '') {
      const out: string[] = []
      const note: string[] = []
      const cli: Cli = {
        defaultServer: world.server,
        defaultSandbox: world.sandbox ?? 'http://127.0.0.1:1',
        token: world.token,
        credentialFile,
        input: Readable.from([input]),
        out: (line) => out.push(line),
        drained: async () => undefined,
        note: (line) => {
          note.push(line)
          onNote(line)
        },
      }
      const status = await runCli(args, cli)
      return { status, out: out.join('\n'), note: note.join('\n') }
    },
    close: () => rmSync(home, { recursive: true, force: true }),
  }
}

/** A UAIS token by the device flow, without the wait between polls that `uais sign-in` keeps. */
export async function tokenOf(urls: { portal: string }, issuer: string, name: string): Promise<string> {
  const tenant = issuer.replace(/\/v2\.0$/, '')
  const post = async (url: string, body: string | URLSearchParams, headers: Record<string, string> = {}) => {
    const response = await fetch(url, { method: 'POST', body, headers })
    if (!response.ok) throw new Error(`asking ${url} for ${name}: ${response.status} ${await response.text()}`)
    return (await response.json()) as Record<string, string>
  }
  const settings = (await (await fetch(`${urls.portal}/auth/configuration`)).json()) as Record<string, string>
  const client_id = settings.cliClientId ?? ''
  const begun = await post(
    `${tenant}/oauth2/v2.0/devicecode`,
    new URLSearchParams({ client_id, scope: settings.scope ?? '' }),
  )
  await new Browser().confirmDevice(new URL(begun.verification_uri ?? ''), begun.user_code ?? '', oid(name))
  const tokens = await post(
    `${tenant}/oauth2/v2.0/token`,
    new URLSearchParams({
      ...{ client_id, device_code: begun.device_code ?? '' },
      grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
    }),
  )
  const body = JSON.stringify({ token: tokens.access_token, label: `test of ${name}` })
  const issued = await post(`${urls.portal}/auth/token`, body, { 'content-type': 'application/json' })
  return issued.token ?? ''
}
