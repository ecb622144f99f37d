import { deploymentCreate } from '@uais/contract'
import type { Command } from 'commander'
import { checkBody } from '../check-body.ts'
import type { Cli } from '../cli.ts'
import { ask, type ListOptions, pageOf, withPaging } from '../command.ts'
import { UsageError } from '../exit.ts'
import { findProject, idOf } from '../find.ts'

export function deployments(program: Command, cli: Cli): void {
  const group = program.command('deployments').description('real-time endpoints of approved models')
  withPaging(group.command('list <project>')).action(
    async (project: string, options: ListOptions, command: Command) => {
      const { client, list } = ask(command, cli)
      const { id } = await findProject(client, project)
      list(await client.call('deployments.list', { params: { id }, query: pageOf(options) }), [
        { title: 'name', value: (d) => d.name },
        { title: 'environment', value: (d) => d.spec.environment },
        { title: 'state', value: (d) => d.status.phase },
        { title: 'url', value: (d) => d.status.outputs.url },
        { title: 'id', value: (d) => d.id },
      ])
    },
  )
  group.command('configurations').action(async (_options, command: Command) => {
    const { client, show } = ask(command, cli)
    show(await client.call('deployment-configurations.list'), ({ items }) =>
      items.map(
        (item) =>
          `${item.id}  ${item.instanceCount} x ${item.instanceType}  ${item.environment}  $${item.usdPerHour}/h  ${item.title}`,
      ),
    )
  })
  group
    .command('create <version-id> <name>')
    .description('deploy an approved model version')
    .requiredOption('--configuration <id>', 'one of: uais deployments configurations')
    .action(async (versionId: string, name: string, options: { configuration: string }, command: Command) => {
      const { client, show } = ask(command, cli)
      const { items } = await client.call('deployment-configurations.list')
      const chosen = items.find((item) => item.id === options.configuration)
      if (!chosen)
        throw new UsageError(
          `there is no configuration '${options.configuration}'; there are: ${items.map((item) => item.id).join(', ')}`,
        )
      const version = await client.call('model-versions.read', { params: { id: idOf('model version', versionId) } })
      const { environment, instanceType, instanceCount } = chosen
      const body = checkBody(deploymentCreate, {
        name,
        spec: { modelVersionId: versionId, environment, instanceType, instanceCount },
      })
      if (!version.projectId) throw new UsageError(`model version ${versionId} belongs to no project`)
      show(await client.call('deployments.create', { params: { id: version.projectId }, body }), (d) => [
        `${d.name}  ${d.status.phase}  ${d.id}`,
      ])
    })
  group.command('show <deployment-id>').action(async (id: string, _options, command: Command) => {
    const { client, show } = ask(command, cli)
    show(await client.call('deployments.read', { params: { id: idOf('deployment', id) } }), (d) => [
      `${d.name}  ${d.status.phase}  ${d.status.outputs.url ?? ''}`,
      ...d.status.conditions.filter((c) => c.status !== 'True').map((c) => `  ${c.reason}: ${c.message}`),
    ])
  })
  group.command('delete <deployment-id>').action(async (id: string, _options, command: Command) => {
    const { client, show } = ask(command, cli)
    show(await client.call('deployments.delete', { params: { id: idOf('deployment', id) } }), (d) => [
      `${d.name}  ${d.status.phase}`,
    ])
  })
}
