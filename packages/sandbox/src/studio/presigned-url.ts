import { createHash, randomBytes } from 'node:crypto'
import type { Call } from '../kernel/operation.ts'
import { type StudioFacts, tickets } from './state.ts'

export interface PresignedUrl {
  facts: StudioFacts
  /** 5 to 300 (Amazon SageMaker API Reference, "CreatePresignedDomainUrl"). */
  expiresInSeconds: number
  /** 1,800 to 43,200. */
  sessionSeconds: number
}

export const studioPrefix = '/_studio'

/** @returns the bearer URL of Studio on the sandbox's own port, for the first who opens it in time */
export function studioUrl(call: Call, { facts, expiresInSeconds, sessionSeconds }: PresignedUrl): string {
  const token = randomBytes(32).toString('base64url')
  tickets(call).put(digest(token), {
    ...facts,
    account: call.account,
    region: call.region,
    minter: call.principal,
    expiresAt: new Date(call.now.getTime() + expiresInSeconds * 1000).toISOString(),
    sessionSeconds,
    used: false,
  })
  const host = call.http?.headers.host ?? '127.0.0.1'
  return `http://${host}${studioPrefix}/auth?token=${token}`
}

export function digest(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}
