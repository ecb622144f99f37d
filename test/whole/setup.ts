import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    /** Directory where the demo writes `demo.json` when its last step has held, and `demo.log` all along. */
    demoDir: string
  }
}

/**
 * Starts `npm run demo -- --keep --json` once for all files of this project and goes on at once: the files wait for
 * its result (demo.ts), while other projects' tests use the time that Terraform takes. With UAIS_DEMO_DIR, a directory
 * where somebody keeps the output of such a demo, that one is used and left running.
 */
export default function setup(project: TestProject): (() => Promise<void>) | undefined {
  const kept = process.env.UAIS_DEMO_DIR
  if (kept) {
    project.provide('demoDir', kept)
    return undefined
  }
  const dir = mkdtempSync(join(tmpdir(), 'uais-whole-'))
  const out = openSync(join(dir, 'demo.json'), 'w')
  const log = openSync(join(dir, 'demo.log'), 'w')
  const main = fileURLToPath(new URL('../../packages/devstack/src/demo.ts', import.meta.url))
  const child = spawn(process.execPath, ['--import', 'tsx', main, '--keep', '--json'], {
    stdio: ['ignore', out, log],
    detached: true,
  })
  closeSync(out)
  closeSync(log)
  project.provide('demoDir', dir)
  return async () => {
    await ended(child)
    rmSync(dir, { recursive: true, force: true })
  }
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.pid === undefined) return
  const exit = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  const killed = setTimeout(() => process.kill(-(child.pid as number), 'SIGKILL'), 30_000)
  await exit
  clearTimeout(killed)
}
