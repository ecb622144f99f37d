import { type Client, createClient } from '@uais/contract'
import { type Command, InvalidArgumentError } from 'commander'
import type { Cli } from './cli.ts'
import { UsageError } from './exit.ts'
import { type Column, printTable } from './print-table.ts'
import { manyLines } from './printable.ts'
import { readToken } from './sign-in-store.ts'

export interface Ask {
  client: Client
  /** Origin of UAIS. */
  server: string
  json: boolean
  /** Prints one answer: JSON, or the lines that `words` makes of it. */
  show<T>(answer: T, words: (answer: T) => string[]): void
  /** Prints a page of a list as JSON or as a table. */
  list<T>(page: { items: T[]; nextCursor: string | null; total: number }, columns: Column<T>[]): void
}

/** The connection and printing that a command works with, from the global options. @throws UsageError */
export function ask(command: Command, cli: Cli): Ask {
  const options = command.optsWithGlobals<{ server: string; json?: boolean }>()
  const json = options.json === true
  const server = originOf('--server', options.server)
  const token = cli.token ?? readToken(cli.credentialFile, server)
  const client = createClient({
    origin: server,
    headers: (): Record<string, string> => (token ? { authorization: `Bearer ${token}` } : {}),
  })
  return {
    client,
    server,
    json,
    show(answer, words) {
      if (json) cli.out(JSON.stringify(answer, null, 2))
      else for (const line of words(answer)) cli.out(manyLines(line))
    },
    list(page, columns) {
      if (json) return cli.out(JSON.stringify(page, null, 2))
      printTable(page.items, columns, cli.out)
      if (page.nextCursor) cli.note(`${page.items.length} of ${page.total}; more with --cursor ${page.nextCursor}`)
    },
  }
}

/** The origin of an address that a person typed. @throws UsageError that names the option */
export function originOf(option: string, address: string): string {
  const url = URL.canParse(address) ? new URL(address) : undefined
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return url.origin
  throw new UsageError(`${option}: '${address}' is not an http or https address`)
}

export interface ListOptions {
  search?: string
  limit: number
  cursor?: string
}

/** Adds the options that every list has. */
export function withPaging(command: Command): Command {
  return command
    .option('--search <text>', 'only what matches')
    .option('--limit <n>', 'items a page, 1 to 100', wholeNumber(1, 100), 25)
    .option('--cursor <cursor>', 'go on after an earlier page')
}

export const pageOf = ({ search, limit, cursor }: ListOptions) => ({
  ...(search ? { search } : {}),
  limit,
  ...(cursor ? { cursor } : {}),
})

/** Reads the value of an option that counts something. */
export function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const number = /^\d+$/.test(text) ? Number(text) : Number.NaN
    if (number >= least && number <= most) return number
    throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`)
  }
}
