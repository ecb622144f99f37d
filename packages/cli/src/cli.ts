import type { Readable } from 'node:stream'

/** What commands are given of the world around them; read once in main.ts. */
export interface Cli {
  defaultServer: string
  defaultSandbox: string
  /** A token from the environment goes before the stored sign-in. */
  token: string | undefined
  credentialFile: string
  /** Standard input. */
  input: Readable
  /** The answer: stdout, so that it can be piped. */
  out(line: string): void
  /** Resolves when whoever reads the answer has caught up. */
  drained(): Promise<void>
  /** Everything else: stderr. */
  note(line: string): void
}
