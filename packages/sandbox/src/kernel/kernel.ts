import { randomUUID } from 'node:crypto'
import { denial } from '../authz/denial.ts'
import { throughEndpoint } from '../authz/vpc-endpoint-route.ts'
import { loadModel, type Model, type OperationModel } from '../wire/model.ts'
import { validateInput } from '../wire/validate.ts'
import { AwsError } from './aws-error.ts'
import type { BlobStore } from './blob-store.ts'
import { CallContext, type CallFacts } from './call-context.ts'
import { Faults } from './faults.ts'
import { Observers, type Outcome } from './observers.ts'
import type { AccessCheck, Call, CallOrigin, InvokeAs, Operation, ServiceSession, TableScope } from './operation.ts'
import type { Principal } from './principal.ts'
import type { Service, ServiceEvent } from './service.ts'
import { assumeForService } from './service-session.ts'
import type { Store } from './store.ts'

type Values = Record<string, unknown>

/** Where the sandbox's own troubles go. */
export interface Log {
  info(fields: Record<string, unknown>, message: string): void
  error(fields: Record<string, unknown>, message: string): void
}

export interface KernelOptions {
  services: readonly Service[]
  store: Store
  blobs: BlobStore
  log: Log
  /** How long asynchronous resources stay in their pending state, in milliseconds. */
  settleMs: number
  clock?: () => Date
}

/** An operation of a service, with its model. */
export interface Target {
  service: Service
  model: Model
  operation: OperationModel
  definition: Operation<Values, Values> | undefined
}

/** Runs calls: checks, decides, handles, keeps and records. Knows nothing of HTTP. */
export class Kernel {
  readonly services: readonly Service[]
  readonly store: Store
  readonly blobs: BlobStore
  readonly log: Log
  readonly faults = new Faults()
  readonly clock: () => Date
  settleMs: number
  readonly #definitions = new Map<Service, Map<string, Operation<Values, Values>>>()
  readonly #observers: Observers
  readonly #working = new Set<Promise<void>>()
  #stopping = false

  constructor(options: KernelOptions) {
    this.services = options.services
    this.store = options.store
    this.blobs = options.blobs
    this.log = options.log
    this.settleMs = options.settleMs
    this.clock = options.clock ?? (() => new Date())
    this.#observers = new Observers(options.services, options.log)
    for (const service of options.services) {
      this.#definitions.set(service, new Map(service.operations.map((operation) => [operation.name, operation])))
    }
  }

  /** Services resume their unfinished work, each in its own background call. */
  start(): void {
    for (const service of this.services) {
      if (service.resume)
        this.startWork(this.background(service), (call) => service.resume?.(call) ?? Promise.resolve())
    }
  }

  /** Waits for background work that is under way; new work is not begun. */
  async stop(): Promise<void> {
    this.#stopping = true
    await Promise.race([Promise.all(this.#working), new Promise((resolve) => setTimeout(resolve, 5_000))])
  }

  target(service: Service, operationName: string): Target {
    const model = loadModel(service.model)
    const operation = model.operations.get(operationName)
    if (!operation) throw new Error(`calling ${service.name}:${operationName}: its model has no such operation`)
    return { service, model, operation, definition: this.#definitions.get(service)?.get(operationName) }
  }

  /** A service by its signing name or model; where two share a name, the one that has the operation. */
  find(name: string, operation: string): Target {
    return this.target(this.service(name, operation), operation)
  }

  service(name: string, operation?: string): Service {
    const candidates = this.services.filter((service) => service.name === name || service.model === name)
    const capable = candidates.find((s) => operation !== undefined && this.#definitions.get(s)?.has(operation))
    const service = capable ?? candidates[0]
    if (!service) throw new Error(`calling ${name}:${operation ?? '*'}: the sandbox has no such service`)
    return service
  }

  /** Where rows of a kind live: the ids of tables are `service|account|region|kind`. */
  tableId(facts: CallFacts, kind: string, scope: TableScope): string {
    const name = scope.service ?? facts.service.name
    const owner = name === facts.service.name ? facts.service : this.services.find((s) => s.name === name)
    const account = scope.account ?? (owner?.scope === 'global' ? '' : facts.account)
    const region = scope.region ?? (owner?.scope === 'region' ? facts.region : '')
    return `${name}|${account}|${region}|${kind}`
  }

  /** Runs one call from the outside or from another call; throws AwsError for whatever AWS would refuse. */
  async run(target: Target, facts: CallFacts, input: Values, outer?: CallContext): Promise<Values> {
    const origin = throughEndpoint(this.store, facts.origin, target.model.name, facts.region)
    const call = new CallContext(this, origin === facts.origin ? facts : { ...facts, origin }, outer)
    const output = await this.#settle(call, target, input, outer)
    // The call has taken effect and is recorded; a fault now only loses its answer.
    await this.faults.strike(target.model, target.operation.name, facts.account, 'after')
    return output
  }

  async #settle(call: CallContext, target: Target, input: Values, outer?: CallContext): Promise<Values> {
    const { operation: model, definition } = target
    try {
      const output = await this.#perform(call, target, input)
      this.#finish(call, { model, definition, input, output })
      return output
    } catch (caught) {
      const error = this.#asAwsError(caught, target)
      call.rollback()
      const refused = new CallContext(this, call.facts, outer)
      refused.checks = call.checks
      this.#finish(refused, { model, definition, input, error })
      throw error
    }
  }

  /** Another operation on behalf of a call: same pipeline, written and recorded with it. */
  invoke(outer: CallContext, service: string, operation: string, input: Values, as: InvokeAs): Promise<Values> {
    const target = this.find(service, operation)
    const principal = as.principal ?? outer.principal
    const calledVia = as.via === undefined ? outer.facts.calledVia : [...outer.facts.calledVia, viaService(as.via)]
    const facts: CallFacts = {
      requestId: randomUUID(),
      service: target.service,
      operation,
      region: as.region ?? outer.region,
      account: as.account ?? homeOf(principal) ?? outer.account,
      principal,
      origin: as.origin ?? nestedOrigin(outer, principal, as.via),
      userAgent: as.via ?? outer.facts.userAgent,
      via: as.via,
      calledVia,
    }
    return this.run(target, facts, input, outer)
  }

  assumeAsService(call: CallContext, roleArn: string, service: string, session: ServiceSession): Promise<Principal> {
    return assumeForService(call, roleArn, service, session)
  }

  /** Throws AccessDenied unless IAM allows the check for the call's principal. */
  demand(call: CallContext, model: Model, check: AccessCheck): void {
    const principal = check.principal ?? call.principal
    const decision = call.decide(check, principal)
    if (decision.decision !== 'Allowed') throw denial(model, principal, check, decision)
  }

  /** A call of the sandbox's own, outside any request: its writes are kept as they are made. */
  background(service: Service, facts: Partial<CallFacts> = {}): CallContext {
    const principal: Principal = { type: 'service', service: `${service.name}.amazonaws.com`, sourceAccount: '' }
    const own: CallFacts = {
      requestId: randomUUID(),
      service,
      operation: '',
      region: 'us-east-1',
      account: '',
      principal,
      origin: { sourceIp: `${service.name}.amazonaws.com`, secure: true },
      userAgent: `${service.name}.amazonaws.com`,
      calledVia: [],
      ...facts,
    }
    return new CallContext(this, own, undefined, true)
  }

  startWork(call: CallContext, work: (call: Call) => Promise<void>): void {
    if (this.#stopping) return
    const context = new CallContext(this, { ...call.facts, requestId: randomUUID() }, undefined, true)
    const running = new Promise<void>((resolve) => setImmediate(resolve))
      .then(() => (this.#stopping ? undefined : work(context)))
      .catch((error: unknown) => {
        if (!this.#stopping)
          this.log.error({ service: call.service, operation: call.operation, error }, 'background work')
      })
      .finally(() => this.#working.delete(running))
    this.#working.add(running)
  }

  publish(call: CallContext, event: ServiceEvent): void {
    this.#observers.publish(call, event)
  }

  async #perform(call: CallContext, target: Target, input: Values): Promise<Values> {
    const { model, operation, definition } = target
    if (!definition) throw notImplemented(target)
    validateInput(model, operation, input)
    await this.faults.strike(model, operation.name, call.account, 'before')
    call.checks = definition.access(input, call)
    for (const check of call.checks) this.demand(call, model, check)
    return (await definition.handle(input, call)) ?? {}
  }

  #finish(call: CallContext, outcome: Outcome): void {
    for (const event of call.events.splice(0)) this.publish(call, event)
    this.#observers.record(call, outcome)
    call.commit()
  }

  #asAwsError(caught: unknown, { service, operation }: Target): AwsError {
    if (caught instanceof AwsError) return caught
    this.log.error({ service: service.name, operation: operation.name, error: caught }, 'handling a call')
    // Not 500: SDKs repeat those for minutes, and a mistake of the sandbox does not go away by repeating.
    const message = `The sandbox failed in ${service.name}:${operation.name}: ${(caught as Error).message ?? caught}`
    return new AwsError('InternalFailure', message, 501)
  }
}

function notImplemented({ service, operation }: Pick<Target, 'service' | 'operation'>): AwsError {
  return new AwsError('NotImplemented', `The sandbox does not implement ${service.name}:${operation.name}.`, 501)
}

/**
 * Where a call within a call comes from. What a service does for itself or on the caller's behalf leaves AWS's own
 * network; only the caller's own further calls come from the caller's VPC, each through that service's endpoint.
 */
function nestedOrigin(outer: CallContext, principal: Principal, via: string | undefined): CallOrigin {
  const { vpcEndpointId: _endpoint, vpcId, ...origin } = outer.origin
  return via === undefined && principal === outer.principal && vpcId ? { ...origin, vpcId } : origin
}

/** `s3.eu-west-1.amazonaws.com` → `s3.amazonaws.com` */
const viaService = (via: string) => via.replace(/^([a-z0-9-]+)\..*amazonaws\.com$/, '$1.amazonaws.com')

function homeOf(principal: Principal): string | undefined {
  if (principal.type === 'service') return principal.sourceAccount || undefined
  return principal.type === 'anonymous' ? undefined : principal.account
}
