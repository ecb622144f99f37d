import type { Service } from '../../kernel/service.ts'
import {
  associateKmsKey,
  createLogGroup,
  deleteLogGroup,
  deleteRetentionPolicy,
  describeLogGroups,
  disassociateKmsKey,
  putLogGroupDeletionProtection,
  putRetentionPolicy,
} from './log-groups.ts'
import { createLogStream, deleteLogStream, describeLogStreams } from './log-streams.ts'
import { deleteMetricFilter, describeMetricFilters, putMetricFilter } from './metric-filters.ts'
import { putLogEvents } from './put-log-events.ts'
import { filterLogEvents, getLogEvents } from './read-log-events.ts'
import { deleteResourcePolicy, describeResourcePolicies, putResourcePolicy } from './resource-policies.ts'
import { groupArn, logGroups } from './state.ts'
import { listTagsForResource, listTagsLogGroup, tagResource, untagResource } from './tags.ts'

/** CloudWatch Logs. Insights queries and subscriptions are not emulated; a group's key is checked, not used. */
export const service: Service = {
  name: 'logs',
  model: 'logs',
  scope: 'region',
  operations: [
    ...[createLogGroup, deleteLogGroup, describeLogGroups, putRetentionPolicy, deleteRetentionPolicy],
    ...[associateKmsKey, disassociateKmsKey, putLogGroupDeletionProtection],
    ...[createLogStream, deleteLogStream, describeLogStreams, putLogEvents, getLogEvents, filterLogEvents],
    ...[putMetricFilter, deleteMetricFilter, describeMetricFilters],
    ...[putResourcePolicy, deleteResourcePolicy, describeResourcePolicies],
    ...[tagResource, untagResource, listTagsForResource, listTagsLogGroup],
  ],
  tagged: (call) => [...logGroups(call).values()].map((row) => ({ arn: groupArn(call, row.name), tags: row.tags })),
}
