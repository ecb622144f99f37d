import { randomBytes } from 'node:crypto'
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'
import { findBinaries } from './binaries.ts'
import { stopLeftover } from './leftover.ts'
import { chooseMode, exitOf, type Mode, nobody, run, until } from './process.ts'

export interface PostgresOptions {
  /** Made when absent; a second start finds its data again. */
  dataDir: string
  /** A free one is chosen when absent. */
  port?: number
  /** Skips fsync: for tests that throw the data away. */
  fast?: boolean
}

export interface Postgres {
  /** `postgres://…` with its password. */
  url: string
  port: number
  /** Ends sessions, writes everything and waits until the server is gone. */
  stop(): Promise<void>
}

const user = 'uais'

/**
 * Starts PostgreSQL on 127.0.0.1 from the binaries that npm installed. Takes over a data directory whose last server was
 * orphaned by `kill -9`.
 * @throws Error with what PostgreSQL said when it does not come up.
 */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const dataDir = resolve(options.dataDir)
  const binaries = findBinaries()
  const mode = chooseMode()
  const password = await prepare(mode, binaries.initdb, dataDir)
  await stopLeftover(dataDir)
  const port = options.port ?? (await freePort())
  const fast = options.fast ? ['-c', 'fsync=off', '-c', 'synchronous_commit=off', '-c', 'full_page_writes=off'] : []
  const settings = ['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories=', '-c', 'timezone=UTC', ...fast]
  const { child, said } = run(mode, binaries.postgres, ['-D', dataDir, '-p', String(port), ...settings])
  const accepts = await until(() => child.exitCode !== null || isReady(dataDir, child.pid), 30_000)
  if (!accepts || child.exitCode !== null) {
    child.kill('SIGINT')
    throw new Error(`starting the database on ${dataDir}, port ${port}: ${said() || 'it does not answer'}`)
  }
  const forget = stopWithUs(() => child.kill('SIGINT'))
  return {
    url: `postgres://${user}:${password}@127.0.0.1:${port}/postgres`,
    port,
    async stop() {
      forget()
      child.kill('SIGINT')
      await exitOf(child)
    },
  }
}

/**
 * `initdb` on first use, beside the data directory: it is renamed into place when it is whole, so that a process killed
 * half-way leaves nothing that looks like a database.
 */
async function prepare(mode: Mode, initdb: string, dataDir: string): Promise<string> {
  const passwordFile = `${dataDir}.password`
  if (existsSync(dataDir)) {
    if (existsSync(passwordFile)) return readFileSync(passwordFile, 'utf8').trim()
    throw new Error(`starting the database on ${dataDir}: its password file ${passwordFile} is gone; restore it`)
  }
  const draft = `${dataDir}.new`
  rmSync(draft, { recursive: true, force: true })
  mkdirSync(draft, { recursive: true, mode: 0o700 })
  const password = randomBytes(24).toString('base64url')
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 })
  if (mode === 'nobody') for (const path of [draft, passwordFile]) chownSync(path, nobody, nobody)
  const { child, said } = run(mode, initdb, [
    ...['-D', draft, '-U', user, '--pwfile', passwordFile, '--auth', 'scram-sha-256'],
    ...['--encoding', 'UTF8', '--locale', 'C.UTF-8'],
  ])
  if ((await exitOf(child)) !== 0) throw new Error(`making the database in ${dataDir}: ${said()}`)
  renameSync(draft, dataDir)
  return password
}

/** When this process ends without `stop` (an error, exit), the server is told to end too. */
function stopWithUs(end: () => void): () => void {
  process.once('exit', end)
  return () => process.off('exit', end)
}

/** Line 1 of `postmaster.pid` is the server's process, line 8 its state (`src/include/utils/pidfile.h`). */
function isReady(dataDir: string, pid: number | undefined): boolean {
  const file = join(dataDir, 'postmaster.pid')
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []
  return Number(lines[0]) === pid && lines[7]?.trim() === 'ready'
}

/** A port that was free a moment ago. */
export function freePort(): Promise<number> {
  return new Promise((resolveWith, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() =>
        address && typeof address === 'object' ? resolveWith(address.port) : reject(new Error('no port')),
      )
    })
  })
}
