import { mutateProfile, type Profile } from '@uais/guardrails'
import { type Command, Option } from 'commander'
import type { Cli } from '../cli.ts'
import { ask } from '../command.ts'
import { Unsuccessful } from '../exit.ts'

/** `guardrails mutate`: which mistakes in a compiled profile no promise and no case would notice. */
export function mutation(group: Command, cli: Cli): void {
  group
    .command('mutate')
    .description('make every mistake in a profile, and list those that nothing notices (about a minute)')
    .addOption(
      new Option('--profile <profile>', 'which profile').choices(['standard', 'regulated']).default('regulated'),
    )
    .action(async ({ profile }: { profile: Profile }, command: Command) => {
      const { killed, survivors, ms } = await mutateProfile(profile)
      const listed = survivors.map(({ document, effect, sid, change }) => ({ document, effect, sid, change }))
      const report = {
        profile,
        mutants: killed.length + survivors.length,
        killed: killed.length,
        survivors: listed,
        ms,
      }
      ask(command, cli).show(report, () => [
        `${report.mutants} mutants of ${profile}: ${killed.length} killed, ${survivors.length} survive (${ms} ms)`,
        ...listed.map(({ document, effect, sid, change }) => `  ${document}  ${effect} ${sid}: ${change}`),
      ])
      if (survivors.length > 0) throw new Unsuccessful(`${survivors.length} mutants survive`)
    })
}
