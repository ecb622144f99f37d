import type { Command } from 'commander'
import type { Cli } from '../cli.ts'
import { ask, type ListOptions, pageOf, withPaging } from '../command.ts'
import { findAccount } from '../find.ts'

export function observe(program: Command, cli: Cli): void {
  withPaging(program.command('findings').description('drift, tampering and other findings')).action(
    async (options: ListOptions, command: Command) => {
      const { client, list } = ask(command, cli)
      list(await client.call('findings.list', { query: pageOf(options) }), [
        { title: 'when', value: (f) => f.at },
        { title: 'type', value: (f) => f.type },
        { title: 'state', value: (f) => f.state },
        { title: 'finding', value: (f) => f.title },
        { title: 'who', value: (f) => f.actor },
      ])
    },
  )
  withPaging(program.command('audit').description('every act in UAIS')).action(
    async (options: ListOptions, command: Command) => {
      const { client, list } = ask(command, cli)
      list(await client.call('audit.list', { query: pageOf(options) }), [
        { title: 'when', value: (e) => e.at },
        { title: 'who', value: (e) => e.actor?.name ?? 'the platform' },
        { title: 'act', value: (e) => e.action },
        { title: 'outcome', value: (e) => e.outcome },
        { title: 'detail', value: (e) => e.detail },
      ])
    },
  )
  const guardrails = program.command('guardrails').description('what nobody can do')
  withPaging(guardrails.command('list'))
    .option('--account <name>', 'how they hold in one account')
    .action(async (options: ListOptions & { account?: string }, command: Command) => {
      const { client, list } = ask(command, cli)
      if (!options.account)
        return list(await client.call('guardrails.list', { query: pageOf(options) }), [
          { title: 'control', value: (g) => g.id },
          { title: 'category', value: (g) => g.category },
          { title: 'title', value: (g) => g.title },
        ])
      const { id } = await findAccount(client, options.account)
      list(await client.call('accounts.guardrails', { params: { id }, query: pageOf(options) }), [
        { title: 'control', value: (g) => g.id },
        { title: 'state', value: (g) => g.state },
        { title: 'title', value: (g) => g.title },
      ])
    })
}
