import { createHash } from 'node:crypto'
import { type Person, tenantId } from './directory.ts'
import type { DirectoryStore } from './directory-store.ts'

/** "JWT tokens have a limit of 200 groups": Microsoft Learn, "Configure group claims for applications". */
const groupLimit = 200

/**
 * Claims of a person as a v2.0 token carries them. Groups are transitive; above the limit Entra leaves the claim
 * out and points to Graph by `_claim_names`/`_claim_sources` (Microsoft Learn, "Groups overage claim").
 */
export function claimsOf(person: Person, directory: DirectoryStore, graphUrl: string): Record<string, unknown> {
  const groups = directory.groupsOf(person.id, true).map((group) => group.id)
  const overage = groups.length > groupLimit
  return {
    sub: person.id,
    tid: tenantId,
    oid: person.id,
    ver: '2.0',
    name: person.displayName,
    preferred_username: person.userPrincipalName,
    email: person.userPrincipalName,
    ...(overage
      ? {
          _claim_names: { groups: 'src1' },
          _claim_sources: { src1: { endpoint: `${graphUrl}/users/${person.id}/getMemberObjects` } },
        }
      : groups.length > 0
        ? { groups }
        : {}),
  }
}

/** Object id of an application's service principal: a GUID that is the same at every start. */
export function servicePrincipalId(clientId: string): string {
  const hex = createHash('sha256').update(`${tenantId}/${clientId}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
