/** A request as it came in. Header names are lower case; repeated headers are joined by a comma. */
export interface HttpRequest {
  method: string
  /** As sent: still percent-encoded, without the query. */
  path: string
  /** As sent, without the question mark. */
  rawQuery: string
  query: URLSearchParams
  headers: Record<string, string>
  /** Body as sent, and after aws-chunked decoding. */
  rawBody: Buffer
  body: Buffer
  remoteAddress: string
}

export interface HttpAnswer {
  status: number
  headers: Record<string, string>
  body: Buffer | string
}

/** A query string where `+` is a plus, as AWS signs it. */
export function parseQuery(rawQuery: string): URLSearchParams {
  return new URLSearchParams(rawQuery.replaceAll('+', '%2B'))
}
