import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type DemoResult, mainJob } from './demo/main-job.ts'
import { type Devstack, startDevstack } from './devstack.ts'

/** `npm run demo`: the main job on a stack of its own. Progress on stderr, with --json the result on stdout. */
const { values: options } = parseArgs({ options: { json: { type: 'boolean' }, keep: { type: 'boolean' } } })
const began = performance.now()
const seconds = () => Math.round((performance.now() - began) / 100) / 10
const say = (line: string) => process.stderr.write(`${String(seconds()).padStart(6)} s  ${line}\n`)
const dataDir = mkdtempSync(join(tmpdir(), 'uais-demo-'))

let stack: Devstack | undefined
try {
  stack = await startDevstack({ dataDir, ports: { portal: 0, aws: 0, entra: 0 } })
  say(`ready at ${stack.urls.portal}`)
  finish({ ok: true, seconds: 0, ...(await mainJob(stack, say)) })
} catch (error) {
  say(`failed: ${error instanceof Error ? (error.stack ?? error.message) : error}`)
  process.exitCode = 1
  if (options.json)
    process.stdout.write(
      `${JSON.stringify({ ok: false, seconds: seconds(), error: error instanceof Error ? error.message : String(error) })}\n`,
    )
}
if (options.keep && process.exitCode !== 1) {
  say('kept running; stop with Ctrl-C')
  await new Promise<void>((resolve) => {
    process.once('SIGINT', resolve)
    process.once('SIGTERM', resolve)
  })
}
await stack?.stop()
rmSync(dataDir, { recursive: true, force: true })

function finish(result: DemoResult): void {
  const done = { ...result, seconds: seconds() }
  say(`every step held: project ${done.project.name}, endpoint ${done.endpoint.url}`)
  if (options.json) process.stdout.write(`${JSON.stringify(done)}\n`)
}
