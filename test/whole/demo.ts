import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DemoResult } from '@uais/devstack'
import { inject } from 'vitest'

const patience = 15 * 60_000

/** The result of the demo that runs beside these tests. @throws Error with the end of its log when it failed */
export async function demo(): Promise<DemoResult> {
  const dir = inject('demoDir')
  const deadline = Date.now() + patience
  while (Date.now() < deadline) {
    const text = readFileSync(join(dir, 'demo.json'), 'utf8')
    if (text.endsWith('\n')) return accepted(JSON.parse(text) as DemoResult, dir)
    await new Promise((resolve) => setTimeout(resolve, 1000))
  }
  throw new Error(`the demo did not end in ${patience / 60_000} minutes:\n${tail(dir)}`)
}

function accepted(result: DemoResult, dir: string): DemoResult {
  if (!result.ok) throw new Error(`the demo failed:\n${tail(dir)}`)
  return result
}

function tail(dir: string): string {
  return readFileSync(join(dir, 'demo.log'), 'utf8').split('\n').slice(-30).join('\n')
}
