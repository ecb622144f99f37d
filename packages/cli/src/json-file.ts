import { createReadStream } from 'node:fs'
import { text } from 'node:stream/consumers'
import type { Cli } from './cli.ts'
import { UsageError } from './exit.ts'

/** JSON from a file, or from standard input for '-'. @throws UsageError that says where the text stops being JSON */
export async function readJson(path: string, cli: Cli): Promise<unknown> {
  const name = path === '-' ? 'standard input' : path
  const written = await text(path === '-' ? cli.input : createReadStream(path)).catch((error: unknown) => {
    throw unreadable(name, error)
  })
  try {
    return JSON.parse(written)
  } catch (error) {
    throw new UsageError(`reading ${name}: not JSON (${error instanceof Error ? error.message : error})`)
  }
}

export function unreadable(name: string, error: unknown): UsageError {
  const code = error instanceof Error && 'code' in error ? error.code : error
  return new UsageError(`reading ${name}: the file cannot be read (${code})`)
}
