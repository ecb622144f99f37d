import { AwsError } from '../../kernel/aws-error.ts'
import type { Call } from '../../kernel/operation.ts'
import { type MinuteRow, minutes, together } from './state.ts'

export interface Range {
  /** Milliseconds since 1970. */
  from: number
  to: number
  /** Seconds. */
  period: number
  unit?: string | undefined
}

interface Point {
  at: number
  unit: string
  rows: MinuteRow[]
}

/** The metric's minutes gathered into periods, oldest first; a period is named by its start. */
export function points(call: Call, metric: string, range: Range): Point[] {
  if (range.period < 1 || (range.period % 60 !== 0 && ![1, 5, 10, 20, 30].includes(range.period)))
    throw new AwsError('InvalidParameterValue', 'The value for parameter Period must be a multiple of 60.')
  if (range.from >= range.to)
    throw new AwsError('InvalidParameterValue', 'The parameter StartTime must be less than the parameter EndTime.')
  const step = Math.max(60, range.period) * 1000
  const found = new Map<string, Point>()
  for (const row of minutes(call, call, metric).values()) {
    if (row.at < range.from - (range.from % 60_000) || row.at >= range.to) continue
    if (range.unit && range.unit !== row.unit) continue
    const at = row.at - (row.at % step)
    const key = `${at} ${row.unit}`
    const point = found.get(key) ?? { at, unit: row.unit, rows: [] }
    point.rows.push(row)
    found.set(key, point)
  }
  return [...found.values()].sort((one, other) => one.at - other.at)
}

/** Sum, Average, Minimum, Maximum, SampleCount, or a percentile such as p99. */
export function statistic(rows: readonly MinuteRow[], name: string): number | undefined {
  const all = together(rows)
  switch (name) {
    case 'Sum':
      return all.sum
    case 'Average':
      return all.sum / all.count
    case 'Minimum':
      return all.min
    case 'Maximum':
      return all.max
    case 'SampleCount':
      return all.count
    default:
      return percentile(all.values, name)
  }
}

function percentile(values: [number, number][] | undefined, name: string): number | undefined {
  const [, digits] = /^p(\d{1,2}(?:\.\d{1,10})?|100)$/.exec(name) ?? []
  if (digits === undefined)
    throw new AwsError('InvalidParameterValue', `The value ${name} is not a supported statistic.`)
  if (!values) return undefined
  const sorted = [...values].sort(([one], [other]) => one - other)
  const total = sorted.reduce((sum, [, count]) => sum + count, 0)
  let seen = 0
  for (const [value, count] of sorted) {
    seen += count
    if (seen >= (Number(digits) / 100) * total) return value
  }
  return sorted.at(-1)?.[0]
}
