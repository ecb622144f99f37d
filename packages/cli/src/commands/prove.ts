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
      else for (const line of [...report.results.flatMap(lines), ...summary(report.results)]) cli.out(line)
      const failed = report.results.filter(({ verdict }) => verdict !== 'proved')
      if (failed.length > 0) throw new Unsuccessful(`${failed.length} invariants are not proved`)
    })
}

/** Lines for people: the verdict, what it is about, and the request that breaks it. */
function lines({ id, verdict, why, counterexample, scope, ms }: ProofResult): string[] {
  const { actions, principals, resources, unbounded } = scope
  const sizes = [counted(actions, 'action'), counted(principals, 'principal'), counted(resources, 'resource')]
  return [
    `${verdict.padEnd(9)}  ${id}  (${sizes.join(', ')}, ${Math.round(ms)} ms)`,
    `  ${why}`,
    ...(counterexample ? [`  ${counterexampleInWords(counterexample)}`] : []),
    ...(unbounded.length > 0 ? [`  any value of: ${unbounded.join(', ')}`] : []),
  ]
}

/** How many are proved, and what all of them take for granted. */
function summary(results: readonly ProofResult[]): string[] {
  const proved = results.filter(({ verdict }) => verdict === 'proved').length
  const seconds = results.reduce((sum, { ms }) => sum + ms, 0) / 1000
  return [
    `${proved} of ${results.length} proved in ${seconds.toFixed(1)} s`,
    ...new Set(results.flatMap(({ assumptions }) => assumptions.map((one) => `  assumed: ${one}`))),
  ]
}

const counted = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`

/** What is wrong with the input, and where; faults of ours stay what they are. */
function malformed(file: string, error: unknown): unknown {
  return error instanceof BundleError || error instanceof PolicyError
    ? new UsageError(`proving ${file}: ${error.message}`)
    : error
}
