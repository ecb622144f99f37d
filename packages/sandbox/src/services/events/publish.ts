import { randomUUID } from 'node:crypto'
import type { Target } from '@aws-sdk/client-eventbridge'
import type { Call } from '../../kernel/operation.ts'
import type { Table } from '../../kernel/table.ts'
import { deliver } from './deliver.ts'
import { matches } from './pattern-match.ts'
import { type JsonObject, readPattern } from './pattern-syntax.ts'
import { type BusPlace, type RuleRow, rules } from './state.ts'

/** An event as targets see it (EventBridge User Guide, "Event structure"). */
interface BusEvent {
  version: '0'
  id: string
  'detail-type': string
  source: string
  account: string
  /** ISO 8601, whole seconds */
  time: string
  region: string
  resources: string[]
  detail: JsonObject
}

/** An event on its way to one target; kept until the target has it, so that a killed process loses none. */
export interface DeliveryRow {
  id: string
  place: BusPlace
  rule: string
  target: Target
  event: BusEvent
}

/** Only rules that ask for it see read-only management events. */
interface PublishOptions {
  readOnlyManagement?: boolean
}

export function deliveries(call: Call, place: { account: string; region: string }): Table<DeliveryRow> {
  return call.table<DeliveryRow>('delivery', { service: 'events', account: place.account, region: place.region })
}

/** Queues the event for every target of every rule that matches it, and delivers once the call is answered. */
export function publish(call: Call, place: BusPlace, event: BusEvent, options: PublishOptions = {}): void {
  const table = rules(call, place)
  if (table.size === 0) return
  for (const rule of table.values()) {
    if (!listens(rule, options) || !matches(patternOf(rule), event as unknown as JsonObject)) continue
    for (const target of rule.targets) {
      const row: DeliveryRow = { id: randomUUID(), place, rule: rule.name, target, event }
      deliveries(call, place).put(row.id, row)
      call.afterwards((later) => deliver(row, later))
    }
  }
}

function listens(rule: RuleRow, { readOnlyManagement }: PublishOptions): boolean {
  if (rule.state === 'DISABLED' || !rule.pattern) return false
  return !readOnlyManagement || rule.state === 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS'
}

const patterns = new Map<string, JsonObject>()

/** Parsed patterns by their text; rules are few and change seldom. */
function patternOf(rule: RuleRow): JsonObject {
  const text = rule.pattern as string
  const known = patterns.get(text)
  if (known) return known
  if (patterns.size > 1000) patterns.clear()
  const pattern = readPattern(text)
  patterns.set(text, pattern)
  return pattern
}
