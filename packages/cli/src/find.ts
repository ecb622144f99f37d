import { type Answer, type Api, type Client, PlatformError } from '@uais/contract'

const isId = (text: string) => /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(text)
type Account = Answer<Api['accounts.read']>
type Project = Answer<Api['projects.read']>

/** People name things; the API wants ids. Each finder takes either. @throws PlatformError not-found */
export async function findAccount(client: Client, nameOrId: string): Promise<Account> {
  if (isId(nameOrId)) return client.call('accounts.read', { params: { id: nameOrId } })
  const { items } = await client.call('accounts.list', { query: { search: nameOrId, limit: 100 } })
  return named(items, nameOrId, 'account')
}

export async function findProject(client: Client, nameOrId: string): Promise<Project> {
  if (isId(nameOrId)) return client.call('projects.read', { params: { id: nameOrId } })
  const { items } = await client.call('projects.list', { query: { search: nameOrId, limit: 100 } })
  return named(items, nameOrId, 'project')
}

/** The object id of an Entra group that is given by display name or id. */
export async function findGroup(client: Client, nameOrId: string): Promise<string> {
  if (isId(nameOrId)) return nameOrId
  const { items } = await client.call('directory.groups', { query: { search: nameOrId, limit: 100 } })
  return named(
    items.map((group) => ({ ...group, name: group.displayName })),
    nameOrId,
    'Entra group',
  ).id
}

/** One of a project's things by name or id, from the page that `list` answers. */
export async function findIn<T extends { id: string; name: string }>(
  nameOrId: string,
  what: string,
  list: (search: string) => Promise<{ items: T[] }>,
): Promise<T> {
  const { items } = await list(isId(nameOrId) ? '' : nameOrId)
  return named(items, nameOrId, what)
}

function named<T extends { id: string; name: string }>(items: T[], nameOrId: string, what: string): T {
  const found = items.find((item) => item.id === nameOrId || item.name === nameOrId)
  if (!found) throw new PlatformError('not-found', `There is no ${what} '${nameOrId}', or none that you may see.`)
  return found
}
