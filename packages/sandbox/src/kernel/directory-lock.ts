import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Holds a directory for this process: two sandboxes that write one journal would ruin it. A lock whose holder was
 * killed is taken over.
 *
 * @returns how to let it go
 */
export function lockDirectory(directory: string): () => void {
  const path = join(directory, 'lock')
  const holder = readLock(path)
  if (holder && holder.pid !== process.pid && holder.start !== undefined && startOf(holder.pid) === holder.start) {
    throw new Error(
      `opening '${directory}': process ${holder.pid} is using it; stop that one, or give this one another directory`,
    )
  }
  writeFileSync(path, JSON.stringify({ pid: process.pid, start: startOf(process.pid) }))
  return () => rmSync(path, { force: true })
}

interface Holder {
  pid: number
  start?: string
}

function readLock(path: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Holder
  } catch {
    // Absent, or cut short by a kill: nobody holds it.
    return undefined
  }
}

/**
 * When a living process began, so that another one under the same number is told apart; undefined for one that is
 * gone or only waits to be buried. Where there is no /proc, living is all that can be told.
 */
function startOf(pid: number): string | undefined {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')
    return fields[0] === 'Z' || fields[0] === 'X' ? undefined : fields[19]
  } catch {
    return process.platform === 'linux' ? undefined : aliveWithoutProc(pid)
  }
}

function aliveWithoutProc(pid: number): string | undefined {
  try {
    process.kill(pid, 0)
    return 'alive'
  } catch {
    return undefined
  }
}
