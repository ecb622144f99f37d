import type { OperationModel } from '../wire/model.ts'
import type { AwsError } from './aws-error.ts'
import { CallContext } from './call-context.ts'
import type { Log } from './kernel.ts'
import type { Operation } from './operation.ts'
import { recordsOf } from './record.ts'
import type { Service, ServiceEvent } from './service.ts'

type Values = Record<string, unknown>

/** What a call came to, for its record. */
export interface Outcome {
  model: OperationModel
  definition: Operation<Values, Values> | undefined
  input: Values
  output?: Values
  error?: AwsError
}

/** Services that watch calls: CloudTrail and EventBridge. */
export class Observers {
  readonly #recorders: readonly Service[]
  readonly #listeners: readonly Service[]
  readonly #log: Log

  constructor(services: readonly Service[], log: Log) {
    this.#recorders = services.filter((service) => service.onRecord)
    this.#listeners = services.filter((service) => service.onEvent)
    this.#log = log
  }

  /** Tells of a call that is about to be answered. */
  record(call: CallContext, outcome: Outcome): void {
    if (this.#recorders.length === 0) return
    for (const record of recordsOf(call, outcome.model, outcome.definition, outcome.input, outcome)) {
      for (const service of this.#recorders) {
        const context = contextFor(service, call, record.recipientAccountId, record.awsRegion)
        this.#observe(context, () => service.onRecord?.(record, context))
      }
    }
  }

  /** Tells of an event that a service has put on the default bus. */
  publish(call: CallContext, event: ServiceEvent): void {
    for (const service of this.#listeners) {
      const context = contextFor(service, call, event.account, event.region)
      this.#observe(context, () => service.onEvent?.(event, context))
    }
  }

  /** What an observer writes is kept with the call, and what it queued is begun. Its trouble is logged and undone;
   * the call that it watches goes on. */
  #observe(context: CallContext, work: () => void | Promise<void>): void {
    const failed = (error: unknown) => this.#log.error({ service: context.service, error }, 'observing a call')
    try {
      const told = work()
      context.commit()
      told?.catch(failed)
    } catch (error) {
      context.rollback()
      failed(error)
    }
  }
}

const contextFor = (service: Service, call: CallContext, account: string, region: string) =>
  new CallContext(call.kernel, { ...call.facts, service, account, region }, call)
