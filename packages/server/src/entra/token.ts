import { type Person, PlatformError } from '@uais/contract'
import { createRemoteJWKSet, errors, jwtVerify } from 'jose'
import type { Config } from '../config/config.ts'
import { personFrom, type SignIn } from './oidc.ts'

export interface TokenCheck {
  /** The person behind an Entra token that the command line got. @throws PlatformError not-signed-in */
  person(token: string): Promise<Person>
}

/**
 * Accepts tokens that Entra issued to our command line (public client, device code flow): an ID token for it, or an access
 * token for this API. Signature, issuer, audience, time, tenant and client are all checked (Microsoft, "Access tokens",
 * "Validate tokens"). There is no nonce in the device flow; the token never passes through a browser's URL.
 */
export function createTokenCheck(config: Config, signIn: SignIn): TokenCheck {
  const { issuer, tenantId, cliClientId, apiAudience } = config.entra
  let keys: ReturnType<typeof createRemoteJWKSet> | undefined
  return {
    async person(token) {
      keys ??= createRemoteJWKSet(new URL(await signIn.jwksUrl()), { timeoutDuration: 8_000 })
      const { payload } = await jwtVerify(token, keys, {
        issuer,
        audience: [cliClientId, apiAudience],
        algorithms: ['RS256'],
        requiredClaims: ['exp', 'iat', 'oid', 'tid'],
        clockTolerance: 60,
      }).catch((cause: unknown) => {
        throw explain(cause)
      })
      const forApi = payload.aud === apiAudience
      // An access token for this API may have been given to another application: only our own command line may bring it.
      if (forApi && (payload.azp !== cliClientId || payload.idtyp === 'app' || !hasScope(payload.scp, 'access')))
        throw new PlatformError('not-signed-in', 'reading the token: it was not issued to the UAIS command line')
      return personFrom(payload, tenantId)
    },
  }
}

const hasScope = (scp: unknown, wanted: string) => typeof scp === 'string' && scp.split(' ').includes(wanted)

function explain(cause: unknown): PlatformError {
  if (cause instanceof errors.JWKSTimeout || cause instanceof TypeError)
    return new PlatformError('directory-unavailable', 'reading the token: Entra ID did not give its keys; try again', {
      cause,
    })
  const why =
    cause instanceof errors.JWTExpired ? 'it has expired; sign in again' : 'it is not a valid token of this tenant'
  return new PlatformError('not-signed-in', `reading the token: ${why}`, { cause })
}
