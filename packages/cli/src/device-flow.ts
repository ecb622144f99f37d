import { PlatformError } from '@uais/contract'
import * as oidc from 'openid-client'
import { z } from 'zod'

const configurationShape = z.object({ issuer: z.url(), cliClientId: z.string(), scope: z.string() })
const tokenShape = z.object({ token: z.string(), expiresAt: z.string() })

/**
 * Signs in by the OAuth 2.0 device authorization grant (RFC 8628): the person opens a link on any device and types a
 * code; the Entra token is then exchanged for a UAIS token. @throws PlatformError not-signed-in
 */
export async function signInByDevice(server: string, say: (text: string) => void): Promise<z.infer<typeof tokenShape>> {
  const settings = configurationShape.parse(await (await fetch(new URL('/auth/configuration', server))).json())
  const issuer = new URL(settings.issuer)
  const insecure = issuer.protocol === 'http:' ? { execute: [oidc.allowInsecureRequests] } : undefined
  const entra = await oidc.discovery(issuer, settings.cliClientId, undefined, oidc.None(), insecure)
  const started = await oidc.initiateDeviceAuthorization(entra, { scope: settings.scope })
  say(`Open ${started.verification_uri} and enter ${started.user_code}`)
  if (started.verification_uri_complete) say(`or open ${started.verification_uri_complete}`)
  const tokens = await oidc.pollDeviceAuthorizationGrant(entra, started)
  const response = await fetch(new URL('/auth/token', server), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ idToken: tokens.id_token }),
  })
  const answer = tokenShape.safeParse(await response.json().catch(() => undefined))
  if (!response.ok || !answer.success)
    throw new PlatformError(
      'not-signed-in',
      `signing in: UAIS did not accept the Entra token (status ${response.status}).`,
    )
  return answer.data
}
