import type { IncomingMessage } from 'node:http'
import type OidcProvider from 'oidc-provider'
import type { AdapterFactory, Configuration } from 'oidc-provider'
// Not by the package's door, which warns on the console of every Node before 22; the suite shows that 20 does.
import { Provider } from 'oidc-provider/lib/provider.js'
import { accessTokenClaims, findAccount } from './account-claims.ts'
import { type ApplicationOptions, apiResource, applications, graphResource } from './applications.ts'
import { grantAll, graphScopes, requestedResource } from './consent.ts'
import { deviceCodePages } from './device-pages.ts'
import { tenantId } from './directory.ts'
import type { DirectoryStore } from './directory-store.ts'
import type { TenantKeys } from './keys.ts'
import { messagePage } from './page.ts'
import { signInPolicy } from './sign-in-policy.ts'

export interface ProviderOptions extends ApplicationOptions {
  url: string
  keys: TenantKeys
  directory: DirectoryStore
  /** Where what is issued is kept. */
  adapter: AdapterFactory
}

/** The tenant's v2.0 issuer, mounted at `/<tenant>`, with Entra's paths below it. */
export function createProvider(options: ProviderOptions): OidcProvider {
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
    adapter: options.adapter,
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
