import type { AccessToken, ClientCredentials } from 'oidc-provider'
import { applicationRoles } from './applications.ts'
import { claimsOf, servicePrincipalId } from './claims.ts'
import { tenantId } from './directory.ts'
import type { DirectoryStore } from './directory-store.ts'

/** The account behind a token or session, unless it is disabled or its sessions were revoked since `issuedAt` (seconds). */
export async function findAccount(
  directory: DirectoryStore,
  graphUrl: string,
  id: string,
  issuedAt: number | undefined,
) {
  const person = directory.person(id)
  if (!person || !directory.enabled(id)) return undefined
  if (issuedAt !== undefined && issuedAt * 1000 < directory.validFrom(id).getTime()) return undefined
  return { accountId: id, claims: () => claimsOf(person, directory, graphUrl) as { sub: string } }
}

/** Members of a v2.0 access token beside the standard ones (Microsoft Learn, "Access token claims reference"). */
export async function accessTokenClaims(directory: DirectoryStore, token: AccessToken | ClientCredentials) {
  const shared = { tid: tenantId, ver: '2.0', azp: token.clientId ?? '' }
  if (token.kind === 'ClientCredentials')
    return { ...shared, idtyp: 'app', roles: applicationRoles, oid: servicePrincipalId(shared.azp) }
  const person = directory.person((token as AccessToken).accountId)
  const scopes = (token.scope ?? '').split(' ').map((scope) => scope.split('/').at(-1))
  return {
    ...shared,
    oid: person?.id ?? '',
    name: person?.displayName ?? '',
    preferred_username: person?.userPrincipalName ?? '',
    scp: scopes.join(' '),
  }
}
