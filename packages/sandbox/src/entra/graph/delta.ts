import type { MembershipChange } from '../directory-state.ts'
import { requirePermission } from './caller.ts'
import { groupEntity } from './entity.ts'
import { badRequest, GraphError } from './graph-error.ts'
import type { GraphRequest, GraphRoute } from './route.ts'

const pageSize = 100

/**
 * `GET /groups/delta` (Graph reference, "group: delta"): first the whole state in pages, then a delta link;
 * with its token only the groups that changed, removed members marked `@removed`.
 */
export const deltaRoutes: GraphRoute[] = [
  {
    method: 'GET',
    pattern: /^\/groups\/(?:microsoft\.graph\.)?delta(?:\(\))?$/,
    handle: (request) => {
      requirePermission(request.caller, 'Group.Read.All', 'Directory.Read.All')
      const token = request.query.get('$deltatoken')
      return { status: 200, body: token === null ? wholeState(request) : changesSince(request, token) }
    },
  },
]

function wholeState(request: GraphRequest) {
  const [offset = 0, started = request.directory.latestChange()] = readToken(request.query.get('$skiptoken')) ?? []
  const groups = request.directory.groups()
  const value = groups.slice(offset, offset + pageSize).map((group) => ({
    ...selected(request, groupEntity(group)),
    ...(wantsMembers(request)
      ? { 'members@delta': group.members.map((id) => ({ '@odata.type': memberType(request, id), id })) }
      : {}),
  }))
  const next = offset + pageSize
  return {
    '@odata.context': `${request.graphUrl}/$metadata#groups`,
    // The delta starts from the first page, so that a change during the reading is not lost.
    ...(next < groups.length
      ? { '@odata.nextLink': link(request, '$skiptoken', [next, started]) }
      : { '@odata.deltaLink': link(request, '$deltatoken', [started]) }),
    value,
  }
}

function changesSince(request: GraphRequest, token: string) {
  const number = readToken(token)?.[0]
  const changes = number === undefined ? undefined : request.directory.changesSince(number)
  if (!changes)
    throw new GraphError(
      410,
      'syncStateNotFound',
      'The sync state generation is not found; continue with a full synchronization without the delta token.',
    )
  const byGroup = new Map<string, Map<string, MembershipChange>>()
  for (const change of changes) {
    const members = byGroup.get(change.group) ?? new Map<string, MembershipChange>()
    byGroup.set(change.group, members.set(change.member, change))
  }
  const value = [...byGroup].flatMap(([id, members]) => {
    const group = request.directory.group(id)
    if (!group) return []
    const delta = [...members.values()].map((change) => ({
      '@odata.type': memberType(request, change.member),
      id: change.member,
      ...(change.removed ? { '@removed': { reason: 'deleted' } } : {}),
    }))
    return [{ ...selected(request, groupEntity(group)), ...(wantsMembers(request) ? { 'members@delta': delta } : {}) }]
  })
  return {
    '@odata.context': `${request.graphUrl}/$metadata#groups`,
    '@odata.deltaLink': link(request, '$deltatoken', [request.directory.latestChange()]),
    value,
  }
}

function wantsMembers(request: GraphRequest): boolean {
  return request.query.get('$select')?.split(',').includes('members') ?? true
}

function selected(request: GraphRequest, entity: ReturnType<typeof groupEntity>) {
  const names = request.query.get('$select')?.split(',')
  return Object.fromEntries(Object.entries(entity).filter(([name]) => name === 'id' || !names || names.includes(name)))
}

function memberType(request: GraphRequest, id: string): string {
  return request.directory.group(id) ? '#microsoft.graph.group' : '#microsoft.graph.user'
}

function link(request: GraphRequest, parameter: string, numbers: number[]): string {
  const query = new URLSearchParams()
  const names = request.query.get('$select')
  if (names) query.set('$select', names)
  query.set(parameter, Buffer.from(JSON.stringify(numbers)).toString('base64url'))
  return `${request.graphUrl}/groups/delta?${query}`
}

function readToken(token: string | null): number[] | undefined {
  if (token === null) return undefined
  try {
    const numbers = JSON.parse(Buffer.from(token, 'base64url').toString()) as unknown
    if (Array.isArray(numbers) && numbers.every((each) => Number.isInteger(each))) return numbers as number[]
  } catch {
    // Not a token of ours: refused below.
  }
  throw badRequest('Badly formed token.')
}
