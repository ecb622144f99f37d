import { type Answer, type Api, type Client, projectCreate, projectUpdate } from '@uais/contract'
import type { Command } from 'commander'
import { checkBody } from '../check-body.ts'
import type { Cli } from '../cli.ts'
import { ask, type ListOptions, pageOf, wholeNumber, withPaging } from '../command.ts'
import { UsageError } from '../exit.ts'
import { findAccount, findGroup, findProject } from '../find.ts'

type Project = Answer<Api['projects.read']>
const words = (project: Project) => [
  `${project.name}  ${project.status.phase}  ${project.id}`,
  `  ${project.spec.objective}`,
  ...project.status.conditions.filter((c) => c.status !== 'True').map((c) => `  ${c.reason}: ${c.message}`),
]

const roles = ['lead', 'scientist', 'viewer'] as const
type GroupOptions = Partial<Record<(typeof roles)[number], string>>
interface CreateOptions extends GroupOptions {
  account: string
  objective: string
  costCentre: string
  classification: string
  budget: number
}
type UpdateOptions = Partial<Omit<CreateOptions, 'account'>>

/** Groups by role, as they were named on the command line. */
async function groupsOf(client: Client, options: GroupOptions) {
  const groups = []
  for (const role of roles) {
    const group = options[role]
    if (group) groups.push({ groupId: await findGroup(client, group), role })
  }
  return groups
}

export function projects(program: Command, cli: Cli): void {
  const group = program.command('projects').description('objectives, their people and accounts')
  const listing = group.command('list').option('--account <name>', 'only those whose data lies there')
  withPaging(listing).action(async (options: ListOptions & { account?: string }, command: Command) => {
    const { client, list } = ask(command, cli)
    const within = options.account ? { accountId: (await findAccount(client, options.account)).id } : {}
    list(await client.call('projects.list', { query: { ...pageOf(options), ...within } }), [
      { title: 'name', value: (p) => p.name },
      { title: 'classification', value: (p) => p.spec.classification },
      { title: 'state', value: (p) => p.status.phase },
      { title: 'id', value: (p) => p.id },
    ])
  })
  group
    .command('create <name>')
    .requiredOption('--account <name>', 'where the data is')
    .requiredOption('--objective <text>', 'what the project is for')
    .requiredOption('--cost-centre <code>')
    .requiredOption('--classification <level>', 'public, internal, confidential or restricted')
    .requiredOption('--lead <group>', 'Entra group of the leads, by name or object id')
    .option('--scientist <group>', 'Entra group of the scientists')
    .option('--viewer <group>', 'Entra group of the viewers')
    .option('--budget <usd>', 'monthly budget in whole dollars', wholeNumber(1, 10_000_000), 200)
    .action(async (name: string, options: CreateOptions, command: Command) => {
      const { client, show } = ask(command, cli)
      const groups = await groupsOf(client, options)
      const account = await findAccount(client, options.account)
      const { objective, costCentre, classification, budget } = options
      const spec = {
        accountId: account.id,
        objective,
        costCentre,
        classification,
        groups,
        monthlyBudgetUsd: budget,
      }
      show(await client.call('projects.create', { body: checkBody(projectCreate, { name, spec }) }), words)
    })
  group
    .command('update <project>')
    .description('change what is given; a role that is named gets exactly that group')
    .option('--objective <text>')
    .option('--cost-centre <code>')
    .option('--classification <level>', 'public, internal, confidential or restricted')
    .option('--lead <group>', 'Entra group of the leads, by name or object id')
    .option('--scientist <group>', 'Entra group of the scientists')
    .option('--viewer <group>', 'Entra group of the viewers')
    .option('--budget <usd>', 'monthly budget in whole dollars', wholeNumber(1, 10_000_000))
    .action(async (name: string, options: UpdateOptions, command: Command) => {
      const { client, show } = ask(command, cli)
      if (Object.keys(options).length === 0)
        throw new UsageError(`changing project ${name}: give at least one thing to change (--help lists them)`)
      const project = await findProject(client, name)
      const { objective, costCentre, classification, budget } = options
      const given = await groupsOf(client, options)
      const kept = project.spec.groups.filter((one) => !given.some(({ role }) => role === one.role))
      const spec = {
        ...{ objective, costCentre, classification, monthlyBudgetUsd: budget },
        ...(given.length > 0 ? { groups: [...kept, ...given] } : {}),
      }
      const body = checkBody(projectUpdate, { generation: project.generation, spec })
      show(await client.call('projects.update', { params: { id: project.id }, body }), words)
    })
  group.command('show <project>').action(async (name: string, _options, command: Command) => {
    const { client, show } = ask(command, cli)
    show(await findProject(client, name), words)
  })
  withPaging(group.command('members <project>')).action(
    async (name: string, options: ListOptions, command: Command) => {
      const { client, list } = ask(command, cli)
      const { id } = await findProject(client, name)
      list(await client.call('projects.members', { params: { id }, query: pageOf(options) }), [
        { title: 'name', value: (m) => m.name },
        { title: 'sign-in name', value: (m) => m.userPrincipalName },
        { title: 'roles', value: (m) => m.roles.join(',') },
      ])
    },
  )
  withPaging(group.command('activity <project>')).action(
    async (name: string, options: ListOptions, command: Command) => {
      const { client, list } = ask(command, cli)
      const { id } = await findProject(client, name)
      list(await client.call('projects.activity', { params: { id }, query: pageOf(options) }), [
        { title: 'when', value: (e) => e.at },
        { title: 'who', value: (e) => e.actor?.name ?? 'the platform' },
        { title: 'act', value: (e) => e.action },
        { title: 'outcome', value: (e) => e.outcome },
        { title: 'detail', value: (e) => e.detail },
      ])
    },
  )
  group.command('lineage <project>').action(async (name: string, _options, command: Command) => {
    const { client, show } = ask(command, cli)
    const { id } = await findProject(client, name)
    show(await client.call('projects.lineage', { params: { id } }), ({ edges }) =>
      edges.map((edge) => `${edge.from} --${edge.relation}--> ${edge.to}`),
    )
  })
  group.command('delete <project>').action(async (name: string, _options, command: Command) => {
    const { client, show } = ask(command, cli)
    const { id } = await findProject(client, name)
    show(await client.call('projects.delete', { params: { id } }), words)
  })
}
