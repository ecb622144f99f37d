/** What commands are given of the world around them; read once in main.ts. */
export interface Cli {
  defaultServer: string
  defaultSandbox: string
  /** A token from the environment goes before the stored sign-in. */
  token: string | undefined
  credentialFile: string
  /** The answer: stdout, so that it can be piped. */
  out(text: string): void
  /** Everything else: stderr. */
  note(text: string): void
}
