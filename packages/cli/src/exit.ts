import { PlatformError } from '@uais/contract'
import { CommanderError } from 'commander'
import type { Cli } from './cli.ts'
import { manyLines } from './printable.ts'

/** Bad input that never reached the server: wrong file, wrong JSON, wrong option. */
export class UsageError extends Error {
  override name = 'UsageError'
}

/** Somebody other than the UAIS API (Entra, S3, the sandbox) does not answer. */
export class Unreachable extends Error {
  override name = 'Unreachable'
}

/** What was asked for has been shown, and it is a failure: exit 1 without another word. */
export class Unsuccessful extends Error {
  override name = 'Unsuccessful'
}

interface Explanation {
  code: string
  message: string
  status: number
  fields?: { path: string; message: string }[]
}

/**
 * Says what went wrong and gives the exit status: 0 asked for help, 1 refused or failed, 2 bad input,
 * 3 not signed in, 4 unreachable. With --json the error is JSON on stdout.
 */
export function explain(error: unknown, cli: Cli, json: boolean): number {
  if (error instanceof Unsuccessful) return 1
  if (error instanceof CommanderError && error.exitCode === 0) return 0
  const { status, ...told } = describe(error)
  if (json) cli.out(JSON.stringify({ error: told }))
  // Commander has said it already, with a pointer to the help.
  else if (!(error instanceof CommanderError)) {
    cli.note(`uais: ${manyLines(told.message)}`)
    for (const field of told.fields ?? []) cli.note(manyLines(`  ${field.path || '(whole)'}: ${field.message}`))
  }
  return status
}

function describe(error: unknown): Explanation {
  const message = error instanceof Error ? error.message : String(error)
  if (error instanceof CommanderError) {
    const told = error.code === 'commander.help' ? 'give a command; --help lists them' : message.replace(/^error: /, '')
    return { code: 'invalid-request', message: told, status: 2 }
  }
  if (error instanceof UsageError) return { code: 'invalid-request', message, status: 2 }
  if (error instanceof PlatformError) return describePlatformError(error)
  if (error instanceof Unreachable) return { code: 'unreachable', message, status: 4 }
  if (error instanceof TypeError && error.cause) {
    const why = reasonOf(error)
    return {
      code: 'unreachable',
      message: `the server cannot be reached (${why}). Is it running, and is --server right?`,
      status: 4,
    }
  }
  return { code: 'internal', message, status: 1 }
}

function describePlatformError(error: PlatformError): Explanation {
  const { code, message } = error
  const fields = error.details?.fields
  return {
    code,
    message: code === 'not-signed-in' ? `${message} Run: uais sign-in` : message,
    status: code === 'invalid-request' ? 2 : code === 'not-signed-in' ? 3 : 1,
    ...(Array.isArray(fields) && fields.length > 0 ? { fields } : {}),
  }
}

/** Why `fetch` gave up: it hides the operating system's word (ECONNREFUSED …) in the cause. */
export function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause ? error.cause : error
  if (!(cause instanceof Error)) return String(cause)
  return 'code' in cause ? String(cause.code) : cause.message
}
