import { once } from 'node:events'
import { homedir } from 'node:os'
import { join } from 'node:path'
import type { Cli } from './cli.ts'
import { runCli } from './program.ts'

const { env, stdin, stdout, stderr } = process
const cli: Cli = {
  defaultServer: env.UAIS_URL ?? `http://127.0.0.1:${env.UAIS_PORT ?? 8080}`,
  defaultSandbox: `http://127.0.0.1:${env.UAIS_SANDBOX_PORT ?? 4566}`,
  token: env.UAIS_TOKEN,
  credentialFile: join(env.XDG_CONFIG_HOME ?? join(homedir(), '.config'), 'uais', 'sign-in.json'),
  input: stdin,
  out: (line) => stdout.write(`${line}\n`),
  drained: async () => {
    if (stdout.writableNeedDrain) await once(stdout, 'drain')
  },
  note: (line) => stderr.write(`${line}\n`),
}

// `uais … | head` closes the pipe when it has seen enough: not a fault.
stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))
process.exitCode = await runCli(process.argv.slice(2), cli)
