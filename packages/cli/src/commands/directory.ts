import type { Command } from 'commander'
import type { Cli } from '../cli.ts'
import { ask, type ListOptions, pageOf, withPaging } from '../command.ts'

export function directory(program: Command, cli: Cli): void {
  const group = program.command('directory').description('groups and people in Entra ID, to name them elsewhere')
  withPaging(group.command('groups')).action(async (options: ListOptions, command: Command) => {
    const { client, list } = ask(command, cli)
    list(await client.call('directory.groups', { query: pageOf(options) }), [
      { title: 'group', value: (g) => g.displayName },
      { title: 'object id', value: (g) => g.id },
    ])
  })
  withPaging(group.command('people')).action(async (options: ListOptions, command: Command) => {
    const { client, list } = ask(command, cli)
    list(await client.call('directory.users', { query: pageOf(options) }), [
      { title: 'name', value: (p) => p.name },
      { title: 'sign-in name', value: (p) => p.userPrincipalName },
      { title: 'object id', value: (p) => p.oid },
    ])
  })
}
