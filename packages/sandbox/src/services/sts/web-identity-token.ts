import { createPublicKey, type JsonWebKey, verify } from 'node:crypto'
import { AwsError } from '../../kernel/aws-error.ts'

export interface WebIdentityToken {
  header: { alg?: string; kid?: string }
  claims: { iss?: string; sub?: string; aud?: string | string[]; exp?: number; nbf?: number; amr?: string[] }
  signed: string
  signature: Buffer
}

const invalid = (message: string) => new AwsError('InvalidIdentityToken', message, 400)

/** Takes a JSON Web Token (RFC 7519) apart, without believing it. */
export function readToken(token: string): WebIdentityToken {
  const [header, payload, signature, ...more] = token.split('.')
  if (!header || !payload || !signature || more.length > 0) {
    throw invalid('The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)')
  }
  try {
    const parse = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString('utf8'))
    return {
      header: parse(header),
      claims: parse(payload),
      signed: `${header}.${payload}`,
      signature: Buffer.from(signature, 'base64url'),
    }
  } catch {
    throw invalid('The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)')
  }
}

/** Verifies signature, audience and time with the keys that the provider publishes (OpenID Connect Discovery 1.0). */
export async function verifyToken(token: WebIdentityToken, url: string, clientIds: string[], now: Date): Promise<void> {
  const { claims, header } = token
  const seconds = now.getTime() / 1000
  if (claims.exp === undefined || claims.exp <= seconds) {
    throw new AwsError('ExpiredTokenException', 'Token must be redeemed within 24 hours of issuance', 400)
  }
  if (claims.nbf !== undefined && claims.nbf > seconds + 300) throw invalid('Token is not yet valid')
  const audiences = [claims.aud ?? []].flat()
  if (!audiences.some((audience) => clientIds.includes(audience))) throw invalid('Incorrect token audience')
  const key = (await publishedKeys(url)).find((candidate) => candidate.kid === header.kid)
  if (header.alg !== 'RS256' || !key) throw invalid("Couldn't retrieve verification key from your identity provider")
  const publicKey = createPublicKey({ key, format: 'jwk' })
  if (!verify('RSA-SHA256', Buffer.from(token.signed), publicKey, token.signature)) {
    throw invalid('The signature of the ID Token is not valid')
  }
}

const timeoutMs = 5_000

async function publishedKeys(url: string): Promise<(JsonWebKey & { kid?: string })[]> {
  try {
    const discovery = await fetchJson<{ jwks_uri: string }>(
      `${url.replace(/\/$/, '')}/.well-known/openid-configuration`,
    )
    const { keys } = await fetchJson<{ keys: (JsonWebKey & { kid?: string })[] }>(discovery.jwks_uri)
    return keys
  } catch {
    throw new AwsError('IDPCommunicationError', 'Could not reach the identity provider to fetch its keys', 400)
  }
}

async function fetchJson<T>(url: string): Promise<T> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(timeoutMs) })
  if (!answer.ok) throw new Error(`fetching ${url}: status ${answer.status}`)
  return (await answer.json()) as T
}
