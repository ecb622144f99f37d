import type { AdvancedEventSelector, EventSelector } from '@aws-sdk/client-cloudtrail'
import type { CallRecord } from '../../kernel/call-record.ts'
import type { Call } from '../../kernel/operation.ts'
import type { Table } from '../../kernel/table.ts'
import { trailNotFound } from './errors.ts'

export interface TrailRow {
  name: string
  arn: string
  account: string
  homeRegion: string
  bucket: string
  prefix?: string | undefined
  multiRegion: boolean
  globalEvents: boolean
  organization: boolean
  logFileValidation: boolean
  kmsKeyId?: string | undefined
  logGroupArn?: string | undefined
  logRoleArn?: string | undefined
  tags: Record<string, string>
  logging: boolean
  /** ISO 8601 */
  started?: string | undefined
  stopped?: string | undefined
  delivered?: string | undefined
  deliveryError?: string | undefined
  selectors?: EventSelector[] | undefined
  advancedSelectors?: AdvancedEventSelector[] | undefined
}

/** Trails are kept once per account, since a multi-region trail is seen in every region. */
export function trails(call: Call, account: string): Table<TrailRow> {
  return call.table<TrailRow>('trail', { service: 'cloudtrail', account, region: '' })
}

/** Names of organization trails by the management account that owns them; asked on every recorded call. */
export function organizationTrails(call: Call): Table<{ name: string; account: string }> {
  return call.table('organization-trail', { service: 'cloudtrail', account: '', region: '' })
}

/** Records that a trail has still to write to its bucket. */
export function pending(call: Call, trail: TrailRow): Table<CallRecord> {
  return call.table<CallRecord>(`pending/${trail.name}`, { service: 'cloudtrail', account: trail.account, region: '' })
}

/** Event history: management events of an account and region. */
export function history(call: Call, account: string, region: string): Table<CallRecord> {
  return call.table<CallRecord>(`history/${region}`, { service: 'cloudtrail', account, region: '' })
}

export function trailArn(call: Call, name: string): string {
  return `arn:${call.partition}:cloudtrail:${call.region}:${call.account}:trail/${name}`
}

/** A trail by name or ARN, as it is seen from the call's region. */
export function peekTrail(call: Call, nameOrArn: string | undefined): TrailRow | undefined {
  const [, region, account, name] = /^arn:[^:]+:cloudtrail:([^:]+):(\d{12}):trail\/(.+)$/.exec(nameOrArn ?? '') ?? []
  if (account !== undefined && account !== call.account) return undefined
  const row = trails(call, call.account).get(name ?? nameOrArn ?? '')
  if (!row || (region !== undefined && region !== row.homeRegion)) return undefined
  return row.homeRegion === call.region || row.multiRegion ? row : undefined
}

export function findTrail(call: Call, nameOrArn: string | undefined): TrailRow {
  const row = peekTrail(call, nameOrArn)
  if (!row) throw trailNotFound(nameOrArn, call)
  return row
}
