import type { KoaContextWithOIDC } from 'oidc-provider'
import { apiResource, graphResource } from './applications.ts'

/** Entra derives the resource from the scopes: `<resource>/<permission>`; bare permissions are Graph's. */
export function requestedResource(context: KoaContextWithOIDC, url: string): string | undefined {
  const scopes = String(context.oidc.params?.scope ?? '').split(' ')
  if (scopes.some((scope) => scope.startsWith(`${apiResource}/`))) return apiResource
  return scopes.some((scope) => graphScopes(url).split(' ').includes(scope)) ? graphResource : undefined
}

/** Graph's scopes; a client that takes the resource from its Graph URL finds this sandbox's own origin. */
export function graphScopes(url: string): string {
  return `${graphResource}/.default ${url}/.default User.Read`
}

/** An administrator consented for the whole tenant, so nobody is asked for consent. */
export async function grantAll(context: KoaContextWithOIDC, url: string) {
  const { client, session, provider } = context.oidc
  if (!client || !session?.accountId) return undefined
  const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId })
  grant.addOIDCScope('openid offline_access profile email')
  grant.addOIDCClaims(['groups', 'tid', 'oid', 'ver', '_claim_names', '_claim_sources'])
  grant.addResourceScope(graphResource, graphScopes(url))
  grant.addResourceScope(apiResource, `${apiResource}/access`)
  await grant.save()
  return grant
}
