import type { StateValue } from '@aws-sdk/client-cloudwatch'
import type { Call } from '../../kernel/operation.ts'
import { dimensionMap } from './metrics.ts'
import { type AlarmRow, metricKey } from './state.ts'
import { points, statistic } from './statistics.ts'

/** Where an alarm stands now, judged from its metric's last periods (CloudWatch User Guide, "Evaluating an alarm"). */
export function alarmState(alarm: AlarmRow, call: Call): { value: StateValue; reason: string } {
  const period = (alarm.Period ?? 60) * 1000
  const wanted = alarm.EvaluationPeriods ?? 1
  const now = call.now.getTime()
  const end = now - (now % period)
  const values = lastValues(alarm, { from: end - wanted * period, to: now, period: alarm.Period ?? 60 }, call)
  const { forced } = alarm
  if (forced && !values.some((one) => one.at > forced.at)) return { value: forced.state, reason: forced.reason }
  const breaching = values.filter((one) => breaches(alarm, one.value)).length
  const needed = alarm.DatapointsToAlarm ?? wanted
  const missing = Math.max(0, wanted - values.length)
  const total = breaching + (alarm.TreatMissingData === 'breaching' ? missing : 0)
  if (total >= needed)
    return {
      value: 'ALARM',
      reason: `Threshold Crossed: ${total} datapoints breached the threshold (${alarm.Threshold}).`,
    }
  if (values.length === 0 && alarm.TreatMissingData !== 'notBreaching')
    return { value: 'INSUFFICIENT_DATA', reason: 'Unchecked: Initial alarm creation' }
  return {
    value: 'OK',
    reason: `Threshold Crossed: ${values.length} datapoints were not breaching the threshold (${alarm.Threshold}).`,
  }
}

function lastValues(alarm: AlarmRow, range: { from: number; to: number; period: number }, call: Call) {
  const key = metricKey(alarm.Namespace ?? '', alarm.MetricName ?? '', dimensionMap(alarm.Dimensions))
  const found = points(call, key, { ...range, unit: alarm.Unit })
  return found.map((point) => ({
    at: point.at,
    value: statistic(point.rows, alarm.Statistic ?? alarm.ExtendedStatistic ?? 'Average') ?? 0,
  }))
}

function breaches(alarm: AlarmRow, value: number): boolean {
  const threshold = alarm.Threshold ?? 0
  switch (alarm.ComparisonOperator) {
    case 'GreaterThanThreshold':
      return value > threshold
    case 'GreaterThanOrEqualToThreshold':
      return value >= threshold
    case 'LessThanThreshold':
      return value < threshold
    default:
      return value <= threshold
  }
}
