import { PlatformError } from '@uais/contract'
import * as oidc from 'openid-client'
import { z } from 'zod'
import { reasonOf, Unreachable } from './exit.ts'

const settingsShape = z.object({ issuer: z.url(), cliClientId: z.string(), scope: z.string() })
const tokenShape = z.object({ token: z.string(), expiresAt: z.string() })
const problemShape = z.object({ detail: z.string() })

/**
 * Signs in by the OAuth 2.0 device authorization grant (RFC 8628): the person opens a link on any device and types a
 * code; the Entra token is then exchanged for a UAIS token. `server` is an origin.
 * @throws PlatformError not-signed-in; Unreachable
 */
export async function signInByDevice(server: string, say: (line: string) => void): Promise<z.infer<typeof tokenShape>> {
  const settings = settingsShape.safeParse(await json(await fetch(`${server}/auth/configuration`)))
  if (!settings.success) throw new PlatformError('not-signed-in', `signing in: ${server} does not answer as UAIS does.`)
  const token = await askEntra(settings.data, say).catch((error: unknown) => {
    throw explain(error)
  })
  const response = await fetch(`${server}/auth/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token, label: 'uais command line' }),
  })
  const answer = await json(response)
  const issued = tokenShape.safeParse(answer)
  if (issued.success) return issued.data
  const why = problemShape.safeParse(answer).data?.detail ?? `status ${response.status}`
  throw new PlatformError('not-signed-in', `signing in: UAIS did not accept the Entra token: ${why}.`)
}

/** The access token for UAIS, once the person has confirmed. */
async function askEntra(settings: z.infer<typeof settingsShape>, say: (line: string) => void): Promise<string> {
  const issuer = new URL(settings.issuer)
  // Plain http is for an issuer on this machine only.
  const local = issuer.protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(issuer.hostname)
  const options = local ? { execute: [oidc.allowInsecureRequests] } : {}
  const entra = await oidc.discovery(issuer, settings.cliClientId, undefined, oidc.None(), options)
  const started = await oidc.initiateDeviceAuthorization(entra, { scope: settings.scope })
  say(`Open ${started.verification_uri} and enter ${started.user_code}`)
  if (started.verification_uri_complete) say(`or open ${started.verification_uri_complete}`)
  return (await oidc.pollDeviceAuthorizationGrant(entra, started)).access_token
}

function explain(error: unknown): Error {
  if (error instanceof oidc.ResponseBodyError) {
    const why: Record<string, string> = {
      access_denied: 'it was declined',
      authorization_declined: 'it was declined',
      expired_token: 'the code was not entered in time',
    }
    return new PlatformError(
      'not-signed-in',
      `signing in: ${why[error.error] ?? error.error_description ?? error.error}.`,
    )
  }
  if (error instanceof oidc.ClientError && error.code === 'OAUTH_TIMEOUT')
    return new PlatformError('not-signed-in', 'signing in: the code was not entered in time.')
  return new Unreachable(`Entra ID cannot be asked to sign you in (${reasonOf(error)})`)
}

const json = (response: Response): Promise<unknown> => response.json().catch(() => undefined)
