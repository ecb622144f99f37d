import type { MetricAlarm } from '@aws-sdk/client-cloudwatch'
import type { Call } from '../../kernel/operation.ts'
import type { Table } from '../../kernel/table.ts'

interface MetricRow {
  namespace: string
  name: string
  dimensions: Record<string, string>
  /** Milliseconds since 1970 of the newest datum. */
  last: number
}

/** What was measured at one time: values with how often each came. */
export interface MetricDatumRow {
  name: string
  dimensions: Record<string, string>
  unit: string
  at: number
  values: [value: number, count: number][]
}

/** All data of one metric, unit and minute: CloudWatch keeps standard resolution by the minute. */
export interface MinuteRow {
  at: number
  unit: string
  sum: number
  count: number
  min: number
  max: number
  /** Distinct values for percentiles; left out once there are too many. */
  values?: [number, number][] | undefined
}

export type AlarmRow = Omit<
  MetricAlarm,
  'StateUpdatedTimestamp' | 'StateTransitionedTimestamp' | 'AlarmConfigurationUpdatedTimestamp'
> & {
  AlarmName: string
  StateUpdatedTimestamp: string
  AlarmConfigurationUpdatedTimestamp: string
  tags: Record<string, string>
  /** Set by SetAlarmState, until the next data say otherwise. */
  forced?: { state: NonNullable<MetricAlarm['StateValue']>; reason: string; at: number }
}

type Place = { account: string; region: string }

/** Distinct values kept per minute (CloudWatch itself takes 150 per datum). */
const valueLimit = 150

export function metrics(call: Call, place: Place): Table<MetricRow> {
  return call.table<MetricRow>('metric', { service: 'monitoring', account: place.account, region: place.region })
}

export function minutes(call: Call, place: Place, metric: string): Table<MinuteRow> {
  return call.table<MinuteRow>(`minute/${metric}`, {
    service: 'monitoring',
    account: place.account,
    region: place.region,
  })
}

export function alarms(call: Call): Table<AlarmRow> {
  return call.table<AlarmRow>('alarm', { service: 'monitoring' })
}

/** A metric is its namespace, name and exact set of dimensions. */
export function metricKey(namespace: string, name: string, dimensions: Record<string, string>): string {
  const sorted = Object.entries(dimensions).sort(([one], [other]) => (one < other ? -1 : 1))
  return JSON.stringify([namespace, name, ...sorted])
}

export function addDatum(call: Call, place: Place, namespace: string, datum: MetricDatumRow): void {
  const key = metricKey(namespace, datum.name, datum.dimensions)
  const known = metrics(call, place).get(key)
  const { name, dimensions } = datum
  metrics(call, place).put(key, { namespace, name, dimensions, last: Math.max(known?.last ?? 0, datum.at) })
  const at = datum.at - (datum.at % 60_000)
  const table = minutes(call, place, key)
  const minuteKey = `${at} ${datum.unit}`
  table.put(minuteKey, merged(table.get(minuteKey) ?? { at, unit: datum.unit, ...empty() }, datum.values))
}

function empty(): Omit<MinuteRow, 'at' | 'unit'> {
  return { sum: 0, count: 0, min: Number.POSITIVE_INFINITY, max: Number.NEGATIVE_INFINITY, values: [] }
}

/** Infinity is no JSON value, but every minute row holds at least one datum. */
function merged(row: MinuteRow, values: readonly [number, number][]): MinuteRow {
  const next: MinuteRow = { ...row }
  const seen = row.values && new Map(row.values)
  for (const [value, count] of values) {
    next.sum += value * count
    next.count += count
    next.min = Math.min(next.min, value)
    next.max = Math.max(next.max, value)
    seen?.set(value, (seen.get(value) ?? 0) + count)
  }
  next.values = seen && seen.size <= valueLimit ? [...seen] : undefined
  return next
}

/** Several minutes as one. */
export function together(rows: readonly MinuteRow[]): Omit<MinuteRow, 'at' | 'unit'> {
  const sum = empty()
  for (const row of rows) {
    sum.sum += row.sum
    sum.count += row.count
    sum.min = Math.min(sum.min, row.min)
    sum.max = Math.max(sum.max, row.max)
    sum.values = row.values && sum.values ? [...sum.values, ...row.values] : undefined
  }
  return sum
}
