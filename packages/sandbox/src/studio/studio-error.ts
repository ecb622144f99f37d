/** What a person in Studio is told; `status` is HTTP's. */
export class StudioError extends Error {
  override name = 'StudioError'
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}
