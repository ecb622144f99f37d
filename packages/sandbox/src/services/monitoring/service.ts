import type { Service } from '../../kernel/service.ts'
import { alarmArn, deleteAlarms, describeAlarms, putMetricAlarm, setAlarmState } from './alarms.ts'
import { getMetricData, getMetricStatistics, listMetrics, putMetricData } from './metrics.ts'
import { alarms } from './state.ts'
import { listTagsForResource, tagResource, untagResource } from './tags.ts'

/** CloudWatch metrics at one-minute resolution and alarms on one metric; alarm actions are not carried out. */
export const service: Service = {
  name: 'monitoring',
  model: 'monitoring',
  scope: 'region',
  operations: [
    ...[putMetricData, getMetricData, getMetricStatistics, listMetrics],
    ...[putMetricAlarm, describeAlarms, deleteAlarms, setAlarmState],
    ...[tagResource, untagResource, listTagsForResource],
  ],
  tagged: (call) => [...alarms(call).values()].map((row) => ({ arn: alarmArn(call, row.AlarmName), tags: row.tags })),
}
