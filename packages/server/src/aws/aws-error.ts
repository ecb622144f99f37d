/** Error code of an AWS answer, `''` when the error did not come from AWS. */
export function awsErrorCode(error: unknown): string {
  if (!(error instanceof Error) || !('$metadata' in error)) return ''
  return error.name
}

/** AWS's own code and message, or the transport's. Never a stack. */
export function explainAwsError(error: unknown): string {
  const code = awsErrorCode(error)
  const message = error instanceof Error ? error.message || error.name : String(error)
  return code ? `${code}: ${message}` : message
}

/**
 * Codes by which AWS services say "there is no such thing". SageMaker says it in two ways, one of them a
 * ValidationException that only its message tells apart from bad input.
 */
const notFoundCodes = new Set([
  'ResourceNotFound',
  'ResourceNotFoundException',
  'NoSuchEntity',
  'NoSuchEntityException',
  'NoSuchBucket',
  'NoSuchKey',
  'NotFound',
  'NotFoundException',
  'TrailNotFoundException',
  'QueueDoesNotExist',
  'PolicyNotFoundException',
])

function isNotFound(error: unknown): boolean {
  const code = awsErrorCode(error)
  if (notFoundCodes.has(code) || /\.NotFound$/.test(code)) return true
  return (
    code === 'ValidationException' &&
    /could not find|does not exist|cannot find/i.test(error instanceof Error ? error.message : '')
  )
}

/** Answers `undefined` when AWS says that there is no such thing; every other error is thrown on. */
export async function orNone<T>(answer: Promise<T>): Promise<T | undefined> {
  return answer.catch((error: unknown) => {
    if (isNotFound(error)) return undefined
    throw error
  })
}

/** Answers `undefined` when AWS refuses to say: for what may be asked only where it is ours. */
export async function orRefused<T>(answer: Promise<T>): Promise<T | undefined> {
  return answer.catch((error: unknown) => {
    if (isRefused(error)) return undefined
    throw error
  })
}

/** By IAM's and S3's codes; an answer to HEAD has no body, so that the SDK has only the status to go by. */
export function isRefused(error: unknown): boolean {
  const code = awsErrorCode(error)
  return /^AccessDenied(Exception)?$/.test(code) || (/^(403|Forbidden|Unknown)$/.test(code) && statusOf(error) === 403)
}

function statusOf(error: unknown): number | undefined {
  return (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode
}

/** A header of an AWS answer that was an error. */
export function headerOf(error: unknown, name: string): string | undefined {
  return (error as { $response?: { headers?: Record<string, string> } }).$response?.headers?.[name]
}

/** Errors that another try may cure: throttling, service faults, connection loss. */
export function isTransient(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const status = statusOf(error)
  if (status !== undefined && status >= 500) return true
  if (/Throttl|TooManyRequests|RequestLimitExceeded|SlowDown/.test(error.name)) return true
  return /ECONNREFUSED|ECONNRESET|ETIMEDOUT|EPIPE|socket hang up/.test(
    `${(error as { code?: string }).code} ${error.message}`,
  )
}
