import { existsSync, readFileSync, readlinkSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { isAlive, until } from './process.ts'

/**
 * Stops a server that an earlier, killed process of ours left running on this data directory, and removes a
 * `postmaster.pid` that nobody stands behind. The file's lines: pid, data directory, start time, port (PostgreSQL,
 * "pg_ctl" and `src/include/utils/pidfile.h`).
 */
export async function stopLeftover(dataDir: string): Promise<void> {
  const file = join(dataDir, 'postmaster.pid')
  if (!existsSync(file)) return
  const [pidText = '', directory = ''] = readFileSync(file, 'utf8').split('\n')
  const pid = Number(pidText)
  if (!Number.isInteger(pid) || pid <= 1 || !isPostgresOf(pid, directory, dataDir)) {
    rmSync(file, { force: true })
    return
  }
  // SIGINT = "fast shutdown": sessions are ended, data is written (PostgreSQL, "Shutting Down the Server").
  process.kill(pid, 'SIGINT')
  if (await until(() => !isAlive(pid), 15_000)) return
  throw new Error(`stopping the database server ${pid} that an earlier run left on ${dataDir}: it does not end`)
}

/** A pid can be someone else's by now: it must be a living postgres that serves exactly this directory. */
function isPostgresOf(pid: number, directory: string, dataDir: string): boolean {
  if (resolve(directory) !== resolve(dataDir) || !isAlive(pid)) return false
  if (process.platform !== 'linux') return true
  try {
    const commandLine = readFileSync(`/proc/${pid}/cmdline`, 'utf8')
    return /postgres/.test(commandLine) && resolve(readlinkSync(`/proc/${pid}/cwd`)) === resolve(dataDir)
  } catch {
    return false
  }
}
