import { type Client, createClient } from '@uais/contract'
import type { Command } from 'commander'
import type { Cli } from './cli.ts'
import { type Column, printTable } from './print-table.ts'
import { readToken } from './sign-in-store.ts'

export interface Ask {
  client: Client
  server: string
  json: boolean
  cli: Cli
  /** Prints one answer: JSON, or the lines that `words` makes of it. */
  show<T>(answer: T, words: (answer: T) => string[]): void
  /** Prints a page of a list as JSON or as a table. */
  list<T>(page: { items: T[]; nextCursor: string | null; total: number }, columns: Column<T>[]): void
}

/** The connection and printing that a command works with, from the global options. */
export function ask(command: Command, cli: Cli): Ask {
  const { server, json } = command.optsWithGlobals<{ server: string; json?: boolean }>()
  const token = cli.token ?? readToken(cli.credentialFile, server)
  const client = createClient({
    origin: server,
    headers: (): Record<string, string> => (token ? { authorization: `Bearer ${token}` } : {}),
  })
  return {
    client,
    server,
    json: json === true,
    cli,
    show(answer, words) {
      if (json) cli.out(JSON.stringify(answer, null, 2))
      else for (const line of words(answer)) cli.out(line)
    },
    list(page, columns) {
      if (json) return cli.out(JSON.stringify(page, null, 2))
      printTable(page.items, columns, cli.out)
      if (page.nextCursor) cli.note(`${page.items.length} of ${page.total}; more with --cursor ${page.nextCursor}`)
    },
  }
}

export interface ListOptions {
  search?: string
  limit?: string
  cursor?: string
}

/** Adds the options that every list has. */
export function withPaging(command: Command): Command {
  return command
    .option('--search <text>', 'only what matches')
    .option('--limit <n>', 'items a page, 1 to 100', '25')
    .option('--cursor <cursor>', 'go on after an earlier page')
}

export const pageOf = ({ search, limit, cursor }: ListOptions) => ({
  ...(search ? { search } : {}),
  ...(limit ? { limit: limit as unknown as number } : {}),
  ...(cursor ? { cursor } : {}),
})
