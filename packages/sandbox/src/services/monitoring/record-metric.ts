import type { Call } from '../../kernel/operation.ts'
import { addDatum, type MetricDatumRow } from './state.ts'

interface Measurement {
  namespace: string
  name: string
  dimensions: Record<string, string>
  unit: string
  value: number
}

/** A metric that a service of the sandbox reports by itself, as AWS services do; needs no permission. */
export function recordMetric(call: Call, place: { account: string; region: string }, measured: Measurement): void {
  const { namespace, value, ...metric } = measured
  const datum: MetricDatumRow = { ...metric, at: call.now.getTime(), values: [[value, 1]] }
  addDatum(call, place, namespace, datum)
}
