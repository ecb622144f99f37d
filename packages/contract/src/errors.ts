/**
 * Every error code that crosses the API, with its HTTP status and a summary.
 * Codes are stable: clients branch on them, never on messages.
 */
export const errorCodes = {
  'invalid-request': { status: 400, summary: 'The request is not well formed' },
  'not-signed-in': { status: 401, summary: 'No session, or the session has ended' },
  'not-allowed': { status: 403, summary: 'The signed-in person may not do this' },
  'not-found': { status: 404, summary: 'No such resource, or none that you may see' },
  'already-exists': { status: 409, summary: 'The name is taken' },
  conflict: { status: 409, summary: 'The resource is in a state that does not allow this' },
  'idempotency-mismatch': { status: 409, summary: 'The idempotency key was used for another request' },
  'too-large': { status: 413, summary: 'The request body is too large' },
  'unsupported-media-type': { status: 415, summary: 'The body must be JSON' },
  'unknown-group': { status: 422, summary: 'The directory has no such group' },
  'review-required': { status: 422, summary: 'The review board has not approved exactly this artifact' },
  'not-ready': { status: 422, summary: 'Something that this needs is not ready yet' },
  'rate-limited': { status: 429, summary: 'Too many requests' },
  internal: { status: 500, summary: 'UAIS could not complete the request' },
  'directory-unavailable': { status: 503, summary: 'Entra ID did not answer; access is refused until it does' },
  'account-unreachable': { status: 503, summary: 'The AWS account could not be entered' },
} as const satisfies Record<string, { status: number; summary: string }>

export type ErrorCode = keyof typeof errorCodes

/**
 * The one error class of server and clients. `message` says what was being done, what is wrong and what to do.
 * `details` may hold field errors: `{ fields: [{ path, message }] }`.
 */
export class PlatformError extends Error {
  override name = 'PlatformError'
  readonly code: ErrorCode
  readonly details: Record<string, unknown> | undefined

  constructor(code: ErrorCode, message: string, options: { details?: Record<string, unknown>; cause?: unknown } = {}) {
    super(message, { cause: options.cause })
    this.code = code
    this.details = options.details
  }
}
