import { expect } from 'vitest'
import { type ApiStack, furnish, startApiStack } from './api-stack.ts'
import { type Outcome, openTerminal, type Terminal, tokenOf } from './cli-terminal.ts'

/** Terminals of people who are signed in to a real API, in which a day of work was done. */
export interface CliBench {
  stack: ApiStack
  day: Awaited<ReturnType<typeof furnish>>
  as(name: string, line: string[], input?: string): Promise<Outcome>
  /** The answer of a command that must succeed, as JSON. */
  // biome-ignore lint/suspicious/noExplicitAny: answers of all commands
  json(name: string, ...line: string[]): Promise<any>
  terminalOf(name: string): Promise<Terminal>
  stop(): Promise<void>
}

export async function startCliBench(): Promise<CliBench> {
  const stack = await startApiStack()
  const day = await furnish(stack)
  const terminals = new Map<string, Promise<Terminal>>()
  const terminalOf = (name: string): Promise<Terminal> => {
    const known =
      terminals.get(name) ??
      tokenOf({ portal: stack.url }, stack.stack.entra.issuer, name).then((token) =>
        openTerminal({ server: stack.url, token }),
      )
    terminals.set(name, known)
    return known
  }
  const as = async (name: string, line: string[], input?: string) => (await terminalOf(name)).run(line, input)
  return {
    ...{ stack, day, terminalOf, as },
    async json(name, ...line) {
      const { status, out, note } = await as(name, [...line, '--json'])
      expect(status, out + note).toBe(0)
      return JSON.parse(out)
    },
    async stop() {
      for (const terminal of terminals.values()) (await terminal).close()
      await stack.stop()
    },
  }
}

/** Lines of a table as cells. */
export const cells = (out: string) => out.split('\n').map((line) => line.split(/ {2,}/))
