import { graphResource } from '../applications.ts'
import type { DirectoryStore } from '../directory-store.ts'
import { type TenantKeys, verifyToken } from '../keys.ts'
import { GraphError } from './graph-error.ts'

/** Who calls Graph: an application with its roles, or a person with the scopes they delegated. */
export interface GraphCaller {
  application: string
  /** Object id of the person, for delegated tokens. */
  person?: string
  permissions: string[]
}

/** Resolves the bearer token, with Graph's own words for each refusal. */
export function graphCaller(
  authorization: string | undefined,
  keys: TenantKeys,
  directory: DirectoryStore,
): GraphCaller {
  const token = /^Bearer (.+)$/i.exec(authorization ?? '')?.[1]
  if (!token) throw unauthenticated('Access token is empty.')
  const claims = verifyToken(token, keys)
  if (!claims) throw unauthenticated('Invalid token: signature validation failed.')
  if (claims.aud !== graphResource) throw unauthenticated('Access token validation failure. Invalid audience.')
  if (Number(claims.exp) * 1000 <= Date.now())
    throw unauthenticated('Lifetime validation failed, the token is expired.')
  const application = String(claims.azp ?? '')
  if (claims.idtyp === 'app') return { application, permissions: (claims.roles as string[]) ?? [] }
  const person = String(claims.oid ?? '')
  if (!directory.enabled(person)) throw unauthenticated('The user account is disabled.')
  return { application, person, permissions: String(claims.scp ?? '').split(' ') }
}

/** Any one of `permissions` suffices, as in the permission tables of the Graph reference. */
export function requirePermission(caller: GraphCaller, ...permissions: string[]) {
  if (permissions.some((permission) => caller.permissions.includes(permission))) return
  throw new GraphError(403, 'Authorization_RequestDenied', 'Insufficient privileges to complete the operation.')
}

function unauthenticated(message: string): GraphError {
  return new GraphError(401, 'InvalidAuthenticationToken', message)
}
