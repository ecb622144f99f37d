import { PlatformError } from '@uais/contract'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Context } from '../context.ts'
import type { SignIn } from '../entra/oidc.ts'
import type { TokenCheck } from '../entra/token.ts'
import * as events from '../events.ts'
import type { RateLimit } from '../http/rate-limit.ts'
import { strictly } from '../http/strict.ts'
import type { createCookies } from './cookies.ts'
import { endSignedIn, findSession, issueToken, startSession } from './sessions.ts'

interface Doors {
  context: Context
  cookies: ReturnType<typeof createCookies>
  signIn: SignIn
  tokens: TokenCheck
  limit: RateLimit
}

const exchange = z.object({
  token: z.string().min(20).max(20_000),
  label: z.string().trim().min(1).max(100).default('uais'),
})

/** `/auth/*`: what browsers and the command line go through before there is a session. */
export function addSignIn(app: FastifyInstance, doors: Doors): void {
  const hidden = { schema: { hide: true }, onRequest: async ({ ip }: FastifyRequest) => doors.limit.take(ip) }
  app.get('/auth/sign-in', hidden, (request, reply) => begin(doors, request, reply))
  app.get('/auth/callback', hidden, (request, reply) => complete(doors, request, reply))
  app.get('/auth/sign-out', hidden, (request, reply) => signOut(doors, request, reply))
  app.get('/auth/configuration', hidden, async () => {
    const { issuer, cliClientId, apiAudience } = doors.context.config.entra
    return { issuer, cliClientId, scope: `openid profile ${apiAudience}/access` }
  })
  app.post('/auth/token', { ...hidden, schema: { hide: true, body: strictly(exchange) } }, async (request) => {
    const { token, label } = request.body as z.output<typeof exchange>
    const person = await doors.tokens.person(token)
    if (!(await doors.context.directory.isEnabled(person.oid, { fresh: true })))
      throw new PlatformError('not-signed-in', 'reading your account: Entra ID has disabled or removed it')
    const issued = await issueToken(doors.context.db, person, label)
    await events.tokenIssued(doors.context, person, label)
    return { token: issued.token, expiresAt: issued.expiresAt.toISOString(), person }
  })
}

async function begin({ cookies, signIn }: Doors, request: FastifyRequest, reply: FastifyReply) {
  const { returnTo } = request.query as { returnTo?: unknown }
  const { url, pending } = await signIn.begin(ownPath(returnTo))
  cookies.setPending(reply, pending)
  return reply.redirect(url, 303)
}

async function complete({ context, cookies, signIn }: Doors, request: FastifyRequest, reply: FastifyReply) {
  const pending = cookies.pending(request)
  cookies.clearPending(reply)
  try {
    if (!pending)
      throw new PlatformError(
        'not-signed-in',
        'signing in: it was not begun in this browser, or took too long; begin again',
      )
    const person = await signIn.complete(new URL(request.url, context.config.origin), pending)
    const session = await startSession(context.db, person, context.config.entra.tenantId, context.config.sessionHours)
    await events.signedIn(context, person)
    cookies.setSession(reply, session.id, session.expiresAt)
    return reply.redirect(ownPath(pending.returnTo), 303)
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error
    await events.signInFailed(context, error.message)
    if (!(request.headers.accept ?? '').includes('text/html')) throw error
    return reply
      .code(error.code === 'not-signed-in' ? 401 : 503)
      .type('text/html; charset=utf-8')
      .send(failurePage(error.message))
  }
}

async function signOut({ context, cookies, signIn }: Doors, request: FastifyRequest, reply: FastifyReply) {
  const id = cookies.session(request)
  // A link on another site must not sign people out.
  if (request.headers['sec-fetch-site'] === 'cross-site') return reply.redirect('/', 303)
  const session = id ? await findSession(context.db, id).catch(() => undefined) : undefined
  if (session) {
    await endSignedIn(context.db, session)
    await events.signedOut(context, session.person)
  }
  cookies.clearSession(reply)
  // Our session has ended whether or not Entra answers.
  const url = await signIn.endUrl().catch(() => undefined)
  return reply.redirect(url ?? '/', 303)
}

/** A path of ours, or the home page: `//host` and `/\host` would lead elsewhere (OWASP, "Unvalidated Redirects"). */
export function ownPath(path: unknown): string {
  if (typeof path !== 'string' || path.length > 500 || !/^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/.test(path)) return '/'
  return path
}

const escapeHtml = (text: string) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)

const failurePage = (message: string) => `<!doctype html><html lang="en"><meta charset="utf-8"><title>Sign-in</title>
<style>body{font:16px system-ui;max-width:36rem;margin:15vh auto;padding:0 1rem}</style>
<h1>You are not signed in</h1><p>${escapeHtml(message)}</p><p><a href="/auth/sign-in">Sign in</a></p></html>`
