import { createHash, createPublicKey, generateKeyPairSync, type JsonWebKey, randomBytes, verify } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export interface TenantKeys {
  /** Private RSA signing key as a JWK. */
  signing: JsonWebKey & { kid: string; use: string; alg: string }
  /** Keys that sign the provider's cookies. */
  cookies: string[]
}

/** The tenant's keys, made once and kept in `keys.json`, so that tokens and cookies survive a restart. */
export function loadKeys(dataDir: string): TenantKeys {
  mkdirSync(dataDir, { recursive: true })
  const file = join(dataDir, 'keys.json')
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as TenantKeys
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const jwk = privateKey.export({ format: 'jwk' })
  const kid = createHash('sha256').update(String(jwk.n)).digest('base64url').slice(0, 27)
  const keys = { signing: { ...jwk, kid, use: 'sig', alg: 'RS256' }, cookies: [randomBytes(32).toString('hex')] }
  writeFileSync(file, JSON.stringify(keys), { mode: 0o600 })
  return keys
}

/** Claims of a token that this tenant signed, or undefined when the signature is not ours (RFC 7515, RS256 only). */
export function verifyToken(token: string, keys: TenantKeys): Record<string, unknown> | undefined {
  const [header = '', payload = '', signature = '', ...rest] = token.split('.')
  if (rest.length > 0 || !header || !payload || !signature) return undefined
  try {
    const { alg, kid } = JSON.parse(Buffer.from(header, 'base64url').toString()) as { alg?: string; kid?: string }
    if (alg !== 'RS256' || kid !== keys.signing.kid) return undefined
    const key = createPublicKey({ key: { kty: 'RSA', n: keys.signing.n, e: keys.signing.e }, format: 'jwk' })
    const signed = Buffer.from(`${header}.${payload}`)
    if (!verify('RSA-SHA256', signed, key, Buffer.from(signature, 'base64url'))) return undefined
    return JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>
  } catch {
    return undefined
  }
}
