/** A request that no policy can decide because it is not a well-formed question: evaluation stops, nothing is allowed. */
export class RequestError extends Error {
  override readonly name = 'RequestError'
  readonly code: 'INVALID_REQUEST' | 'INVALID_PRINCIPAL' | 'INVALID_ACTION'

  constructor(code: RequestError['code'], message: string) {
    super(message)
    this.code = code
  }
}
