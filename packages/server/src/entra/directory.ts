import type { Person } from '@uais/contract'
import type { Config } from '../config/config.ts'
import { createGraph } from './graph.ts'

export interface DirectoryGroup {
  id: string
  displayName: string
  description: string | null
}

/**
 * People and groups as Graph gives them. Membership means *direct* membership everywhere: it is what Entra provisions to
 * AWS (Microsoft, "How application provisioning works"), and what the data owner sees in the group.
 * Every method throws `directory-unavailable` when Graph does not answer: no answer is never "no groups".
 */
export interface Directory {
  /** Object ids of the groups a person is in. At most 60 s old; `fresh` asks now, for acts that matter. */
  groupsOf(oid: string, options?: { fresh?: boolean }): Promise<ReadonlySet<string>>
  /** Whether the account may still sign in; a person who left the tenant may not. As fresh as `groupsOf`. */
  isEnabled(oid: string, options?: { fresh?: boolean }): Promise<boolean>
  membersOf(groupId: string): Promise<readonly Person[] | undefined>
  group(id: string): Promise<DirectoryGroup | undefined>
  person(oid: string): Promise<Person | undefined>
  searchGroups(text: string, limit: number): Promise<DirectoryGroup[]>
  searchPeople(text: string, limit: number): Promise<Person[]>
}

/** How old an answer of Graph may be; five minutes is the promise for leaving a group, this leaves room for the rest. */
const freshFor = 60_000

interface GraphUser {
  id: string
  displayName: string
  userPrincipalName: string
}

const userFields = '$select=id,displayName,userPrincipalName'
const groupFields = '$select=id,displayName,description'
const personOf = (user: GraphUser): Person => ({
  oid: user.id,
  name: user.displayName,
  userPrincipalName: user.userPrincipalName,
})
/** Strings inside OData filters double their quotes (OData 4.01, "URL Conventions", 5.1.1.6.2). */
const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`
const startsWith = (field: string, text: string) => encodeURIComponent(`startswith(${field},${quoted(text)})`)

export function createDirectory(config: Config): Directory {
  const graph = createGraph(config)
  const groupsOf = remembered(async (oid) => {
    const groups = await graph.all<{ id: string }>(
      `/users/${encodeURIComponent(oid)}/memberOf/microsoft.graph.group?$select=id&$top=999`,
    )
    // A person who left the tenant is in no group: that is an answer, not a failure.
    return new Set((groups ?? []).map((group) => group.id))
  })
  const isEnabled = remembered(async (oid) => {
    const user = await graph.get<{ accountEnabled: boolean }>(
      `/users/${encodeURIComponent(oid)}?$select=accountEnabled`,
    )
    return user?.accountEnabled === true
  })
  const membersOf = remembered(async (id) => {
    const users = await graph.all<GraphUser>(
      `/groups/${encodeURIComponent(id)}/members/microsoft.graph.user?${userFields}&$top=999`,
    )
    return users?.map(personOf)
  })
  const group = remembered(async (id) => graph.get<DirectoryGroup>(`/groups/${encodeURIComponent(id)}?${groupFields}`))
  const person = remembered(async (oid) => {
    const user = await graph.get<GraphUser>(`/users/${encodeURIComponent(oid)}?${userFields}`)
    return user && personOf(user)
  })
  return {
    groupsOf: (oid, options) => groupsOf(oid, options?.fresh),
    isEnabled: (oid, options) => isEnabled(oid, options?.fresh),
    membersOf: (id) => membersOf(id),
    group: (id) => group(id),
    person: (oid) => person(oid),
    async searchGroups(text, limit) {
      // $search matches the start of every word of a name, $filter only of the first ("Use the $search query parameter").
      const search = text ? `&$search=${encodeURIComponent(`"displayName:${text.replaceAll(/["\\]/g, ' ')}"`)}` : ''
      return (await graph.all<DirectoryGroup>(`/groups?${groupFields}&$top=${limit}${search}`, limit)) ?? []
    },
    async searchPeople(text, limit) {
      const filter = text
        ? `&$filter=${startsWith('displayName', text)}%20or%20${startsWith('userPrincipalName', text)}`
        : ''
      return ((await graph.all<GraphUser>(`/users?${userFields}&$top=${limit}${filter}`, limit)) ?? []).map(personOf)
    },
  }
}

/** Keeps answers for a minute. Failures are not kept, and simultaneous questions share one answer. */
function remembered<T>(ask: (id: string) => Promise<T>): (id: string, fresh?: boolean) => Promise<T> {
  const held = new Map<string, { answer: Promise<T>; at: number }>()
  return (id, fresh = false) => {
    const known = held.get(id)
    if (known && !fresh && known.at > Date.now() - freshFor) return known.answer
    if (held.size > 10_000) held.clear()
    const answer = ask(id)
    held.set(id, { answer, at: Date.now() })
    answer.catch(() => held.delete(id))
    return answer
  }
}
