import { runStack } from '../../../packages/server/src/runs/execute.ts'
import { configFor, openContext, tinyStack } from './bench.ts'

/** A worker process of its own, for tests that kill it: runs the tiny stack once. */
const [dataDir, sandboxUrl, databaseUrl, name, account, externalId] = process.argv.slice(2) as string[]
const ctx = await openContext(configFor(dataDir!, sandboxUrl!, databaseUrl!))
const stack = tinyStack(name!)
const outcome = await runStack(
  ctx,
  {
    ...stack,
    resource: { ...stack.resource, id: account! },
    account: { ...stack.account, id: account!, externalId: externalId! },
  },
  { operation: 'apply', reason: 'a test' },
)
process.stdout.write(`${JSON.stringify(outcome)}\n`)
await ctx.end()
