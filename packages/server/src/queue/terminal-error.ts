/**
 * A reconcile throws this when trying again cannot help: the job ends, and the condition stands until a person
 * changes something. Every other error is tried again with growing pauses.
 */
export class TerminalError extends Error {
  override name = 'TerminalError'
  readonly reason: string

  constructor(reason: string, message: string) {
    super(message)
    this.reason = reason
  }
}
