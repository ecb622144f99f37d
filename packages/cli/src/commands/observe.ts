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
  withPaging(program.command('denials <account>').description('refused calls, and what stopped them')).action(
    async (name: string, options: ListOptions, command: Command) => {
      const { client, list } = ask(command, cli)
      const { id } = await findAccount(client, name)
      list(await client.call('accounts.denials', { params: { id }, query: pageOf(options) }), [
        { title: 'when', value: (d) => d.at },
        { title: 'who', value: (d) => d.principal },
        { title: 'call', value: (d) => d.call },
        { title: 'control', value: (d) => d.control?.id },
        { title: 'what', value: (d) => d.sentence },
      ])
    },
  )
}
