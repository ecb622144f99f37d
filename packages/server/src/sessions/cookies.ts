import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Config } from '../config/config.ts'
import type { PendingSignIn } from '../entra/oidc.ts'

/** Sign-in must be finished within this time. */
const pendingSeconds = 600

/**
 * Cookies of the portal. On https they carry the `__Host-` prefix, which browsers tie to this host and to Secure (RFC
 * 6265bis, 4.1.3.2); plain http is for a machine's own loopback address.
 */
export function createCookies(config: Config) {
  const secure = config.origin.startsWith('https:')
  const name = (base: string) => (secure ? `__Host-${base}` : base)
  const flags = { path: '/', httpOnly: true, secure, sameSite: 'lax' as const }
  const key = config.secrets.encryptionKey
  return {
    session: (request: FastifyRequest) => request.cookies[name('uais')],
    setSession: (reply: FastifyReply, id: string, expires: Date) =>
      reply.setCookie(name('uais'), id, { ...flags, expires }),
    clearSession: (reply: FastifyReply) => reply.clearCookie(name('uais'), flags),
    pending: (request: FastifyRequest): PendingSignIn | undefined =>
      unseal(key, request.cookies[name('uais-sign-in')] ?? ''),
    setPending: (reply: FastifyReply, pending: PendingSignIn) =>
      reply.setCookie(name('uais-sign-in'), seal(key, pending), { ...flags, maxAge: pendingSeconds }),
    clearPending: (reply: FastifyReply) => reply.clearCookie(name('uais-sign-in'), flags),
  }
}

/** AES-256-GCM: the PKCE verifier must stay secret, and nobody may write their own state into a victim's browser. */
export function seal(key: Buffer, pending: PendingSignIn): string {
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, iv)
  const text = JSON.stringify({ ...pending, until: Date.now() + pendingSeconds * 1000 })
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url')
}

/** `undefined` for what we did not seal, or too long ago. */
export function unseal(key: Buffer, sealed: string): PendingSignIn | undefined {
  const bytes = Buffer.from(sealed, 'base64url')
  if (bytes.length < 29) return undefined
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12))
    decipher.setAuthTag(bytes.subarray(12, 28))
    const text = Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8')
    const { until, ...pending } = JSON.parse(text) as PendingSignIn & { until: number }
    return until > Date.now() ? pending : undefined
  } catch {
    return undefined
  }
}
