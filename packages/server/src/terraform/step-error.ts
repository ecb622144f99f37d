import type { CommandResult } from './child.ts'
import { errorsOf } from './messages.ts'

/** A terraform command that did not succeed. `message` is Terraform's own, which carries AWS's. */
export class StepError extends Error {
  override name = 'StepError'
  readonly step: string
  readonly cancelled: boolean

  constructor(step: string, result: CommandResult) {
    super(result.cancelled ? `terraform ${step} was stopped` : errorsOf(result.stdout, result.stderr))
    this.step = step
    this.cancelled = result.cancelled
  }
}
