import type { IncomingMessage } from 'node:http'
import Provider, {
  type AccessToken,
  type ClientCredentials,
  type Configuration,
  interactionPolicy,
  type KoaContextWithOIDC,
} from 'oidc-provider'
import { type ApplicationOptions, apiResource, applicationRoles, applications, graphResource } from './applications.ts'
import { claimsOf, servicePrincipalId } from './claims.ts'
import { deviceCodePages } from './device-pages.ts'
import { tenantId } from './directory.ts'
import type { DirectoryStore } from './directory-store.ts'
import type { TenantKeys } from './keys.ts'
import { messagePage } from './page.ts'

export interface ProviderOptions extends ApplicationOptions {
  url: string
  keys: TenantKeys
  directory: DirectoryStore
}

/** The tenant's v2.0 issuer, mounted at `/<tenant>`, with Entra's paths below it. */
export function createProvider(options: ProviderOptions): Provider {
  const provider = new Provider(`${options.url}/${tenantId}/v2.0`, configuration(options))
  // Behind no proxy: the host of the request is the host of the issuer.
  provider.proxy = false
  return provider
}

/** Cuts `/<tenant>` (and `/v2.0` of discovery) off the URL, as a mounting framework would; false when not ours. */
export function mountRequest(request: IncomingMessage & { originalUrl?: string }): boolean {
  const prefix = `/${tenantId}`
  if (!request.url?.startsWith(`${prefix}/`)) return false
  const path = request.url.slice(prefix.length).replace(/^\/v2\.0(?=\/\.well-known\/)/, '')
  request.url = path
  request.originalUrl = `${prefix}${path}`
  return true
}

function configuration(options: ProviderOptions): Configuration {
  const { directory, keys, url } = options
  const graphUrl = `${url}/graph/v1.0`
  return {
    clients: applications(options),
    jwks: { keys: [keys.signing as never] },
    cookies: { keys: keys.cookies, long: { signed: true }, short: { signed: true } },
    routes: {
      authorization: '/oauth2/v2.0/authorize',
      token: '/oauth2/v2.0/token',
      jwks: '/discovery/v2.0/keys',
      userinfo: '/oidc/userinfo',
      end_session: '/oauth2/v2.0/logout',
      device_authorization: '/oauth2/v2.0/devicecode',
      code_verification: '/oauth2/v2.0/deviceauth',
    },
    scopes: ['openid', 'offline_access', 'profile', 'email'],
    claims: {
      openid: ['sub', 'tid', 'oid', 'ver', 'groups'],
      profile: ['name', 'preferred_username'],
      email: ['email'],
    },
    // Entra puts profile claims into the ID token of the code flow.
    conformIdTokenClaims: false,
    subjectTypes: ['public'],
    pkce: { required: () => true },
    interactions: {
      url: (_context, interaction) => `/${tenantId}/login/${interaction.uid}`,
      policy: signInPolicy(directory),
    },
    findAccount: (_context, id, token) => findAccount(directory, graphUrl, id, token?.iat),
    loadExistingGrant: (context) => grantAll(context, url),
    extraTokenClaims: (_context, token) => accessTokenClaims(directory, token),
    // oidc-provider drops offline_access without prompt=consent; Entra's consent is the administrator's, given before.
    issueRefreshToken: async (_context, client) => client.grantTypeAllowed('refresh_token'),
    // Chosen inside Entra's ranges: access token 60-90 minutes, refresh token up to 90 days, device code 15 minutes.
    ttl: {
      AccessToken: 3600,
      ClientCredentials: 3600,
      IdToken: 3600,
      RefreshToken: 86_400,
      Grant: 86_400,
      Session: 86_400,
      Interaction: 3600,
      DeviceCode: 900,
    },
    features: features(url),
    renderError: (context, out) => {
      context.type = 'html'
      context.body = messagePage('Sign-in failed', `${out.error}: ${out.error_description ?? ''}`)
    },
  }
}

function features(url: string): Configuration['features'] {
  return {
    devInteractions: { enabled: false },
    clientCredentials: { enabled: true },
    deviceFlow: { enabled: true, ...deviceCodePages },
    rpInitiatedLogout: {
      enabled: true,
      logoutSource: (context, form) => {
        context.body = messagePage(
          'Sign out?',
          'This ends your session with the sandbox tenant.',
          `${form}<button type="submit" form="op.logoutForm" value="yes" name="logout">Sign out</button>`,
        )
      },
      postLogoutSuccessSource: (context) => {
        context.body = messagePage('Signed out', 'You can close this page.')
      },
    },
    resourceIndicators: {
      enabled: true,
      defaultResource: (context, _client, oneOf) => (oneOf ? oneOf[0]! : requestedResource(context, url)) as string,
      useGrantedResource: () => true,
      getResourceServerInfo: (_context, resource) => ({
        scope: resource === graphResource ? graphScopes(url) : `${apiResource}/access`,
        audience: resource,
        accessTokenFormat: 'jwt',
        jwt: { sign: { alg: 'RS256' } },
      }),
    },
  }
}

/** Entra derives the resource from the scopes: `<resource>/<permission>`; bare permissions are Graph's. */
function requestedResource(context: KoaContextWithOIDC, url: string): string | undefined {
  const scopes = String(context.oidc.params?.scope ?? '').split(' ')
  if (scopes.some((scope) => scope.startsWith(`${apiResource}/`))) return apiResource
  return scopes.some((scope) => graphScopes(url).split(' ').includes(scope)) ? graphResource : undefined
}

/** Graph's scopes; a client that takes the resource from its Graph URL finds this sandbox's own origin. */
function graphScopes(url: string): string {
  return `${graphResource}/.default ${url}/.default User.Read`
}

async function findAccount(directory: DirectoryStore, graphUrl: string, id: string, issuedAt: number | undefined) {
  const person = directory.person(id)
  if (!person || !directory.enabled(id)) return undefined
  if (issuedAt !== undefined && issuedAt * 1000 < directory.validFrom(id).getTime()) return undefined
  return { accountId: id, claims: () => claimsOf(person, directory, graphUrl) as { sub: string } }
}

/** Asks again where the browser's session is older than revokeSignInSessions, or the account is disabled. */
function signInPolicy(directory: DirectoryStore) {
  const policy = interactionPolicy.base()
  policy.get('login')?.checks.add(
    new interactionPolicy.Check('session_revoked', 'The session was revoked', (context) => {
      const { accountId, loginTs } = context.oidc.session ?? {}
      if (!accountId || !loginTs) return interactionPolicy.Check.NO_NEED_TO_PROMPT
      const revoked = loginTs * 1000 < directory.validFrom(accountId).getTime() - 999 || !directory.enabled(accountId)
      return revoked ? interactionPolicy.Check.REQUEST_PROMPT : interactionPolicy.Check.NO_NEED_TO_PROMPT
    }),
  )
  // Native apps would be asked for consent each time; the tenant's administrator has given it.
  policy.get('consent')?.checks.remove('native_client_prompt')
  policy.add(new interactionPolicy.Prompt({ name: 'select_account', requestable: true }), 0)
  return policy
}

/** An administrator consented for the whole tenant, so nobody is asked for consent. */
async function grantAll(context: KoaContextWithOIDC, url: string) {
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

/** Members of a v2.0 access token beside the standard ones (Microsoft Learn, "Access token claims reference"). */
async function accessTokenClaims(directory: DirectoryStore, token: AccessToken | ClientCredentials) {
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
