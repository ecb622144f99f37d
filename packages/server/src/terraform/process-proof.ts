import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'

/**
 * Identity of a process that survives the reuse of its id: id, start time and host. Kept in the work directory, so
 * that whoever finds the directory can tell whether its terraform is still at work.
 */
export interface ProcessProof {
  pid: number
  startedAt: string
  host: string
}

export function proofOf(pid: number): ProcessProof | undefined {
  const startedAt = startTime(pid)
  return startedAt === undefined ? undefined : { pid, startedAt, host: hostname() }
}

export function writeProof(file: string, proof: ProcessProof): void {
  writeFileSync(file, JSON.stringify(proof), { mode: 0o600 })
}

export function readProof(file: string): ProcessProof | undefined {
  if (!existsSync(file)) return undefined
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as ProcessProof
  } catch {
    return undefined // the writer was killed in the middle; `unknown` then, see below
  }
}

/** `elsewhere`: it ran on another host, so nothing can be proved from here. */
export function stateOf(proof: ProcessProof): 'alive' | 'gone' | 'elsewhere' {
  if (proof.host !== hostname()) return 'elsewhere'
  return startTime(proof.pid) === proof.startedAt ? 'alive' : 'gone'
}

/** Field 22 of /proc/<pid>/stat, proc(5); the name in field 2 may hold spaces and brackets. Elsewhere ps(1). */
function startTime(pid: number): string | undefined {
  if (existsSync('/proc/self/stat')) {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      return fields[0] === 'Z' ? undefined : fields[19]
    } catch {
      return undefined
    }
  }
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || undefined
  } catch {
    return undefined
  }
}

/**
 * Ids of the processes whose working directory lies in `directory`: a terraform that was started a moment before its
 * proof could be written, and provider plugins that outlived theirs. Linux only; elsewhere the proof must do.
 */
export function processesIn(directory: string): number[] {
  if (!existsSync('/proc/self/cwd')) return []
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        return `${readlinkSync(`/proc/${pid}/cwd`)}/`.startsWith(`${directory}/`)
      } catch {
        return false // gone meanwhile, or another user's
      }
    })
}
