import {
  CloudWatchClient,
  DeleteAlarmsCommand,
  DescribeAlarmsCommand,
  GetMetricDataCommand,
  GetMetricStatisticsCommand,
  ListMetricsCommand,
  ListTagsForResourceCommand,
  PutMetricAlarmCommand,
  PutMetricDataCommand,
  SetAlarmStateCommand,
} from '@aws-sdk/client-cloudwatch'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { refusal, startTestBench, type TestBench } from '../test-bench.ts'

let bench: TestBench
let metrics: CloudWatchClient

beforeAll(async () => {
  bench = await startTestBench()
  metrics = new CloudWatchClient(await bench.as('claims', 'admin'))
})
afterAll(() => bench.stop())

const minute = 60_000
const start = Math.floor(Date.now() / minute) * minute - 10 * minute
const StartTime = new Date(start)
const EndTime = new Date(start + 20 * minute)

const put = (MetricName: string, values: number[], more: object = {}) =>
  metrics.send(
    new PutMetricDataCommand({
      Namespace: 'Uais',
      MetricData: values.map((Value, index) => ({
        MetricName,
        Value,
        Unit: 'Count',
        Timestamp: new Date(start + index * minute),
        ...more,
      })),
    }),
  )
const statistics = async (MetricName: string, Period: number, more: object) =>
  (
    await metrics.send(
      new GetMetricStatisticsCommand({ Namespace: 'Uais', MetricName, StartTime, EndTime, Period, ...more }),
    )
  ).Datapoints

describe('metrics', () => {
  it('are gathered by period, with statistics and percentiles', async () => {
    await put('Latency', [1, 2, 3, 4])
    const Statistics = ['Sum', 'Average', 'Minimum', 'Maximum', 'SampleCount'] as const
    const points = await statistics('Latency', 86_400, {
      Statistics: [...Statistics],
      ExtendedStatistics: ['p50', 'p100'],
    })
    const total = (name: 'Sum' | 'SampleCount') => points?.reduce((sum, one) => sum + (one[name] ?? 0), 0)
    expect([total('Sum'), total('SampleCount')]).toEqual([10, 4])
    expect(points?.at(-1)?.ExtendedStatistics?.p100).toBe(4)
    expect(await statistics('Latency', 60, { Statistics: ['Average'] })).toHaveLength(4)
    expect(await refusal(statistics('Latency', 61, { Statistics: ['Sum'] }))).toMatchObject({ status: 400 })
    expect(await refusal(statistics('Latency', 60, {}))).toMatchObject({
      code: expect.stringMatching(/^InvalidParameterCombination/),
    })
  })

  it('are told apart by their dimensions, and listed', async () => {
    await put('Calls', [5], { Dimensions: [{ Name: 'Model', Value: 'a' }] })
    await put('Calls', [7], { Dimensions: [{ Name: 'Model', Value: 'b' }] })
    const { Metrics } = await metrics.send(new ListMetricsCommand({ Namespace: 'Uais', MetricName: 'Calls' }))
    expect(Metrics?.map((one) => one.Dimensions?.[0]?.Value)).toEqual(['a', 'b'])
    const query = (Id: string, Value: string) => ({
      Id,
      MetricStat: {
        Metric: { Namespace: 'Uais', MetricName: 'Calls', Dimensions: [{ Name: 'Model', Value }] },
        Period: 60,
        Stat: 'Sum',
      },
    })
    const MetricDataQueries = [query('one', 'a'), query('two', 'b')]
    const data = await metrics.send(new GetMetricDataCommand({ StartTime, EndTime, MetricDataQueries }))
    expect(data.MetricDataResults?.map((result) => result.Values)).toEqual([[5], [7]])
    const math = new GetMetricDataCommand({
      StartTime,
      EndTime,
      MetricDataQueries: [{ Id: 'm', Expression: 'one+two' }],
    })
    expect((await refusal(metrics.send(math))).message).toContain('MetricStat queries only')
  })

  it('cannot be put under the names of AWS, nor without permission for the namespace', async () => {
    const aws = new PutMetricDataCommand({ Namespace: 'AWS/EC2', MetricData: [{ MetricName: 'x', Value: 1 }] })
    expect((await refusal(metrics.send(aws))).status).toBe(400)
    const Condition = { StringEquals: { 'cloudwatch:namespace': 'Mine' } }
    bench.role('claims', 'putter', [{ Effect: 'Allow', Action: 'cloudwatch:PutMetricData', Resource: '*', Condition }])
    const putter = new CloudWatchClient(await bench.as('claims', 'putter'))
    const into = (Namespace: string) =>
      putter.send(new PutMetricDataCommand({ Namespace, MetricData: [{ MetricName: 'x', Value: 1 }] }))
    await into('Mine')
    expect((await refusal(into('Yours'))).message).toContain('is not authorized to perform: cloudwatch:PutMetricData')
  })
})

describe('alarms', () => {
  const alarm = (AlarmName: string, more: object = {}) =>
    metrics.send(
      new PutMetricAlarmCommand({
        AlarmName,
        Namespace: 'Uais',
        MetricName: 'Failures',
        Statistic: 'Sum',
        Period: 60,
        EvaluationPeriods: 3,
        DatapointsToAlarm: 1,
        Threshold: 2,
        ComparisonOperator: 'GreaterThanThreshold',
        Tags: [{ Key: 'a', Value: '1' }],
        ...more,
      }),
    )
  const state = async (AlarmName: string) =>
    (await metrics.send(new DescribeAlarmsCommand({ AlarmNames: [AlarmName] }))).MetricAlarms?.[0]?.StateValue

  it('judge their metric, unless they are set, and are deleted', async () => {
    await alarm('failures')
    expect(await state('failures')).toBe('INSUFFICIENT_DATA')
    await put('Failures', [9], { Timestamp: new Date() })
    expect(await state('failures')).toBe('ALARM')
    await alarm('high', { Threshold: 100 })
    expect(await state('high')).toBe('OK')
    await metrics.send(new SetAlarmStateCommand({ AlarmName: 'high', StateValue: 'ALARM', StateReason: 'a drill' }))
    expect(await state('high')).toBe('ALARM')
    const ResourceARN = 'arn:aws:cloudwatch:eu-west-1:300000000003:alarm:high'
    const { Tags } = await metrics.send(new ListTagsForResourceCommand({ ResourceARN }))
    expect(Tags).toEqual([{ Key: 'a', Value: '1' }])
    await metrics.send(new DeleteAlarmsCommand({ AlarmNames: ['failures', 'high'] }))
    expect((await metrics.send(new DescribeAlarmsCommand({}))).MetricAlarms).toEqual([])
  })

  it('are refused without a statistic, or with what the sandbox does not judge', async () => {
    expect((await refusal(alarm('x', { Statistic: undefined }))).code).toMatch(/Validation/)
    expect((await refusal(alarm('x', { DatapointsToAlarm: 4 }))).code).toMatch(/Validation/)
    expect((await refusal(alarm('x', { ComparisonOperator: 'LessThanLowerThreshold' }))).code).toMatch(/Validation/)
  })
})
