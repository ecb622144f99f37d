import { PlatformError } from '@uais/contract'
import { CommanderError } from 'commander'
import type { Cli } from './cli.ts'

/** Bad input that never reached the server: wrong file, wrong JSON, wrong option. */
export class UsageError extends Error {
  override name = 'UsageError'
}

/**
 * Says what went wrong and gives the exit status: 0 asked for help, 1 refused or failed, 2 bad input,
 * 3 not signed in, 4 the server could not be reached. With --json the error is JSON on stdout.
 */
export function explain(error: unknown, cli: Cli, json: boolean): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
  const { code, message, status } = describe(error)
  if (json) cli.out(JSON.stringify({ error: { code, message, ...fieldsOf(error) } }))
  else {
    cli.note(`uais: ${message}`)
    for (const field of fieldsOf(error).fields ?? []) cli.note(`  ${field.path}: ${field.message}`)
  }
  return status
}

function describe(error: unknown): { code: string; message: string; status: number } {
  if (error instanceof UsageError) return { code: 'invalid-request', message: error.message, status: 2 }
  if (error instanceof PlatformError) {
    const status = error.code === 'invalid-request' ? 2 : error.code === 'not-signed-in' ? 3 : 1
    const hint = error.code === 'not-signed-in' ? ' Run: uais sign-in' : ''
    return { code: error.code, message: error.message + hint, status }
  }
  if (error instanceof TypeError && error.cause)
    return {
      code: 'unreachable',
      message: `the server cannot be reached (${causeOf(error.cause)}). Is it running, and is --server right?`,
      status: 4,
    }
  return { code: 'internal', message: error instanceof Error ? error.message : String(error), status: 1 }
}

function causeOf(cause: unknown): string {
  return cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause)
}

function fieldsOf(error: unknown): { fields?: { path: string; message: string }[] } {
  const fields = error instanceof PlatformError ? error.details?.fields : undefined
  return Array.isArray(fields) ? { fields } : {}
}
