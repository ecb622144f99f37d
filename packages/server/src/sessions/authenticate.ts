import { timingSafeEqual } from 'node:crypto'
import { PlatformError } from '@uais/contract'
import type { FastifyRequest } from 'fastify'
import type { Db } from '../db/database.ts'
import type { createCookies } from './cookies.ts'
import { findSession, findToken, type SignedIn, tokenPrefix } from './sessions.ts'

/**
 * Who calls: by bearer token (command line) or by session cookie (portal). Requests by cookie that change something must
 * repeat the session's CSRF token, which another site's page cannot read.
 * @throws PlatformError not-signed-in, not-allowed
 */
export async function authenticate(
  db: Db,
  cookies: ReturnType<typeof createCookies>,
  origin: string,
  request: FastifyRequest,
): Promise<SignedIn> {
  const { authorization } = request.headers
  if (authorization !== undefined) {
    const token = /^Bearer (\S+)$/i.exec(authorization)?.[1]
    if (!token?.startsWith(tokenPrefix))
      throw new PlatformError('not-signed-in', 'reading Authorization: it must be Bearer with a token that UAIS issued')
    return findToken(db, token)
  }
  const id = cookies.session(request)
  if (!id) throw new PlatformError('not-signed-in', 'answering the request: sign in first')
  const session = await findSession(db, id)
  if (!['GET', 'HEAD'].includes(request.method)) checkSameSite(request, session, origin)
  return session
}

function checkSameSite(request: FastifyRequest, session: SignedIn, origin: string): void {
  const given = Buffer.from(String(request.headers['x-csrf-token'] ?? ''))
  const wanted = Buffer.from(session.csrfToken ?? '')
  const matches = wanted.length > 0 && given.length === wanted.length && timingSafeEqual(given, wanted)
  if (!matches) throw new PlatformError('not-allowed', 'checking X-CSRF-Token: it is not the one of your session')
  const from = request.headers.origin
  if (from !== undefined && from !== origin)
    throw new PlatformError(
      'not-allowed',
      `checking the origin: requests from '${from.slice(0, 100)}' are not accepted`,
    )
}
