import { spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PlatformError } from '@uais/contract'
import { follow } from './follow.ts'
import { proofOf, writeProof } from './process-proof.ts'

export interface Command {
  binary: string
  args: readonly string[]
  /** Directory of the root module. */
  cwd: string
  /** Private directory for the output files and the proof of the process. */
  workDir: string
  env: Readonly<Record<string, string>>
  /** Name of the step: `plan` writes `plan.out` and `plan.err`. */
  step: string
  onLine?: (line: string) => void
  signal?: AbortSignal
  /** Milliseconds between SIGINT, on which Terraform saves state and unlocks, and SIGKILL. Default 60,000. */
  graceMs?: number
}

export interface CommandResult {
  code: number
  stdout: string
  stderr: string
  /** The command was told to stop. */
  cancelled: boolean
}

/**
 * Runs one terraform command in its own process group. Its output goes to files, not pipes: should this process be
 * killed, terraform neither dies of a broken pipe in the middle of an apply nor loses what it wrote.
 */
export async function runCommand(command: Command): Promise<CommandResult> {
  if (command.signal?.aborted) return { code: -1, stdout: '', stderr: '', cancelled: true }
  const out = join(command.workDir, `${command.step}.out`)
  const err = join(command.workDir, `${command.step}.err`)
  const fds = [openSync(out, 'w', 0o600), openSync(err, 'w', 0o600)] as const
  const child = spawn(command.binary, [...command.args], {
    cwd: command.cwd,
    env: { ...command.env },
    stdio: ['ignore', fds[0], fds[1]],
    detached: true,
  })
  for (const fd of fds) closeSync(fd)
  const ended = new Promise<number>((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', (code, signal) => resolve(code ?? (signal ? -1 : 0)))
  })
  if (child.pid !== undefined) {
    const proof = proofOf(child.pid)
    if (proof) writeProof(join(command.workDir, 'process.json'), proof)
  }
  const stopFollowing = command.onLine ? follow(out, command.onLine) : undefined
  const stopCancelling = cancelOn(command.signal, child.pid, command.graceMs ?? 60_000)
  try {
    const code = await ended
    return {
      code,
      stdout: readFileSync(out, 'utf8'),
      stderr: readFileSync(err, 'utf8'),
      cancelled: command.signal?.aborted ?? false,
    }
  } catch (cause) {
    throw new PlatformError('internal', `starting '${command.binary}': ${(cause as Error).message}`, { cause })
  } finally {
    stopCancelling()
    stopFollowing?.()
  }
}

/** SIGINT to terraform alone (its providers end with it), SIGKILL to the group when the grace is over. */
function cancelOn(signal: AbortSignal | undefined, pid: number | undefined, graceMs: number): () => void {
  if (!signal || pid === undefined) return () => {}
  let killer: NodeJS.Timeout | undefined
  const cancel = () => {
    kill(pid, 'SIGINT')
    killer = setTimeout(() => kill(-pid, 'SIGKILL'), graceMs)
  }
  signal.addEventListener('abort', cancel, { once: true })
  return () => {
    signal.removeEventListener('abort', cancel)
    clearTimeout(killer)
  }
}

/** Signals a process, or a group by its negative id; one that is already gone is what was wanted. */
export function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
