import { openAsBlob } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { dataSourceCreate, PlatformError } from '@uais/contract'
import type { Command } from 'commander'
import type { Cli } from '../cli.ts'
import { ask, type ListOptions, pageOf, withPaging } from '../command.ts'
import { UsageError } from '../exit.ts'
import { findIn, findProject } from '../find.ts'
import { checked } from './accounts.ts'

interface AddOptions {
  bucket?: string
  prefix?: string
  purpose: string
  classification: string
}

export function dataSources(program: Command, cli: Cli): void {
  const group = program.command('data').description('data of a project')
  withPaging(group.command('list <project>')).action(
    async (project: string, options: ListOptions, command: Command) => {
      const { client, list } = ask(command, cli)
      const { id } = await findProject(client, project)
      list(await client.call('data-sources.list', { params: { id }, query: pageOf(options) }), [
        { title: 'name', value: (d) => d.name },
        { title: 'kind', value: (d) => d.spec.source },
        { title: 'where', value: (d) => d.status.outputs.uri },
        { title: 'state', value: (d) => d.status.phase },
        { title: 'id', value: (d) => d.id },
      ])
    },
  )
  group
    .command('add <project> <name>')
    .description('data already in S3 (--bucket and --prefix), or a place to upload to')
    .option('--bucket <name>')
    .option('--prefix <prefix>', 'ends with a slash')
    .requiredOption('--purpose <text>')
    .requiredOption('--classification <level>', 'public, internal, confidential or restricted')
    .action(async (project: string, name: string, options: AddOptions, command: Command) => {
      const { client, show } = ask(command, cli)
      const { id } = await findProject(client, project)
      const { bucket, prefix, purpose, classification } = options
      const where = bucket || prefix ? { source: 's3', bucket, prefix } : { source: 'upload' }
      const body = checked(dataSourceCreate, { name, spec: { ...where, purpose, classification } })
      show(await client.call('data-sources.create', { params: { id }, body }), (d) => [
        `${d.name}  ${d.status.phase}  ${d.id}`,
      ])
    })
  group
    .command('upload <project> <data> <files...>')
    .description('send files straight into the owner’s bucket')
    .action(async (project: string, name: string, files: string[], _options, command: Command) => {
      const { client, json } = ask(command, cli)
      const { id } = await sourceOf(client, project, name)
      const keys = []
      for (const file of files) {
        const key = await upload(client, id, file)
        keys.push(key)
        if (!json) cli.out(key)
      }
      if (json) cli.out(JSON.stringify({ keys }))
    })
  withPaging(group.command('objects <project> <data>')).action(
    async (project: string, name: string, options: ListOptions, command: Command) => {
      const { client, list } = ask(command, cli)
      const { id } = await sourceOf(client, project, name)
      list(await client.call('data-sources.objects', { params: { id }, query: pageOf(options) }), [
        { title: 'key', value: (o) => o.key },
        { title: 'bytes', value: (o) => o.bytes },
        { title: 'changed', value: (o) => o.lastModified },
      ])
    },
  )
  group.command('delete <project> <data>').action(async (project: string, name: string, _options, command: Command) => {
    const { client, show } = ask(command, cli)
    const { id } = await sourceOf(client, project, name)
    show(await client.call('data-sources.delete', { params: { id } }), (d) => [`${d.name}  ${d.status.phase}`])
  })
}

type Client = ReturnType<typeof ask>['client']

async function sourceOf(client: Client, project: string, name: string) {
  const { id } = await findProject(client, project)
  return findIn(name, 'data source', (search) =>
    client.call('data-sources.list', { params: { id }, query: { limit: 100, ...(search ? { search } : {}) } }),
  )
}

async function upload(client: Client, id: string, file: string): Promise<string> {
  const found = await stat(file).catch(() => undefined)
  if (!found?.isFile()) throw new UsageError(`uploading ${file}: there is no such file`)
  const grant = await client.call('data-sources.upload', {
    params: { id },
    body: { fileName: basename(file), bytes: found.size },
  })
  const form = new FormData()
  for (const [field, value] of Object.entries(grant.fields)) form.append(field, value)
  form.append('file', await openAsBlob(file))
  const response = await fetch(grant.url, { method: 'POST', body: form })
  if (response.ok) return grant.key
  const code = /<Code>([^<]+)<\/Code>/.exec(await response.text())?.[1] ?? `status ${response.status}`
  throw new PlatformError('not-allowed', `uploading ${file}: S3 refused it (${code})`)
}
