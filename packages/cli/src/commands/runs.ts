import type { Answer, Api, Client } from '@uais/contract'
import type { Command } from 'commander'
import type { Cli } from '../cli.ts'
import { ask, type ListOptions, pageOf, withPaging } from '../command.ts'
import { Unsuccessful } from '../exit.ts'
import { findAccount, findProject, idOf } from '../find.ts'
import { oneLine } from '../printable.ts'

type Run = Answer<Api['runs.read']>
const words = (run: Run) => [
  `${run.stack.key}  ${run.operation}  ${run.phase}  ${run.id}`,
  ...(run.plan
    ? [
        `  plan: ${run.plan.summary.add} to add, ${run.plan.summary.change} to change, ${run.plan.summary.destroy} to destroy`,
      ]
    : []),
  ...(run.error ? [`  ${run.error.message}`, `  ${run.error.remedy}`] : []),
]

export function runs(program: Command, cli: Cli): void {
  const group = program.command('runs').description('Terraform runs')
  withPaging(group.command('list'))
    .option('--account <name>')
    .option('--project <name>')
    .option('--phase <phase>')
    .action(
      async (options: ListOptions & { account?: string; project?: string; phase?: Run['phase'] }, command: Command) => {
        const { client, list } = ask(command, cli)
        const accountId = options.account && (await findAccount(client, options.account)).id
        const projectId = options.project && (await findProject(client, options.project)).id
        const query = {
          ...pageOf(options),
          ...(accountId ? { accountId } : {}),
          ...(projectId ? { projectId } : {}),
          ...(options.phase ? { phase: options.phase } : {}),
        }
        list(await client.call('runs.list', { query }), [
          { title: 'stack', value: (r) => r.stack.key },
          { title: 'operation', value: (r) => r.operation },
          { title: 'phase', value: (r) => r.phase },
          { title: 'begun', value: (r) => r.createdAt },
          { title: 'id', value: (r) => r.id },
        ])
      },
    )
  group.command('show <run-id>').action(async (id: string, _options, command: Command) => {
    const { client, show } = ask(command, cli)
    show(await client.call('runs.read', { params: { id: idOf('run', id) } }), words)
  })
  group
    .command('watch <run-id>')
    .description('follow the log until the run ends; exit 1 if it did not succeed')
    .action(async (id: string, _options, command: Command) => {
      const { client, show } = ask(command, cli)
      const run = await watch(client, idOf('run', id), cli.note)
      show(run, words)
      if (run.phase !== 'succeeded') throw new Unsuccessful(`the run is ${run.phase}`)
    })
  for (const act of ['approve', 'reject', 'cancel'] as const)
    group.command(`${act} <run-id>`).action(async (id: string, _options, command: Command) => {
      const { client, show } = ask(command, cli)
      show(await client.call(`runs.${act}`, { params: { id: idOf('run', id) }, body: {} }), words)
    })
  group
    .command('retry <run-id>')
    .description('reconcile the stack again')
    .action(async (id: string, _options, command: Command) => {
      const { client, show } = ask(command, cli)
      show(await client.call('runs.retry', { params: { id: idOf('run', id) }, body: {} }), () => ['queued'])
    })
}

/** Prints new log lines each second until the run has ended or waits for a person. */
async function watch(client: Client, id: string, note: (text: string) => void): Promise<Run> {
  let after = 0
  for (;;) {
    // The run is read before its log, so that the last lines of an ended run are not missed.
    const run = await client.call('runs.read', { params: { id } })
    const { items } = await client.call('runs.log', { params: { id }, query: { after, limit: 1000 } })
    for (const line of items) note(oneLine(`${line.at.slice(11, 19)} ${line.phase} ${line.message}`))
    after = items.at(-1)?.seq ?? after
    if (run.endedAt || run.phase === 'awaiting-approval') return run
    await new Promise((resolve) => setTimeout(resolve, 1000))
  }
}
