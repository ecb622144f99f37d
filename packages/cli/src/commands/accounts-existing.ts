import type { Answer, Api } from '@uais/contract'
import type { Command } from 'commander'
import type { Cli } from '../cli.ts'
import { ask } from '../command.ts'
import { Unsuccessful } from '../exit.ts'
import { findAccount } from '../find.ts'

type Proof = Answer<Api['accounts.proof']>

const pauseMs = 1_000

/** `accounts existing`: what the account's own roles and users could do, whatever UAIS makes. */
export function existing(group: Command, cli: Cli): void {
  group
    .command('existing <account>')
    .description('which promises the account’s own roles and users could break today; changes nothing')
    .option('--read', 'allow that they are read now, by uais-audit, and wait for the answer')
    .action(async (name: string, options: { read?: boolean }, command: Command) => {
      const { client, show } = ask(command, cli)
      const { id } = await findAccount(client, name)
      const params = { id }
      let proof = options.read
        ? await client.call('accounts.start-proof', { params, body: {} })
        : await client.call('accounts.proof', { params })
      while (options.read && proof.state === 'running') {
        await new Promise((resolve) => setTimeout(resolve, pauseMs))
        proof = await client.call('accounts.proof', { params })
      }
      show(proof, (it) => [it.summary, ...it.risks.flatMap(lines)])
      if (proof.state === 'failed') throw new Unsuccessful('the account’s roles and policies could not be read')
    })
}

const lines = ({ invariant, title, why, counterexample }: Proof['risks'][number]): string[] => [
  `${invariant}  ${title}`,
  `  ${why}`,
  ...(counterexample ? [`  ${counterexample.sentence}`] : []),
]
