import { requirePermission } from './caller.ts'
import { groupEntity, userEntity } from './entity.ts'
import { badRequest, notFound } from './graph-error.ts'
import { nameFilter } from './name-filter.ts'
import { collection, select } from './paging.ts'
import type { GraphRequest, GraphRoute } from './route.ts'

const readers = ['User.Read.All', 'Directory.Read.All'] as const
const groupReaders = ['Group.Read.All', 'GroupMember.Read.All', 'Directory.Read.All'] as const
/** "The maximum number of groups that can be specified is 20": Graph reference, "directoryObject: checkMemberGroups". */
const checkLimit = 20

/** Graph's `/users` and `/me`: search, read, memberships, and what offboarding needs. */
export const userRoutes: GraphRoute[] = [
  {
    method: 'GET',
    pattern: /^\/users$/,
    handle: (request) => {
      requirePermission(request.caller, ...readers)
      const matches = nameFilter(request)
      const found = request.directory.people().filter(matches)
      const items = found.map((person) => select(request, userEntity(person, request.directory)))
      return { status: 200, body: collection(request, 'users', items) }
    },
  },
  {
    method: 'GET',
    pattern: /^\/(?:users\/([^/]+)|me)$/,
    handle: (request) => {
      const person = personOf(request)
      if (request.caller.person === person.id) requirePermission(request.caller, 'User.Read', ...readers)
      else requirePermission(request.caller, ...readers)
      return { status: 200, body: select(request, userEntity(person, request.directory)) }
    },
  },
  {
    method: 'GET',
    pattern: /^\/(?:users\/([^/]+)|me)\/(memberOf|transitiveMemberOf)(\/microsoft\.graph\.group)?$/,
    handle: (request) => {
      requirePermission(request.caller, ...groupReaders)
      const [, relation, cast] = request.segments
      const groups = request.directory.groupsOf(personOf(request).id, relation === 'transitiveMemberOf')
      const type = cast ? {} : { '@odata.type': '#microsoft.graph.group' }
      const items = groups.map((group) => select(request, { ...type, ...groupEntity(group) }))
      return { status: 200, body: collection(request, cast ? 'groups' : 'directoryObjects', items) }
    },
  },
  { method: 'POST', pattern: /^\/(?:users\/([^/]+)|me)\/checkMemberGroups$/, handle: checkMemberGroups },
  {
    method: 'POST',
    pattern: /^\/users\/([^/]+)\/revokeSignInSessions$/,
    handle: (request) => {
      requirePermission(request.caller, 'User.RevokeSessions.All')
      request.directory.revokeSessions(personOf(request).id, request.now)
      return { status: 200, body: { '@odata.context': `${request.graphUrl}/$metadata#Edm.Boolean`, value: true } }
    },
  },
  { method: 'PATCH', pattern: /^\/users\/([^/]+)$/, handle: patchUser },
]

function checkMemberGroups(request: GraphRequest) {
  requirePermission(request.caller, ...groupReaders)
  const person = personOf(request)
  const { groupIds } = request.body
  if (!Array.isArray(groupIds) || groupIds.some((id) => typeof id !== 'string'))
    throw badRequest("One or more properties contains invalid values: 'groupIds'.")
  if (groupIds.length > checkLimit)
    throw badRequest(`The specified number of group ids exceeds the maximum of ${checkLimit}.`)
  const member = new Set(request.directory.groupsOf(person.id, true).map((group) => group.id))
  return {
    status: 200,
    body: {
      '@odata.context': `${request.graphUrl}/$metadata#Collection(Edm.String)`,
      value: groupIds.filter((id) => member.has(id)),
    },
  }
}

function patchUser(request: GraphRequest) {
  requirePermission(request.caller, 'User.EnableDisableAccount.All', 'User.ReadWrite.All')
  const person = personOf(request)
  const { accountEnabled, ...others } = request.body
  if (typeof accountEnabled !== 'boolean' || Object.keys(others).length > 0)
    throw badRequest("Only the property 'accountEnabled' (true or false) can be changed in this tenant.")
  request.directory.setEnabled(person.id, accountEnabled)
  return { status: 204 }
}

function personOf(request: GraphRequest) {
  const id = request.segments[0] || request.caller.person
  if (!id) throw badRequest('/me request is only valid with delegated authentication flow.')
  const person = request.directory.person(decodeURIComponent(id))
  if (!person) throw notFound(id)
  return person
}
