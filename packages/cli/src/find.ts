import { type Answer, type Api, type Client, PlatformError } from '@uais/contract'
import { UsageError } from './exit.ts'

const isId = (text: string) => /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(text)
type Account = Answer<Api['accounts.read']>
type Project = Answer<Api['projects.read']>

interface Page<T> {
  items: T[]
  nextCursor: string | null
}
interface PageQuery {
  search: string
  limit: number
  cursor?: string
}

/** The id of what has no name to go by. @throws UsageError */
export function idOf(what: string, text: string): string {
  if (isId(text)) return text
  throw new UsageError(`'${text}' is not the id of a ${what}: ids look like 0f8fad5b-d9cb-469f-a165-70867728950e`)
}

/** People name things; the API wants ids. Each finder takes either. @throws PlatformError not-found */
export async function findAccount(client: Client, nameOrId: string): Promise<Account> {
  if (isId(nameOrId)) return client.call('accounts.read', { params: { id: nameOrId } })
  return named(nameOrId, 'account', (query) => client.call('accounts.list', { query }))
}

export async function findProject(client: Client, nameOrId: string): Promise<Project> {
  if (isId(nameOrId)) return client.call('projects.read', { params: { id: nameOrId } })
  return named(nameOrId, 'project', (query) => client.call('projects.list', { query }))
}

/** The object id of an Entra group that is given by display name or id. */
export async function findGroup(client: Client, nameOrId: string): Promise<string> {
  if (isId(nameOrId)) return nameOrId
  const group = await named(nameOrId, 'Entra group', async (query) => {
    const { items, nextCursor } = await client.call('directory.groups', { query })
    return { items: items.map(({ id, displayName }) => ({ id, name: displayName })), nextCursor }
  })
  return group.id
}

/** The id of a project's workspace that is given by name or id. */
export async function findWorkspace(client: Client, project: string, nameOrId: string): Promise<string> {
  if (isId(nameOrId)) return nameOrId
  const { id } = await findProject(client, project)
  const list = (query: PageQuery) => client.call('workspaces.list', { params: { id }, query })
  return (await named(nameOrId, 'workspace', list)).id
}

/** The id of a project's data source that is given by name or id. */
export async function findDataSource(client: Client, project: string, nameOrId: string): Promise<string> {
  if (isId(nameOrId)) return nameOrId
  const { id } = await findProject(client, project)
  const list = (query: PageQuery) => client.call('data-sources.list', { params: { id }, query })
  return (await named(nameOrId, 'data source', list)).id
}

/** The one thing of exactly that name, looked for on every page of what the search finds. */
async function named<T extends { id: string; name: string }>(
  name: string,
  what: string,
  list: (query: PageQuery) => Promise<Page<T>>,
): Promise<T> {
  const found: T[] = []
  let cursor: string | null | undefined
  do {
    const page = await list({ search: name, limit: 100, ...(cursor ? { cursor } : {}) })
    found.push(...page.items.filter((item) => item.name === name))
    cursor = page.nextCursor
  } while (cursor)
  const [one, ...more] = found
  if (!one) throw new PlatformError('not-found', `There is no ${what} '${name}', or none that you may see.`)
  if (more.length > 0)
    throw new UsageError(`there are several: give the id of one ${what}: ${found.map(({ id }) => id).join(', ')}`)
  return one
}
