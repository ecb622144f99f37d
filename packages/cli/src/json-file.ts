import { readFileSync } from 'node:fs'
import { UsageError } from './exit.ts'

/** JSON from a file, or from standard input for '-'. @throws UsageError that says where the text stops being JSON */
export function readJson(path: string): unknown {
  const name = path === '-' ? 'standard input' : path
  let text: string
  try {
    text = readFileSync(path === '-' ? 0 : path, 'utf8')
  } catch {
    throw new UsageError(`reading ${name}: the file cannot be read`)
  }
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new UsageError(`reading ${name}: not JSON (${error instanceof Error ? error.message : error})`)
  }
}
