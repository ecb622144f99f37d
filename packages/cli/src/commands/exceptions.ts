import { type Answer, type Api, exceptionCreate } from '@uais/contract'
import type { Command } from 'commander'
import { checkBody } from '../check-body.ts'
import type { Cli } from '../cli.ts'
import { ask, type ListOptions, pageOf, withPaging } from '../command.ts'
import { UsageError } from '../exit.ts'
import { findAccount, findProject, idOf } from '../find.ts'

type Exception = Answer<Api['exceptions.read']>
const words = ({ id, spec, status }: Exception) => [
  `${spec.control}  ${status.outputs.decision}  until ${spec.expiresAt}  ${id}`,
  `  ${spec.reason}`,
  ...(status.outputs.comment ? [`  ${status.outputs.comment}`] : []),
]

interface RequestOptions {
  account?: string
  project?: string
  invariant?: string
  principal?: string
  reason: string
  expires: string
}

export function exceptions(program: Command, cli: Cli): void {
  const group = program
    .command('exceptions')
    .description('leave to break a control for a while, given by the data owner')
  withPaging(group.command('list')).action(async (options: ListOptions, command: Command) => {
    const { client, list } = ask(command, cli)
    list(await client.call('exceptions.list', { query: pageOf(options) }), [
      { title: 'control', value: (e) => e.spec.control },
      { title: 'decision', value: (e) => e.status.outputs.decision },
      { title: 'expires', value: (e) => e.spec.expiresAt },
      { title: 'asked for by', value: (e) => e.spec.requestedBy.name },
      { title: 'id', value: (e) => e.id },
    ])
  })
  group
    .command('request <control>')
    .description('ask for one, in a whole account or in one project')
    .option('--account <name>')
    .option('--project <name>')
    .option('--invariant <id>', 'only this promise of the control')
    .option('--principal <arn>', 'only this role or user')
    .requiredOption('--reason <text>')
    .requiredOption('--expires <time>', 'when it ends, such as 2026-12-31T00:00:00Z')
    .action(async (control: string, options: RequestOptions, command: Command) => {
      const { client, show } = ask(command, cli)
      const { invariant = null, principal = null, reason, expires: expiresAt } = options
      const body = checkBody(exceptionCreate, { control, invariant, principal, reason, expiresAt })
      if (options.project && !options.account) {
        const { id } = await findProject(client, options.project)
        return show(await client.call('exceptions.create-in-project', { params: { id }, body }), words)
      }
      if (!options.account || options.project)
        throw new UsageError('asking for an exception: give --account or --project')
      const { id } = await findAccount(client, options.account)
      show(await client.call('exceptions.create', { params: { id }, body }), words)
    })
  group.command('show <exception-id>').action(async (id: string, _options, command: Command) => {
    const { client, show } = ask(command, cli)
    show(await client.call('exceptions.read', { params: { id: idOf('exception', id) } }), words)
  })
  for (const act of ['approve', 'reject', 'revoke'] as const)
    group
      .command(`${act} <exception-id>`)
      .option('--comment <text>', 'why', '')
      .action(async (id: string, { comment }: { comment: string }, command: Command) => {
        const { client, show } = ask(command, cli)
        const params = { id: idOf('exception', id) }
        show(await client.call(`exceptions.${act}`, { params, body: { comment } }), words)
      })
}
