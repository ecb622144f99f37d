/** An error as Microsoft Graph answers it (Microsoft Learn, "Microsoft Graph error responses and resource types"). */
export class GraphError extends Error {
  override name = 'GraphError'
  readonly status: number
  readonly code: string

  constructor(status: number, code: string, message: string) {
    super(message)
    this.status = status
    this.code = code
  }

  body(requestId: string, now: Date) {
    const innerError = {
      date: now.toISOString().slice(0, 19),
      'request-id': requestId,
      'client-request-id': requestId,
    }
    return { error: { code: this.code, message: this.message, innerError } }
  }
}

export function notFound(id: string): GraphError {
  return new GraphError(
    404,
    'Request_ResourceNotFound',
    `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`,
  )
}

export function badRequest(message: string): GraphError {
  return new GraphError(400, 'Request_BadRequest', message)
}
