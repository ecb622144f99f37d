import { readFile } from 'node:fs/promises'
import type { Answer, Api } from '@uais/contract'
import type { Command } from 'commander'
import type { Cli } from '../cli.ts'
import { ask, type ListOptions, pageOf, withPaging } from '../command.ts'
import { Unsuccessful, UsageError } from '../exit.ts'
import { findAccount } from '../find.ts'
import { unreadable } from '../json-file.ts'

type Result = Answer<Api['accounts.prove']>['results'][number]

/** How the guardrails hold in one account: these ask the server. */
export function ofAccount(group: Command, cli: Cli): void {
  withPaging(group.command('account <account>'))
    .description('how they hold in one account, by its last proofs')
    .action(async (name: string, options: ListOptions, command: Command) => {
      const { client, list } = ask(command, cli)
      const { id } = await findAccount(client, name)
      list(await client.call('accounts.guardrails', { params: { id }, query: pageOf(options) }), [
        { title: 'control', value: (g) => g.id },
        { title: 'state', value: (g) => g.state },
        { title: 'proof', value: (g) => g.proof.state },
        { title: 'proved at', value: (g) => g.proof.at },
        { title: 'title', value: (g) => g.title },
      ])
    })
  group
    .command('prove <account>')
    .description('read the live documents of an account and prove them now; exit 1 when something is not proved')
    .action(async (name: string, _options, command: Command) => {
      const { client, show } = ask(command, cli)
      const { id } = await findAccount(client, name)
      const report = await client.call('accounts.prove', { params: { id }, body: {} })
      show(report, ({ results, differences, notRead }) => [
        ...results.flatMap(lines),
        ...differences.map((one) => `differs    ${one.resource}: ${one.message}`),
        ...notRead.map((one) => `not read   ${one}`),
      ])
      judge(report.results)
    })
  group
    .command('what-if <account>')
    .description('which promises would break with an edited document; changes nothing')
    .requiredOption('--document <name>', 'its name, as: uais guardrails documents <account>')
    .requiredOption('--file <path>', 'the edited document')
    .action(async (name: string, options: { document: string; file: string }, command: Command) => {
      const { client, show } = ask(command, cli)
      const text = await readFile(options.file, 'utf8').catch((error: unknown) => {
        throw unreadable(options.file, error)
      })
      const { id } = await findAccount(client, name)
      const documents = { [options.document]: text }
      const report = await client.call('accounts.what-if', { params: { id }, body: { documents } })
      show(report, ({ results, untouched }) => [...results.flatMap(lines), `${untouched} promises are not touched`])
      judge(report.results)
    })
  group
    .command('documents <account>')
    .description('the policy documents of an account, with their sizes; or the text of one')
    .option('--name <name>', 'print this one')
    .action(async (account: string, options: { name?: string }, command: Command) => {
      const { client, show } = ask(command, cli)
      const { id } = await findAccount(client, account)
      const { items } = await client.call('accounts.guardrail-documents', { params: { id } })
      if (options.name === undefined)
        return show({ items }, () =>
          items.map(
            (one) => `${one.name}  ${one.kind}  ${one.characters} of ${one.limit ?? 'any number of'} characters`,
          ),
        )
      const chosen = items.find((one) => one.name === options.name)
      if (!chosen) throw new UsageError(`there is no document '${options.name}' in account ${account}`)
      show(chosen, ({ text }) => [text])
    })
}

const lines = ({ verdict, invariant, why, counterexample, exceptionId }: Result): string[] => [
  `${verdict.padEnd(9)}  ${invariant}${exceptionId ? `  (excepted: ${exceptionId})` : ''}`,
  ...(verdict === 'proved' ? [] : [`  ${why}`]),
  ...(counterexample ? [`  ${counterexample.sentence}`] : []),
]

/** @throws Unsuccessful when a promise is neither proved nor excepted */
function judge(results: readonly Result[]): void {
  const open = results.filter(({ verdict, exceptionId }) => verdict !== 'proved' && exceptionId === null)
  if (open.length > 0) throw new Unsuccessful(`${open.length} promises are not proved`)
}
