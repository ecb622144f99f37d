import type {
  Dimension,
  GetMetricDataInput,
  GetMetricDataOutput,
  GetMetricStatisticsInput,
  GetMetricStatisticsOutput,
  ListMetricsInput,
  ListMetricsOutput,
  MetricDataQuery,
  MetricDataResult,
  MetricDatum,
  PutMetricDataInput,
} from '@aws-sdk/client-cloudwatch'
import { AwsError } from '../../kernel/aws-error.ts'
import { type Call, operation } from '../../kernel/operation.ts'
import { addDatum, metricKey, metrics } from './state.ts'
import { points, statistic } from './statistics.ts'

export function dimensionMap(list: readonly Dimension[] | undefined): Record<string, string> {
  return Object.fromEntries((list ?? []).map((one) => [one.Name ?? '', one.Value ?? '']))
}

function onAny(action: string) {
  return [{ action: `cloudwatch:${action}`, resource: '*' }]
}

export const putMetricData = operation<PutMetricDataInput, void>({
  name: 'PutMetricData',
  event: 'data',
  access: (input) => [
    { action: 'cloudwatch:PutMetricData', resource: '*', context: { 'cloudwatch:namespace': input.Namespace } },
  ],
  handle: (input, call) => {
    if (/^AWS\//.test(input.Namespace ?? ''))
      throw new AwsError(
        'InvalidParameterValue',
        'The value AWS/ for parameter Namespace is invalid: it is reserved for AWS.',
      )
    for (const datum of input.MetricData ?? []) addDatum(call, call, input.Namespace!, read(datum, call))
  },
})

function read(datum: MetricDatum, call: Call) {
  const at = datum.Timestamp?.getTime() ?? call.now.getTime()
  const now = call.now.getTime()
  // CloudWatch API Reference, "PutMetricData": two weeks back, two hours ahead.
  if (at < now - 14 * 86_400_000 || at > now + 2 * 3_600_000)
    throw new AwsError(
      'InvalidParameterValue',
      'The parameter MetricData.member.1.Timestamp must specify a time within the past two weeks.',
    )
  return {
    name: datum.MetricName!,
    dimensions: dimensionMap(datum.Dimensions),
    unit: datum.Unit ?? 'None',
    at,
    values: valuesOf(datum),
  }
}

function valuesOf(datum: MetricDatum): [number, number][] {
  if (datum.Values?.length) return datum.Values.map((value, index) => [value, datum.Counts?.[index] ?? 1])
  if (datum.Value !== undefined) return [[datum.Value, 1]]
  const set = datum.StatisticValues
  if (!set)
    throw new AwsError(
      'InvalidParameterCombination',
      'At least one of the parameters must be specified: Value, Values or StatisticValues.',
    )
  const count = set.SampleCount!
  if (count <= 1) return [[set.Sum!, 1]]
  // A statistic set keeps its extremes; the other samples are taken at their mean.
  const rest = count - 2
  const mean = rest > 0 ? (set.Sum! - set.Minimum! - set.Maximum!) / rest : 0
  return [[set.Minimum!, 1], [set.Maximum!, 1], ...(rest > 0 ? ([[mean, rest]] as [number, number][]) : [])]
}

export const getMetricStatistics = operation<GetMetricStatisticsInput, GetMetricStatisticsOutput>({
  name: 'GetMetricStatistics',
  access: () => onAny('GetMetricStatistics'),
  handle: (input, call) => {
    const names = [...(input.Statistics ?? []), ...(input.ExtendedStatistics ?? [])]
    if (names.length === 0)
      throw new AwsError(
        'InvalidParameterCombination',
        'The parameters Statistics or ExtendedStatistics must be specified.',
      )
    const key = metricKey(input.Namespace!, input.MetricName!, dimensionMap(input.Dimensions))
    const range = {
      from: input.StartTime!.getTime(),
      to: input.EndTime!.getTime(),
      period: input.Period!,
      unit: input.Unit,
    }
    const Datapoints = points(call, key, range).map((point) => ({
      Timestamp: new Date(point.at),
      Unit: point.unit as 'None',
      ...Object.fromEntries((input.Statistics ?? []).map((name) => [name, statistic(point.rows, name)])),
      ...(input.ExtendedStatistics?.length && {
        ExtendedStatistics: Object.fromEntries(
          input.ExtendedStatistics.map((name) => [name, statistic(point.rows, name) ?? 0]),
        ),
      }),
    }))
    return { Label: input.MetricName, Datapoints }
  },
})

export const getMetricData = operation<GetMetricDataInput, GetMetricDataOutput>({
  name: 'GetMetricData',
  access: () => onAny('GetMetricData'),
  handle: (input, call) => {
    const results = (input.MetricDataQueries ?? [])
      .filter((query) => query.ReturnData !== false)
      .map((query) => result(query, input, call))
    return { MetricDataResults: results }
  },
})

/** Newest first, unless asked otherwise (CloudWatch API Reference, "GetMetricData"). */
function result(query: MetricDataQuery, input: GetMetricDataInput, call: Call): MetricDataResult {
  const { Metric, Period, Stat, Unit } = query.MetricStat ?? {}
  if (query.Expression || !Metric)
    throw new AwsError(
      'ValidationError',
      `The sandbox evaluates MetricStat queries only: query ${query.Id} has an Expression.`,
    )
  const key = metricKey(Metric.Namespace!, Metric.MetricName!, dimensionMap(Metric.Dimensions))
  const range = { from: input.StartTime!.getTime(), to: input.EndTime!.getTime(), period: Period!, unit: Unit }
  const all = points(call, key, range)
  if (input.ScanBy !== 'TimestampAscending') all.reverse()
  return {
    Id: query.Id,
    Label: query.Label ?? Metric.MetricName,
    Timestamps: all.map((point) => new Date(point.at)),
    Values: all.map((point) => statistic(point.rows, Stat!) ?? 0),
    StatusCode: 'Complete',
  }
}

/** CloudWatch lists metrics that had data in the last two weeks. */
export const listMetrics = operation<ListMetricsInput, ListMetricsOutput>({
  name: 'ListMetrics',
  access: () => onAny('ListMetrics'),
  handle: (input, call) => {
    const oldest = call.now.getTime() - (input.RecentlyActive === 'PT3H' ? 3 * 3_600_000 : 14 * 86_400_000)
    const found = [...metrics(call, call).values()].filter(
      (row) =>
        row.last >= oldest &&
        (!input.Namespace || row.namespace === input.Namespace) &&
        (!input.MetricName || row.name === input.MetricName) &&
        (input.Dimensions ?? []).every(
          (one) => one.Name! in row.dimensions && (one.Value === undefined || row.dimensions[one.Name!] === one.Value),
        ),
    )
    const Metrics = found.map((row) => ({
      Namespace: row.namespace,
      MetricName: row.name,
      Dimensions: Object.entries(row.dimensions).map(([Name, Value]) => ({ Name, Value })),
    }))
    return { Metrics }
  },
})
