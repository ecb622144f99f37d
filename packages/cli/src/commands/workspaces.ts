import type { Command } from 'commander'
import type { Cli } from '../cli.ts'
import { ask, type ListOptions, pageOf, withPaging } from '../command.ts'
import { findProject, findWorkspace } from '../find.ts'

export function workspaces(program: Command, cli: Cli): void {
  const group = program.command('workspaces').description('SageMaker Studio, one for each member')
  withPaging(group.command('list <project>')).action(
    async (project: string, options: ListOptions, command: Command) => {
      const { client, list } = ask(command, cli)
      const { id } = await findProject(client, project)
      list(await client.call('workspaces.list', { params: { id }, query: pageOf(options) }), [
        { title: 'name', value: (w) => w.name },
        { title: 'user profile', value: (w) => w.status.outputs.userProfileName },
        { title: 'state', value: (w) => w.status.phase },
        { title: 'id', value: (w) => w.id },
      ])
    },
  )
  group
    .command('add <project>')
    .description('add your own workspace')
    .option('--instance-type <type>', 'of the space', 'ml.t3.medium')
    .action(async (project: string, options: { instanceType: string }, command: Command) => {
      const { client, show } = ask(command, cli)
      const { id } = await findProject(client, project)
      const workspace = await client.call('workspaces.create', {
        params: { id },
        body: { spec: { instanceType: options.instanceType } },
      })
      show(workspace, (w) => [`${w.name}  ${w.status.phase}  ${w.id}`])
    })
  group
    .command('open <project> <workspace>')
    .description('print a Studio link, made now for you alone')
    .action(async (project: string, name: string, _options, command: Command) => {
      const { client, show } = ask(command, cli)
      const id = await findWorkspace(client, project, name)
      show(await client.call('workspaces.open', { params: { id }, body: {} }), ({ url }) => [url])
    })
  group
    .command('delete <project> <workspace>')
    .action(async (project: string, name: string, _options, command: Command) => {
      const { client, show } = ask(command, cli)
      const id = await findWorkspace(client, project, name)
      show(await client.call('workspaces.delete', { params: { id } }), (w) => [`${w.name}  ${w.status.phase}`])
    })
}
