import { commonError } from '../wire/common-errors.ts'
import type { Model } from '../wire/model.ts'
import { AwsError } from './aws-error.ts'

/** A fault to be injected into matching calls, set through `/_sandbox/faults`. */
export interface Fault {
  id: string
  /** `iam:CreateRole`, `iam:*` or `*`. */
  call: string
  account?: string
  kind: 'error' | 'throttle' | 'latency' | 'expired-token'
  /** For `error`. */
  code?: string
  message?: string
  status?: number
  /** `after`: the call takes effect, and its answer is the error all the same. */
  when: 'before' | 'after'
  /** For `latency`. */
  milliseconds?: number
  /** How many calls it still hits; absent means until it is removed. */
  times?: number
}

/** The faults that are set. They are not kept over a restart: a rehearsal ends with the process. */
export class Faults {
  readonly #faults = new Map<string, Fault>()
  #next = 1

  add(fault: Omit<Fault, 'id'>): Fault {
    const added = { ...fault, id: String(this.#next++) }
    this.#faults.set(added.id, added)
    return added
  }

  remove(id: string): boolean {
    return this.#faults.delete(id)
  }

  clear(): void {
    this.#faults.clear()
  }

  list(): Fault[] {
    return [...this.#faults.values()]
  }

  /** Waits, or throws, as the faults for this call say; counts the hits. */
  async strike(model: Model, operation: string, account: string, when: Fault['when']): Promise<void> {
    if (this.#faults.size === 0) return
    for (const fault of this.#matching(`${model.file.signingName}:${operation}`, account, when)) {
      if (fault.times !== undefined) {
        fault.times--
        if (fault.times <= 0) this.#faults.delete(fault.id)
      }
      if (fault.kind === 'latency') await new Promise((resolve) => setTimeout(resolve, fault.milliseconds ?? 0))
      else throw errorOf(fault, model)
    }
  }

  #matching(call: string, account: string, when: Fault['when']): Fault[] {
    const service = call.slice(0, call.indexOf(':'))
    return this.list().filter(
      (fault) =>
        fault.when === when &&
        (fault.account === undefined || fault.account === account) &&
        (fault.call === '*' || fault.call === call || fault.call === `${service}:*`),
    )
  }
}

function errorOf(fault: Fault, model: Model): AwsError {
  if (fault.kind === 'throttle') return commonError(model, 'throttled', fault.message ?? 'Rate exceeded')
  if (fault.kind === 'expired-token') {
    return commonError(model, 'expiredToken', 'The security token included in the request is expired')
  }
  return new AwsError(fault.code ?? 'InternalFailure', fault.message ?? 'An injected fault', fault.status ?? 400)
}
