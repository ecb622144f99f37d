import type { DirectoryStore } from '../directory-store.ts'
import { requirePermission } from './caller.ts'
import { groupEntity, memberEntity } from './entity.ts'
import { notFound } from './graph-error.ts'
import { nameFilter } from './name-filter.ts'
import { collection, select } from './paging.ts'
import type { GraphRequest, GraphRoute } from './route.ts'

const readers = ['Group.Read.All', 'GroupMember.Read.All', 'Directory.Read.All'] as const

/** Graph's `/groups`: search, read, and members with or without nesting. */
export const groupRoutes: GraphRoute[] = [
  {
    method: 'GET',
    pattern: /^\/groups$/,
    handle: (request) => {
      requirePermission(request.caller, ...readers)
      const matches = nameFilter(request)
      const found = request.directory.groups().filter(matches)
      const items = found.map((group) => select(request, groupEntity(group)))
      return { status: 200, body: collection(request, 'groups', items) }
    },
  },
  {
    method: 'GET',
    pattern: /^\/groups\/([^/]+)$/,
    handle: (request) => {
      requirePermission(request.caller, ...readers)
      return { status: 200, body: select(request, groupEntity(groupOf(request))) }
    },
  },
  {
    method: 'GET',
    pattern: /^\/groups\/([^/]+)\/(members|transitiveMembers)(?:\/microsoft\.graph\.(user|group))?$/,
    handle: (request) => {
      requirePermission(request.caller, ...readers)
      const group = groupOf(request)
      const ids = request.segments[1] === 'members' ? group.members : transitiveMembers(request.directory, group.id)
      const cast = request.segments[2]
      const all = ids.flatMap((id) => memberEntity(id, request.directory) ?? [])
      const items = cast ? all.filter((item) => item['@odata.type'] === `#microsoft.graph.${cast}`) : all
      return {
        status: 200,
        body: collection(
          request,
          'directoryObjects',
          items.map((item) => select(request, item)),
        ),
      }
    },
  },
]

function groupOf(request: GraphRequest) {
  const id = request.segments[0] ?? ''
  const group = request.directory.group(id)
  if (!group) throw notFound(id)
  return group
}

function transitiveMembers(directory: DirectoryStore, id: string): string[] {
  const found = new Set<string>()
  const visit = (group: string) => {
    for (const member of directory.group(group)?.members ?? []) {
      if (found.has(member)) continue
      found.add(member)
      visit(member)
    }
  }
  visit(id)
  return [...found]
}
