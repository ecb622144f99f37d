export type { Cli } from './cli.ts'
export { runCli } from './program.ts'
