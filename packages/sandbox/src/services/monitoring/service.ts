import type { Service } from '../../kernel/service.ts'
import { deleteAlarms, describeAlarms, putMetricAlarm, setAlarmState } from './alarms.ts'
import { getMetricData, getMetricStatistics, listMetrics, putMetricData } from './metrics.ts'
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
}
