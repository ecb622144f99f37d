import type { Command } from 'commander'
import type { Cli } from '../cli.ts'
import { ask, type ListOptions, pageOf, withPaging } from '../command.ts'
import { findProject, idOf } from '../find.ts'

export function models(program: Command, cli: Cli): void {
  const group = program.command('models').description('model versions, read from the SageMaker registry')
  withPaging(group.command('list <project>')).action(
    async (project: string, options: ListOptions, command: Command) => {
      const { client, list } = ask(command, cli)
      const { id } = await findProject(client, project)
      list(await client.call('model-versions.list', { params: { id }, query: pageOf(options) }), [
        { title: 'version', value: (v) => v.name },
        { title: 'approval', value: (v) => v.status.outputs.approval },
        { title: 'review', value: (v) => v.status.outputs.reviewStatus },
        { title: 'artifact sha256', value: (v) => v.spec.artifact.sha256 },
        { title: 'id', value: (v) => v.id },
      ])
    },
  )
  group.command('show <version-id>').action(async (id: string, _options, command: Command) => {
    const { client, show } = ask(command, cli)
    show(await client.call('model-versions.read', { params: { id: idOf('model version', id) } }), (v) => [
      `${v.name}  ${v.status.outputs.approval}`,
      `  package ${v.spec.modelPackageArn}`,
      `  artifact ${v.spec.artifact.uri} sha256 ${v.spec.artifact.sha256}`,
      `  training ${v.spec.trainingJob?.arn ?? 'unknown'}`,
      ...v.spec.metrics.map((metric) => `  ${metric.name} ${metric.value}`),
    ])
  })
  group
    .command('sweep <project>')
    .description('look in the registry now')
    .action(async (project: string, _options, command: Command) => {
      const { client, show } = ask(command, cli)
      const { id } = await findProject(client, project)
      show(await client.call('models.sweep', { params: { id }, body: {} }), ({ found }) => [`${found} model versions`])
    })
}
