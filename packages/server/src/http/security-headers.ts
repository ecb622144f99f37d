import type { FastifyInstance } from 'fastify'

/**
 * Headers of every answer. The portal loads nothing from elsewhere; it posts uploads to the owner's bucket, whose host
 * differs per account, so `connect-src` allows https, and in a sandbox the sandbox's own address.
 * Cloudscape sets element styles from script, hence 'unsafe-inline' for styles alone (OWASP, "Content Security Policy").
 */
export function addSecurityHeaders(
  app: FastifyInstance,
  options: { secure: boolean; uploadOrigin: string | undefined },
): void {
  const policy = [
    "default-src 'self'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self' data:",
    `connect-src 'self' https:${options.uploadOrigin ? ` ${options.uploadOrigin}` : ''}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "object-src 'none'",
  ].join('; ')
  app.addHook('onSend', async (request, reply) => {
    reply.header('content-security-policy', policy)
    reply.header('x-content-type-options', 'nosniff')
    reply.header('referrer-policy', 'no-referrer')
    reply.header('cross-origin-opener-policy', 'same-origin')
    reply.header('cross-origin-resource-policy', 'same-origin')
    reply.header('permissions-policy', 'camera=(), microphone=(), geolocation=()')
    reply.header('x-request-id', request.id)
    if (options.secure) reply.header('strict-transport-security', 'max-age=31536000; includeSubDomains')
    if (isPrivate(request.url)) reply.header('cache-control', 'no-store')
  })
}

/** Answers about people and their data must not stay in a cache; the portal's own files may. */
const isPrivate = (url: string) => url.startsWith('/api/') || url.startsWith('/auth/')
