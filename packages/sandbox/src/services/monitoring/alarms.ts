import type {
  DeleteAlarmsInput,
  DescribeAlarmsInput,
  DescribeAlarmsOutput,
  MetricAlarm,
  PutMetricAlarmInput,
  SetAlarmStateInput,
} from '@aws-sdk/client-cloudwatch'
import { AwsError } from '../../kernel/aws-error.ts'
import { type AccessCheck, type Call, operation } from '../../kernel/operation.ts'
import { tagMap } from '../tag-list.ts'
import { alarmState } from './alarm-state.ts'
import { type AlarmRow, alarms } from './state.ts'

export function alarmArn(call: Call, name: string): string {
  return `arn:${call.partition}:cloudwatch:${call.region}:${call.account}:alarm:${name}`
}

export function onAlarm(action: string, name: string, call: Call): AccessCheck {
  return {
    action: `cloudwatch:${action}`,
    resource: alarmArn(call, name),
    resourceTags: alarms(call).get(name)?.tags,
  }
}

export const putMetricAlarm = operation<PutMetricAlarmInput, void>({
  name: 'PutMetricAlarm',
  access: (input, call) => [
    {
      ...onAlarm('PutMetricAlarm', input.AlarmName!, call),
      requestTags: tagMap(input.Tags),
      ...(input.AlarmActions?.length && { context: { 'cloudwatch:AlarmActions': input.AlarmActions } }),
    },
  ],
  handle: (input, call) => {
    check(input)
    const old = alarms(call).get(input.AlarmName!)
    const { Tags, ...settings } = input
    const now = call.now.toISOString()
    const row = {
      ...settings,
      AlarmName: input.AlarmName!,
      ActionsEnabled: input.ActionsEnabled ?? true,
      tags: old?.tags ?? tagMap(Tags),
      StateUpdatedTimestamp: old?.StateUpdatedTimestamp ?? now,
      AlarmConfigurationUpdatedTimestamp: now,
    }
    alarms(call).put(row.AlarmName, row as AlarmRow)
  },
})

/** CloudWatch API Reference, "PutMetricAlarm". */
function check(input: PutMetricAlarmInput): void {
  if (input.Metrics?.length || input.ThresholdMetricId)
    throw new AwsError(
      'ValidationError',
      'The sandbox has alarms on one metric: metric math and anomaly detection are not supported.',
    )
  if (!input.MetricName || !input.Namespace || input.Period === undefined)
    throw new AwsError('ValidationError', 'MetricName, Namespace and Period must be specified.')
  if (Boolean(input.Statistic) === Boolean(input.ExtendedStatistic))
    throw new AwsError('ValidationError', 'Exactly one of Statistic or ExtendedStatistic must be specified.')
  if (input.Threshold === undefined) throw new AwsError('ValidationError', 'Threshold must be specified.')
  if (
    !/^(GreaterThan|LessThan)/.test(input.ComparisonOperator ?? '') ||
    /Upper|Lower/.test(input.ComparisonOperator ?? '')
  )
    throw new AwsError('ValidationError', `Comparison operator ${input.ComparisonOperator} needs an anomaly detector.`)
  if ((input.DatapointsToAlarm ?? 1) > (input.EvaluationPeriods ?? 1))
    throw new AwsError('ValidationError', 'DatapointsToAlarm must not be greater than EvaluationPeriods.')
}

export const describeAlarms = operation<DescribeAlarmsInput, DescribeAlarmsOutput>({
  name: 'DescribeAlarms',
  access: (input, call) =>
    input.AlarmNames?.length
      ? input.AlarmNames.map((name) => onAlarm('DescribeAlarms', name, call))
      : [onAlarm('DescribeAlarms', '*', call)],
  handle: (input, call) => {
    const types = input.AlarmTypes ?? ['MetricAlarm']
    const found = [...alarms(call).values()]
      .filter(
        (row) =>
          types.includes('MetricAlarm') &&
          (!input.AlarmNames?.length || input.AlarmNames.includes(row.AlarmName)) &&
          row.AlarmName.startsWith(input.AlarmNamePrefix ?? '') &&
          (!input.ActionPrefix || row.AlarmActions?.some((action) => action.startsWith(input.ActionPrefix ?? ''))),
      )
      .map((row) => shape(row, call))
    return {
      MetricAlarms: found.filter((alarm) => !input.StateValue || alarm.StateValue === input.StateValue),
      CompositeAlarms: [],
    }
  },
})

function shape(row: AlarmRow, call: Call): MetricAlarm {
  const state = alarmState(row, call)
  return {
    ...(row as object),
    AlarmArn: alarmArn(call, row.AlarmName),
    StateValue: state.value,
    StateReason: state.reason,
    StateUpdatedTimestamp: new Date(row.StateUpdatedTimestamp),
    AlarmConfigurationUpdatedTimestamp: new Date(row.AlarmConfigurationUpdatedTimestamp),
    OKActions: row.OKActions ?? [],
    AlarmActions: row.AlarmActions ?? [],
    InsufficientDataActions: row.InsufficientDataActions ?? [],
    Dimensions: row.Dimensions ?? [],
  }
}

/** Names that do not exist are an error only if none does. */
export const deleteAlarms = operation<DeleteAlarmsInput, void>({
  name: 'DeleteAlarms',
  access: (input, call) => (input.AlarmNames ?? []).map((name) => onAlarm('DeleteAlarms', name, call)),
  handle: (input, call) => {
    for (const name of input.AlarmNames ?? []) alarms(call).delete(name)
  },
})

export const setAlarmState = operation<SetAlarmStateInput, void>({
  name: 'SetAlarmState',
  access: (input, call) => [onAlarm('SetAlarmState', input.AlarmName!, call)],
  handle: (input, call) => {
    const row = alarms(call).get(input.AlarmName!)
    if (!row) throw new AwsError('ResourceNotFound', `Alarm ${input.AlarmName} does not exist`, 404)
    const forced = { state: input.StateValue!, reason: input.StateReason!, at: call.now.getTime() }
    alarms(call).put(row.AlarmName, { ...row, forced, StateUpdatedTimestamp: call.now.toISOString() })
  },
})
