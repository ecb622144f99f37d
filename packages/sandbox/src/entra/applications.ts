import type { ClientMetadata } from 'oidc-provider'

/** Audience of app-only and delegated tokens for Graph. */
export const graphResource = 'https://graph.microsoft.com'
/** Audience of the tokens that the CLI presents to the UAIS API; scope `api://uais/access`. */
export const apiResource = 'api://uais'

/** Application permissions granted to the confidential clients: `roles` in app-only tokens. */
export const applicationRoles = [
  'Group.Read.All',
  'GroupMember.Read.All',
  'User.Read.All',
  'User.EnableDisableAccount.All',
  'User.RevokeSessions.All',
]

export interface ApplicationOptions {
  /** Origins at which the portal may be reached, e.g. `http://127.0.0.1:8080`. */
  portalOrigins: readonly string[]
  /** Path of the portal's redirect URI below each origin. */
  redirectPaths: readonly string[]
  clientSecret: string
}

/**
 * App registrations of the tenant: the portal (code flow, and app-only Graph), the server (app-only Graph)
 * and the command line (public client, device code and loopback code flow).
 */
export function applications({ portalOrigins, redirectPaths, clientSecret }: ApplicationOptions): ClientMetadata[] {
  const redirects = portalOrigins.flatMap((origin) => redirectPaths.map((path) => `${origin}${path}`))
  return [
    {
      client_id: 'uais-portal',
      client_name: 'United AI Studio',
      client_secret: clientSecret,
      token_endpoint_auth_method: 'client_secret_post',
      grant_types: ['authorization_code', 'refresh_token', 'client_credentials'],
      response_types: ['code'],
      redirect_uris: redirects,
      post_logout_redirect_uris: portalOrigins.flatMap((origin) => [origin, `${origin}/`, `${origin}/signed-out`]),
    },
    {
      client_id: 'uais-server',
      client_name: 'United AI Studio server',
      client_secret: clientSecret,
      token_endpoint_auth_method: 'client_secret_post',
      grant_types: ['client_credentials'],
      response_types: [],
      redirect_uris: [],
    },
    {
      client_id: 'uais-cli',
      client_name: 'United AI Studio command line',
      application_type: 'native',
      token_endpoint_auth_method: 'none',
      grant_types: ['authorization_code', 'refresh_token', 'urn:ietf:params:oauth:grant-type:device_code'],
      response_types: ['code'],
      redirect_uris: ['http://127.0.0.1/callback'],
    },
  ]
}
