import { people } from '@uais/sandbox'
import { startDevstack } from './devstack.ts'

/** `npm start`: everything on this machine, until SIGINT or SIGTERM. */
const env = process.env
const began = performance.now()
const say = (line: string) => process.stdout.write(`${line}\n`)

try {
  const stack = await startDevstack({
    dataDir: env.UAIS_DATA_DIR ?? '.uais',
    ports: {
      portal: port('UAIS_PORT', 8080),
      aws: port('UAIS_SANDBOX_PORT', 4566),
      entra: port('UAIS_ENTRA_PORT', 4567),
    },
    logLevel: env.UAIS_LOG_LEVEL ?? 'warn',
    ...(env.DATABASE_URL ? { databaseUrl: env.DATABASE_URL } : {}),
    progress: (what) => say(`  starting ${what}`),
    env,
  })
  announce(stack.urls)
  let stopping = false
  const stop = () => {
    if (stopping) return
    stopping = true
    say('Stopping.')
    stack.stop().catch((error: unknown) => {
      say(`Stopping did not end cleanly: ${error instanceof Error ? error.message : error}`)
      process.exitCode = 1
    })
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
} catch (error) {
  process.stderr.write(`UAIS did not start: ${error instanceof Error ? error.message : error}\n`)
  process.exitCode = 1
}

function announce(urls: { portal: string; aws: string; entra: string }): void {
  say(`\nUnited AI Studio is ready after ${((performance.now() - began) / 1000).toFixed(1)} s\n`)
  say(`  Portal   ${urls.portal}`)
  say(`  AWS      ${urls.aws}   (AWS_ENDPOINT_URL for terraform, the AWS CLI and SDKs)`)
  say(`  Entra    ${urls.entra}\n`)
  say('Sign in as one of (no passwords in the sandbox):')
  for (const person of people.slice(0, 13)) say(`  ${person.userPrincipalName.padEnd(24)} ${person.role}`)
  say('\nStop with Ctrl-C; a second start resumes with all data.')
}

function port(name: string, otherwise: number): number {
  const value = Number(env[name] ?? otherwise)
  if (Number.isInteger(value) && value >= 0 && value < 65_536) return value
  throw new Error(`${name} is '${env[name]}': it must be a port number.`)
}
