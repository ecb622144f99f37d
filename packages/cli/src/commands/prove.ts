import { counterexampleInWords } from '@uais/guardrails'
import { BundleError, PolicyError, type ProofResult, prove as proveBundle } from '@uais/iam'
import type { Command } from 'commander'
import type { Cli } from '../cli.ts'
import { Unsuccessful, UsageError } from '../exit.ts'
import { readJson } from '../json-file.ts'

export function prove(program: Command, cli: Cli): void {
  program
    .command('prove')
    .description('prove the invariants of a bundle, offline: exit 0 all proved, 1 something is not, 2 bad input')
    .requiredOption('--bundle <file>', 'policies, principals, resources and invariants as JSON; - reads standard input')
    .action(async ({ bundle }: { bundle: string }, command: Command) => {
      const given = await readJson(bundle, cli)
      const report = await proveBundle(given).catch((error: unknown) => {
        throw malformed(bundle, error)
      })
      if (command.optsWithGlobals<{ json?: boolean }>().json) cli.out(JSON.stringify(report, null, 2))
      else for (const result of report.results) for (const line of lines(result)) cli.out(line)
      const failed = report.results.filter(({ verdict }) => verdict !== 'proved')
      if (failed.length > 0) throw new Unsuccessful(`${failed.length} invariants are not proved`)
    })
}

/** Lines for people: the verdict, what it is about, and what it takes for granted. */
function lines({ id, verdict, why, counterexample, scope, assumptions, ms }: ProofResult): string[] {
  const { actions, principals, resources, unbounded } = scope
  return [
    `${verdict.padEnd(9)}  ${id}  (${actions} actions, ${principals} principals, ${resources} resources, ${Math.round(ms)} ms)`,
    `  ${why}`,
    ...(counterexample ? [`  ${counterexampleInWords(counterexample)}`] : []),
    ...(unbounded.length > 0 ? [`  any value of: ${unbounded.join(', ')}`] : []),
    ...assumptions.map((one) => `  assumed: ${one}`),
  ]
}

/** What is wrong with the input, and where; faults of ours stay what they are. */
function malformed(file: string, error: unknown): unknown {
  return error instanceof BundleError || error instanceof PolicyError
    ? new UsageError(`proving ${file}: ${error.message}`)
    : error
}
