import { randomBytes } from 'node:crypto'
import type { Decision } from '@uais/iam'
import { decide } from '../authz/authorize.ts'
import { CallBlobs } from './blob-store.ts'
import { CallTable } from './call-table.ts'
import type { Kernel } from './kernel.ts'
import type { AccessCheck, Call, CallOrigin, HttpDetails, InvokeAs, ServiceSession, TableScope } from './operation.ts'
import type { Principal } from './principal.ts'
import type { Service, ServiceEvent } from './service.ts'
import type { Transaction } from './store.ts'
import type { Table } from './table.ts'

/** The facts of a call, before anything of it has happened. */
export interface CallFacts {
  requestId: string
  service: Service
  operation: string
  region: string
  account: string
  principal: Principal
  origin: CallOrigin
  userAgent: string
  via?: string | undefined
  calledVia: readonly string[]
  http?: HttpDetails | undefined
}

/** What handlers see as `Call`, with the transaction that their writes belong to. */
export class CallContext implements Call {
  readonly facts: CallFacts
  readonly kernel: Kernel
  readonly now: Date
  readonly partition: string
  readonly transaction: Transaction
  readonly blobs: CallBlobs
  readonly events: ServiceEvent[] = []
  readonly works: ((call: Call) => Promise<void>)[] = []
  /** The checks that were made, for the audit record. */
  checks: readonly AccessCheck[] = []
  /** After the call is over, or in background work, every write is kept at once. */
  #over: boolean
  readonly #outer: CallContext | undefined

  constructor(kernel: Kernel, facts: CallFacts, outer?: CallContext, background = false) {
    this.kernel = kernel
    this.facts = facts
    this.now = kernel.clock()
    this.partition = partitionOf(facts.region)
    this.transaction = kernel.store.begin()
    this.blobs = new CallBlobs(kernel.blobs)
    this.#outer = outer
    this.#over = background
  }

  get requestId(): string {
    return this.facts.requestId
  }
  get service(): string {
    return this.facts.service.name
  }
  get operation(): string {
    return this.facts.operation
  }
  get region(): string {
    return this.facts.region
  }
  get account(): string {
    return this.facts.account
  }
  get principal(): Principal {
    return this.facts.principal
  }
  get origin(): CallOrigin {
    return this.facts.origin
  }
  get via(): string | undefined {
    return this.facts.via
  }
  get http(): HttpDetails | undefined {
    return this.facts.http
  }
  get settleMs(): number {
    return this.kernel.settleMs
  }

  table<Row extends object>(kind: string, scope: TableScope = {}): Table<Row> {
    const id = this.kernel.tableId(this.facts, kind, scope)
    return new CallTable<Row>(this.kernel.store.table(id), this.transaction, () => this.#afterWrite())
  }

  scopes(kind: string, service = this.service): { account: string; region: string }[] {
    return [...this.kernel.store.tables()].flatMap(({ id, rows }) => {
      const [name, account = '', region = '', of] = id.split('|')
      return name === service && of === kind && rows.size > 0 ? [{ account, region }] : []
    })
  }

  id(length: number): string {
    return randomBytes(Math.ceil(length / 2))
      .toString('hex')
      .slice(0, length)
  }

  async invoke<Output = unknown>(service: string, operation: string, input: object, as: InvokeAs = {}) {
    return (await this.kernel.invoke(this, service, operation, input as Record<string, unknown>, as)) as Output
  }

  assumeAsService(roleArn: string, service: string, session: ServiceSession): Promise<Principal> {
    return this.kernel.assumeAsService(this, roleArn, service, session)
  }

  decide(check: AccessCheck, principal: Principal = this.principal): Decision {
    // A service that decides for itself does not come through the caller's VPC endpoint.
    const origin = principal.type === 'service' ? { sourceIp: principal.service, secure: true } : this.origin
    return decide(this.kernel.store, { ...this.facts, principal, origin, now: this.now }, check)
  }

  emit(event: ServiceEvent): void {
    if (this.#over) this.kernel.publish(this, event)
    else this.events.push(event)
  }

  afterwards(work: (call: Call) => Promise<void>): void {
    if (this.#over) this.kernel.startWork(this, work)
    else this.works.push(work)
  }

  /** Keeps the writes: in the journal, or with the call that made this one. */
  commit(): void {
    this.#over = true
    if (this.#outer) {
      this.transaction.mergeInto(this.#outer.transaction)
      this.blobs.mergeInto(this.#outer.blobs)
      this.#outer.#afterWrite()
    } else {
      this.transaction.commit()
      this.blobs.commit()
    }
    const host = this.#outer ?? this
    for (const work of this.works.splice(0)) host.afterwards(work)
  }

  rollback(): void {
    this.transaction.rollback()
    this.blobs.rollback()
    this.events.length = 0
    this.works.length = 0
  }

  #afterWrite(): void {
    if (!this.#over) return
    if (this.#outer) {
      this.transaction.mergeInto(this.#outer.transaction)
      this.blobs.mergeInto(this.#outer.blobs)
      this.#outer.#afterWrite()
    } else {
      this.transaction.commit()
      this.blobs.commit()
    }
  }
}

/** AWS General Reference, "Amazon Resource Names": partitions. */
export function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn'
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws'
}
