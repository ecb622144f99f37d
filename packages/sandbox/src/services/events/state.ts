import type { Target } from '@aws-sdk/client-eventbridge'
import { AwsError } from '../../kernel/aws-error.ts'
import type { Call } from '../../kernel/operation.ts'
import type { Table } from '../../kernel/table.ts'

/** An event bus by place. Buses are addressed across accounts and regions. */
export interface BusPlace {
  account: string
  region: string
  bus: string
}

export type RuleState = 'ENABLED' | 'DISABLED' | 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS'

export interface RuleRow {
  name: string
  bus: string
  pattern?: string | undefined
  schedule?: string | undefined
  state: RuleState
  description?: string | undefined
  roleArn?: string | undefined
  tags: Record<string, string>
  targets: Target[]
}

export interface BusRow {
  name: string
  description?: string | undefined
  kmsKey?: string | undefined
  policy?: string | undefined
  tags: Record<string, string>
  /** ISO 8601 */
  created: string
  modified: string
}

export const defaultBus = 'default'

export function rules(call: Call, place: BusPlace): Table<RuleRow> {
  const { account, region } = place
  return call.table<RuleRow>(`rule/${place.bus}`, { service: 'events', account, region })
}

export function buses(call: Call, place: { account: string; region: string }): Table<BusRow> {
  return call.table<BusRow>('bus', { service: 'events', account: place.account, region: place.region })
}

/** Bus by name or ARN; without either the account's default bus. */
export function placeOf(nameOrArn: string | undefined, call: Call): BusPlace {
  const [, region = call.region, account = call.account, bus = nameOrArn || defaultBus] =
    /^arn:[^:]+:events:([^:]+):(\d{12}):event-bus\/(.+)$/.exec(nameOrArn ?? '') ?? []
  return { account, region, bus }
}

export function busArn(call: Call, place: BusPlace): string {
  return `arn:${call.partition}:events:${place.region}:${place.account}:event-bus/${place.bus}`
}

/** The default bus is not in the name of its rules. */
export function ruleArn(call: Call, place: BusPlace, name: string): string {
  const path = place.bus === defaultBus ? name : `${place.bus}/${name}`
  return `arn:${call.partition}:events:${place.region}:${place.account}:rule/${path}`
}

/** Every account has a default bus in every region; others must have been made. */
export function requireBus(call: Call, place: BusPlace): void {
  if (place.bus !== defaultBus && !buses(call, place).has(place.bus))
    throw new AwsError('ResourceNotFoundException', `Event bus ${place.bus} does not exist.`)
}

export function findRule(call: Call, place: BusPlace, name: string): RuleRow {
  requireBus(call, place)
  const row = rules(call, place).get(name)
  if (row) return row
  throw new AwsError('ResourceNotFoundException', `Rule ${name} does not exist on EventBus ${place.bus}.`)
}
