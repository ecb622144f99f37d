import { writeFileSync } from 'node:fs'
import { type Answer, type Api, accountCreate, accountUpdate } from '@uais/contract'
import type { Command } from 'commander'
import { checkBody } from '../check-body.ts'
import type { Cli } from '../cli.ts'
import { ask, type ListOptions, pageOf, withPaging } from '../command.ts'
import { findAccount } from '../find.ts'
import { readJson } from '../json-file.ts'
import { writing } from '../writing.ts'
import { existing } from './accounts-existing.ts'

type Account = Answer<Api['accounts.read']>
const words = (account: Account) => [
  `${account.name}  ${account.spec.awsAccountId}  ${account.spec.region}  ${account.status.phase}  ${account.id}`,
  ...Object.entries(account.spec.rules ?? {}).map(([name, rule]) => `  rule ${name}: ${JSON.stringify(rule)}`),
  ...account.status.conditions.filter((c) => c.status !== 'True').map((c) => `  ${c.reason}: ${c.message}`),
]

export function accounts(program: Command, cli: Cli): void {
  const group = program.command('accounts').description('data owners’ AWS accounts')
  withPaging(group.command('list')).action(async (options: ListOptions, command: Command) => {
    const { client, list } = ask(command, cli)
    list(await client.call('accounts.list', { query: pageOf(options) }), [
      { title: 'name', value: (a) => a.name },
      { title: 'aws account', value: (a) => a.spec.awsAccountId },
      { title: 'region', value: (a) => a.spec.region },
      { title: 'state', value: (a) => a.status.phase },
      { title: 'id', value: (a) => a.id },
    ])
  })
  group
    .command('create')
    .description('begin to onboard an account; nothing happens in it yet')
    .requiredOption('--file <json>', 'name and spec as JSON; - reads standard input')
    .action(async (options: { file: string }, command: Command) => {
      const { client, show } = ask(command, cli)
      show(
        await client.call('accounts.create', { body: checkBody(accountCreate, await readJson(options.file, cli)) }),
        words,
      )
    })
  group
    .command('update <account>')
    .description('change what was agreed: approval, dataUseTerms, monthlyBudgetUsd, rules; its owner may')
    .requiredOption('--file <json>', 'what changes, as JSON; rules are given whole; - reads standard input')
    .action(async (name: string, options: { file: string }, command: Command) => {
      const { client, show } = ask(command, cli)
      const spec = await readJson(options.file, cli)
      const { id, generation } = await findAccount(client, name)
      const body = checkBody(accountUpdate, { generation, spec })
      show(await client.call('accounts.update', { params: { id }, body }), words)
    })
  group.command('show <account>').action(async (name: string, _options, command: Command) => {
    const { client, show } = ask(command, cli)
    show(await findAccount(client, name), words)
  })
  group
    .command('bootstrap <account>')
    .description('print the Terraform of the platform’s roles, for the owner to read and apply')
    .option('--out <file>', 'write it to a file')
    .action(async (name: string, options: { out?: string }, command: Command) => {
      const { client, show } = ask(command, cli)
      const { id } = await findAccount(client, name)
      const bootstrap = await client.call('accounts.bootstrap', { params: { id } })
      const { out } = options
      if (out) writing(out, () => writeFileSync(out, bootstrap.terraform))
      show(bootstrap, () => (options.out ? [`wrote ${options.out}`] : [bootstrap.terraform]))
    })
  group
    .command('probe <account>')
    .description('try each step of entering the account')
    .action(async (name: string, _options, command: Command) => {
      const { client, show } = ask(command, cli)
      const { id } = await findAccount(client, name)
      show(await client.call('accounts.probe', { params: { id }, body: {} }), ({ probes }) =>
        probes.map((probe) => `${probe.state.padEnd(8)} ${probe.title}: ${probe.message}`),
      )
    })
  existing(group, cli)
  for (const act of ['provision', 'pause', 'resume'] as const)
    group.command(`${act} <account>`).action(async (name: string, _options, command: Command) => {
      const { client, show } = ask(command, cli)
      const { id } = await findAccount(client, name)
      show(await client.call(`accounts.${act}`, { params: { id }, body: {} }), words)
    })
  group
    .command('delete <account>')
    .description('plan the teardown of everything the platform made there')
    .action(async (name: string, _options, command: Command) => {
      const { client, show } = ask(command, cli)
      const { id } = await findAccount(client, name)
      show(await client.call('accounts.delete', { params: { id } }), words)
    })
}
