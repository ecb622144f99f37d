import { type ChildProcess, type SpawnOptions, spawn, spawnSync } from 'node:child_process'

/**
 * PostgreSQL refuses to run as root. Root therefore starts it in a user namespace that maps root to `nobody`: the files
 * stay root's own and no parent directory has to be opened to others. Where namespaces are not allowed (some containers)
 * it runs as `nobody`, and its directory must then be reachable for that user.
 */
export type Mode = 'direct' | 'namespace' | 'nobody'
export const nobody = 65_534

/** How this process can start PostgreSQL. */
export function chooseMode(): Mode {
  if (process.getuid?.() !== 0) return 'direct'
  const trial = spawnSync('unshare', [...namespaceFlags, 'true'], { stdio: 'ignore' })
  return trial.status === 0 ? 'namespace' : 'nobody'
}

const namespaceFlags = ['--user', `--map-user=${nobody}`, `--map-group=${nobody}`]

/** Starts a program of PostgreSQL. Its stderr is kept, so that a failure can be explained. */
export function run(mode: Mode, binary: string, args: string[]): { child: ChildProcess; said: () => string } {
  const [command, all] = mode === 'namespace' ? ['unshare', [...namespaceFlags, binary, ...args]] : [binary, args]
  const options: SpawnOptions = {
    stdio: ['ignore', 'ignore', 'pipe'],
    cwd: '/',
    env: { PATH: process.env.PATH ?? '', LC_ALL: 'C', TZ: 'UTC' },
    // Its own process group: Ctrl-C in the terminal reaches us first, and we stop it in order.
    detached: true,
    ...(mode === 'nobody' ? { uid: nobody, gid: nobody } : {}),
  }
  const child = spawn(command, all, options)
  let text = ''
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    text = (text + chunk).slice(-4000)
  })
  child.on('error', (error) => {
    text += error.message
  })
  return { child, said: () => text.trim() }
}

/** Exit code of a program; a signal counts as -1. */
export function exitOf(child: ChildProcess): Promise<number> {
  if (child.exitCode !== null) return Promise.resolve(child.exitCode)
  return new Promise((resolve) => {
    child.once('exit', (code) => resolve(code ?? -1))
    child.once('error', () => resolve(-1))
  })
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Asks again and again; false when it was never so. */
export async function until(what: () => boolean, milliseconds: number): Promise<boolean> {
  const end = Date.now() + milliseconds
  while (Date.now() < end) {
    if (what()) return true
    await new Promise((resolve) => setTimeout(resolve, 40))
  }
  return what()
}
