import { randomBytes } from 'node:crypto'
import type { CallContext } from '../kernel/call-context.ts'
import type { Call } from '../kernel/operation.ts'
import type { HttpRequest } from '../wire/http-message.ts'
import { loadModel } from '../wire/model.ts'
import { digest } from './presigned-url.ts'
import { type StudioSession, sessions, tickets } from './state.ts'
import { StudioError } from './studio-error.ts'

const cookieName = 'uais-studio'
const askAgain = 'Open the workspace again from its project page.'

/** Trades a ticket for a session. @returns the cookie to set. @throws StudioError when it is used, expired or unknown */
export function enter(call: Call, token: string): string {
  const table = tickets(call)
  const key = digest(token)
  const ticket = table.get(key)
  if (!ticket || ticket.used) throw new StudioError(403, `This link has been used or was never made. ${askAgain}`)
  if (Date.parse(ticket.expiresAt) < call.now.getTime())
    throw new StudioError(403, `This link has expired. ${askAgain}`)
  const { used: _, sessionSeconds, expiresAt: __, ...facts } = ticket
  table.put(key, { ...ticket, used: true })
  const secret = randomBytes(32).toString('base64url')
  const expiresAt = new Date(call.now.getTime() + sessionSeconds * 1000).toISOString()
  sessions(call).put(digest(secret), { ...facts, expiresAt })
  return `${cookieName}=${secret}; Path=/_studio; HttpOnly; SameSite=Lax; Max-Age=${sessionSeconds}`
}

/** The session of a request. @throws StudioError 401 without a live one */
export function sessionOf(call: Call, request: HttpRequest): StudioSession {
  const secret = new RegExp(`(?:^|; )${cookieName}=([\\w-]+)`).exec(request.headers.cookie ?? '')?.[1]
  const session = secret ? sessions(call).get(digest(secret)) : undefined
  if (!session || Date.parse(session.expiresAt) < call.now.getTime())
    throw new StudioError(401, `There is no Studio session here, or it has ended. ${askAgain}`)
  return session
}

/**
 * Asks IAM again whether the URL's maker may still open this profile: the policy of CreatePresignedDomainUrl is
 * enforced on every request of the session (Amazon SageMaker API Reference, "CreatePresignedDomainUrl").
 * `call` must be the maker's. @throws AwsError AccessDeniedException
 */
export function stillAllowed(call: Call, session: StudioSession): void {
  const context = call as CallContext
  context.kernel.demand(context, loadModel('sagemaker'), {
    action: 'sagemaker:CreatePresignedDomainUrl',
    resource: session.userProfileArn,
    resourceTags: session.tags,
  })
}
