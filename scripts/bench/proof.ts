import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const sizes = [
  [12, 60],
  [25, 100],
  [50, 200],
  [100, 400],
] as const

interface Proved {
  coldMs: number
  afterChangeMs: number
}

/**
 * The regulated profile in accounts that grow: milliseconds of the first proof of a process, of a further one of the same
 * account, and of one after a role was given more; memory at its most. `grows` compares each with the smallest account.
 */
export async function proofs(): Promise<object[]> {
  const found: Proved[] = []
  for (const [principals, resources] of sizes) found.push(await proveGrown(principals, resources))
  const [smallest] = found as [Proved]
  return found.map((one) => ({
    ...one,
    grows: {
      cold: ratio(one.coldMs, smallest.coldMs),
      afterChange: ratio(one.afterChangeMs, smallest.afterChangeMs),
    },
  }))
}

async function proveGrown(principals: number, resources: number): Promise<Proved> {
  const script = fileURLToPath(new URL('./prove-grown.ts', import.meta.url))
  // The heap that the server's prover has.
  const args = ['--max-old-space-size=256', '--import', 'tsx', script, String(principals), String(resources)]
  const { stdout } = await promisify(execFile)(process.execPath, args)
  return JSON.parse(stdout) as Proved
}

function ratio(one: number, other: number): number {
  return Math.round((one / other) * 100) / 100
}
