import { availableParallelism, loadavg } from 'node:os'
import { measure } from '../../packages/iam/bench/workload.ts'
import { accountRun } from './account-run.ts'
import type { Figure } from './figure.ts'
import { proofs } from './proof.ts'
import { sandboxRequests } from './sandbox-requests.ts'
import { startTimes } from './start-time.ts'

/** `npm run bench [names]`: prints one JSON object of named figures; without names, all of them. */
const benches: Record<string, () => Promise<Record<string, Figure | object>>> = {
  evaluator: async () => Object.fromEntries(measure().map(({ name, ...rest }) => [name, rest])),
  proof: async () => ({ proofs: await proofs() }),
  sandbox: async () => ({ sandboxRequests: await sandboxRequests() }),
  start: async () => {
    const { cold, warm } = await startTimes()
    return { coldStart: cold, warmStart: warm }
  },
  account: async () => ({ accountRun: await accountRun() }),
}

const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !(name in benches))
if (unknown.length > 0) {
  process.stderr.write(`There is no bench '${unknown.join("', '")}'; there are: ${Object.keys(benches).join(', ')}\n`)
  process.exitCode = 2
} else {
  const figures: Record<string, object> = { machine: machine() }
  for (const [name, run] of Object.entries(benches)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue
    process.stderr.write(`measuring ${name}\n`)
    // One that fails takes nothing from what the others took minutes to measure.
    Object.assign(figures, await run().catch((error: Error) => failed(name, error)))
  }
  process.stdout.write(`${JSON.stringify(figures, null, 2)}\n`)
}

function failed(name: string, { message }: Error): object {
  process.exitCode = 1
  return { [name]: { failed: message.split('\n', 1)[0] } }
}

/** Figures of a busy machine are worth less: its load says so. */
function machine(): object {
  return {
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    cores: availableParallelism(),
    loadOfOneMinute: loadavg()[0],
  }
}
