import { openAsBlob } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { type Client, dataSourceCreate, PlatformError } from '@uais/contract'
import type { Command } from 'commander'
import { checkBody } from '../check-body.ts'
import type { Cli } from '../cli.ts'
import { ask, type ListOptions, pageOf, withPaging } from '../command.ts'
import { UsageError } from '../exit.ts'
import { findDataSource, findProject } from '../find.ts'
import { reach } from '../reach.ts'

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
      const body = checkBody(dataSourceCreate, { name, spec: { ...where, purpose, classification } })
      show(await client.call('data-sources.create', { params: { id }, body }), (d) => [
        `${d.name}  ${d.status.phase}  ${d.id}`,
      ])
    })
  group
    .command('upload <project> <data> <files...>')
    .description('send files straight into the owner’s bucket')
    .action(async (project: string, name: string, files: string[], _options, command: Command) => {
      const { client, json } = ask(command, cli)
      // None is sent unless all are there.
      const local = await Promise.all(files.map(localFile))
      const id = await findDataSource(client, project, name)
      const keys = []
      for (const file of local) {
        const key = await upload(client, id, file)
        keys.push(key)
        if (!json) cli.out(key)
      }
      if (json) cli.out(JSON.stringify({ keys }))
    })
  withPaging(group.command('objects <project> <data>')).action(
    async (project: string, name: string, options: ListOptions, command: Command) => {
      const { client, list } = ask(command, cli)
      const id = await findDataSource(client, project, name)
      list(await client.call('data-sources.objects', { params: { id }, query: pageOf(options) }), [
        { title: 'key', value: (o) => o.key },
        { title: 'bytes', value: (o) => o.bytes },
        { title: 'changed', value: (o) => o.lastModified },
      ])
    },
  )
  group.command('delete <project> <data>').action(async (project: string, name: string, _options, command: Command) => {
    const { client, show } = ask(command, cli)
    const id = await findDataSource(client, project, name)
    show(await client.call('data-sources.delete', { params: { id } }), (d) => [`${d.name}  ${d.status.phase}`])
  })
}

/** Sends the file by the form that the owner's bucket accepts; the bytes never pass UAIS. Answers the key. */
async function upload(client: Client, id: string, { path, bytes }: LocalFile): Promise<string> {
  const grant = await client.call('data-sources.upload', { params: { id }, body: { fileName: basename(path), bytes } })
  const form = new FormData()
  for (const [field, value] of Object.entries(grant.fields)) form.append(field, value)
  form.append('file', await openAsBlob(path))
  const response = await reach('the bucket', grant.url, { method: 'POST', body: form })
  if (response.ok) return grant.key
  const told = await response.text()
  const [code = `status ${response.status}`, message = 'no reason given'] = ['Code', 'Message'].map(
    (name) => new RegExp(`<${name}>([^<]+)</${name}>`).exec(told)?.[1],
  )
  throw new PlatformError('not-allowed', `uploading ${path}: S3 refused it: ${code}: ${message}`)
}

interface LocalFile {
  path: string
  bytes: number
}

/** @throws UsageError */
async function localFile(path: string): Promise<LocalFile> {
  const found = await stat(path).catch(() => undefined)
  if (!found?.isFile()) throw new UsageError(`uploading ${path}: there is no such file`)
  return { path, bytes: found.size }
}
