import { type Person, PlatformError } from '@uais/contract'
import * as client from 'openid-client'
import type { Config } from '../config/config.ts'

/** What must come back unchanged between the redirect to Entra and the callback. */
export interface PendingSignIn {
  state: string
  nonce: string
  verifier: string
  /** Path in the portal to go to afterwards. */
  returnTo: string
}

export interface SignIn {
  /** Where to send the browser, and what to remember until it comes back. */
  begin(returnTo: string): Promise<{ url: string; pending: PendingSignIn }>
  /** Redeems the code of a callback. @throws PlatformError not-signed-in, directory-unavailable */
  complete(callback: URL, pending: PendingSignIn): Promise<Person>
  /** Entra's own sign-out page, where it has one. */
  endUrl(): Promise<string | undefined>
  jwksUrl(): Promise<string>
}

/**
 * OpenID Connect code flow with PKCE, state and nonce against the tenant's v2.0 endpoint (OpenID Connect Core 1.0, RFC
 * 7636). The ID token says who someone is, by `tid` and `oid`; its groups claim is never read.
 */
export function createSignIn(config: Config): SignIn {
  const redirectUri = `${config.origin}/auth/callback`
  const discovered = rememberedUnlessFailed(() => discover(config))
  return {
    async begin(returnTo) {
      const pending = {
        ...{ state: client.randomState(), nonce: client.randomNonce(), verifier: client.randomPKCECodeVerifier() },
        returnTo,
      }
      const url = client.buildAuthorizationUrl(await discovered(), {
        redirect_uri: redirectUri,
        scope: 'openid profile',
        state: pending.state,
        nonce: pending.nonce,
        code_challenge: await client.calculatePKCECodeChallenge(pending.verifier),
        code_challenge_method: 'S256',
        prompt: 'select_account',
      })
      return { url: url.href, pending }
    },
    async complete(callback, pending) {
      const configuration = await discovered()
      const tokens = await client
        .authorizationCodeGrant(configuration, new URL(redirectUri + callback.search), {
          expectedState: pending.state,
          expectedNonce: pending.nonce,
          pkceCodeVerifier: pending.verifier,
          idTokenExpected: true,
        })
        .catch((error: unknown) => {
          throw explain(error)
        })
      return personFrom(tokens.claims() ?? {}, config.entra.tenantId)
    },
    async endUrl() {
      const configuration = await discovered()
      if (!configuration.serverMetadata().end_session_endpoint) return undefined
      return client.buildEndSessionUrl(configuration, { post_logout_redirect_uri: `${config.origin}/` }).href
    },
    async jwksUrl() {
      return (await discovered()).serverMetadata().jwks_uri ?? ''
    },
  }
}

async function discover(config: Config): Promise<client.Configuration> {
  const { issuer, clientId } = config.entra
  // Plain http is for issuers on this machine only: anywhere else it would give codes and secrets away.
  const local = /^http:\/\/(127\.0\.0\.1|localhost|\[::1\])(:|\/)/.test(issuer)
  const options = local ? { execute: [client.allowInsecureRequests], timeout: 8 } : { timeout: 8 }
  const auth = client.ClientSecretPost(config.secrets.entraClientSecret)
  return client.discovery(new URL(issuer), clientId, undefined, auth, options).catch((cause: unknown) => {
    throw new PlatformError('directory-unavailable', 'signing in: Entra ID did not answer; try again in a minute', {
      cause,
    })
  })
}

/** Claims of an Entra token → the person, keyed by tenant and object id; never by e-mail or a changeable name. */
export function personFrom(claims: Record<string, unknown>, tenantId: string): Person {
  const { tid, oid, name, preferred_username: upn } = claims
  if (tid !== tenantId || typeof oid !== 'string' || !/^[0-9a-f-]{36}$/.test(oid))
    throw new PlatformError('not-signed-in', 'signing in: the token is not one of this organisation’s people')
  const userPrincipalName = typeof upn === 'string' ? upn : oid
  return { oid, name: typeof name === 'string' ? name : userPrincipalName, userPrincipalName }
}

function explain(cause: unknown): PlatformError {
  const refused =
    cause instanceof client.AuthorizationResponseError ||
    cause instanceof client.ResponseBodyError ||
    (cause instanceof client.ClientError && cause.code !== 'OAUTH_TIMEOUT')
  if (!refused)
    return new PlatformError('directory-unavailable', 'signing in: Entra ID did not answer; try again in a minute', {
      cause,
    })
  const why = 'error' in cause && typeof cause.error === 'string' ? ` (${cause.error})` : ''
  return new PlatformError('not-signed-in', `signing in: Entra ID did not confirm it${why}; begin again`, { cause })
}

function rememberedUnlessFailed<T>(ask: () => Promise<T>): () => Promise<T> {
  let held: Promise<T> | undefined
  return () => {
    held ??= ask().catch((error: unknown) => {
      held = undefined
      throw error
    })
    return held
  }
}
