/**
 * An error as the wire carries it. `code` and `message` reach clients verbatim, so they must be AWS's own.
 * `status` is used where the service's model has no status for the code.
 */
export class AwsError extends Error {
  override name = 'AwsError'
  readonly code: string
  readonly status: number
  /** Further members of the modelled error shape, e.g. S3's `BucketName`. */
  readonly details: Readonly<Record<string, unknown>>

  constructor(code: string, message: string, status = 400, details: Record<string, unknown> = {}) {
    super(message)
    this.code = code
    this.status = status
    this.details = details
  }
}
