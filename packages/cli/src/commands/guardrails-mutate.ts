import { type Mutant, mutateProfile, type Profile } from '@uais/guardrails'
import { type Command, Option } from 'commander'
import type { Cli } from '../cli.ts'
import { ask } from '../command.ts'
import { Unsuccessful } from '../exit.ts'

/** `guardrails mutate`: which mistakes in a compiled profile no promise and no case would notice. */
export function mutation(group: Command, cli: Cli): void {
  group
    .command('mutate')
    .description('make every mistake in a profile, and list those that nothing notices (half a minute)')
    .addOption(
      new Option('--profile <profile>', 'which profile').choices(['standard', 'regulated']).default('regulated'),
    )
    .action(async ({ profile }: { profile: Profile }, command: Command) => {
      const { killed, equivalent, survivors, ms } = await mutateProfile(profile)
      const named = ({ document, effect, sid, change }: Mutant) => ({ document, effect, sid, change })
      const report = {
        profile,
        mutants: killed.length + equivalent.length + survivors.length,
        killed: killed.length,
        equivalent: equivalent.map((mutant) => ({ ...named(mutant), because: mutant.equivalent })),
        survivors: survivors.map(named),
        ms,
      }
      ask(command, cli).show(report, () => [
        `${report.mutants} mutants of ${profile}: ${killed.length} killed, ${equivalent.length} equivalent, ` +
          `${survivors.length} survive (${Math.round(ms / 1000)} s)`,
        ...report.equivalent.map((mutant) => `  equivalent: ${inWords(mutant)}: ${mutant.because}`),
        ...report.survivors.map((mutant) => `  survives: ${inWords(mutant)}`),
      ])
      if (survivors.length > 0) throw new Unsuccessful(`${survivors.length} mutants survive`)
    })
}

const inWords = ({ document, effect, sid, change }: Pick<Mutant, 'document' | 'effect' | 'sid' | 'change'>) =>
  `${document}  ${effect} ${sid}: ${change}`
