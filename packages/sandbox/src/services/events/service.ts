import { randomUUID } from 'node:crypto'
import type { CallRecord } from '../../kernel/call-record.ts'
import type { Call } from '../../kernel/operation.ts'
import type { Service, ServiceEvent, TaggedResource } from '../../kernel/service.ts'
import { isLogged } from '../cloudtrail/logged.ts'
import {
  createApiDestination,
  deleteApiDestination,
  describeApiDestination,
  listApiDestinations,
  updateApiDestination,
} from './api-destinations.ts'
import {
  createConnection,
  deleteConnection,
  describeConnection,
  listConnections,
  updateConnection,
} from './connections.ts'
import { deliver } from './deliver.ts'
import {
  createEventBus,
  deleteEventBus,
  describeEventBus,
  listEventBuses,
  putPermission,
  removePermission,
} from './event-buses.ts'
import type { JsonObject } from './pattern-syntax.ts'
import { deliveries, publish } from './publish.ts'
import { putEvents } from './put-events.ts'
import { putRule } from './put-rule.ts'
import {
  deleteRule,
  describeRule,
  disableRule,
  enableRule,
  listRuleNamesByTarget,
  listRules,
  testEventPattern,
} from './rules.ts'
import { busArn, buses, defaultBus, ruleArn, rules } from './state.ts'
import { listTagsForResource, tagResource, untagResource } from './tags.ts'
import { listTargetsByRule, putTargets, removeTargets } from './targets.ts'

/** Rules on event patterns with targets in SQS, CloudWatch Logs, other buses and outside of AWS. Schedules are stored, not fired. */
export const service: Service = {
  name: 'events',
  model: 'events',
  scope: 'region',
  operations: [
    ...[putRule, describeRule, deleteRule, enableRule, disableRule, listRules, listRuleNamesByTarget],
    ...[putTargets, removeTargets, listTargetsByRule, putEvents, testEventPattern],
    ...[createEventBus, deleteEventBus, describeEventBus, listEventBuses, putPermission, removePermission],
    ...[createConnection, describeConnection, updateConnection, deleteConnection, listConnections],
    ...[createApiDestination, describeApiDestination, updateApiDestination, deleteApiDestination, listApiDestinations],
    ...[tagResource, untagResource, listTagsForResource],
  ],
  resume,
  onEvent,
  onRecord,
  tagged,
}

/** Events that were on their way when the process ended. */
async function resume(call: Call): Promise<void> {
  for (const place of call.scopes('delivery', 'events'))
    for (const row of [...deliveries(call, place).values()]) await deliver(row, call)
}

function onEvent(event: ServiceEvent, call: Call): void {
  const { account, region, source, resources } = event
  publish(
    call,
    { account, region, bus: defaultBus },
    {
      version: '0',
      id: randomUUID(),
      'detail-type': event.detailType,
      source,
      account,
      time: call.now.toISOString().replace(/\.\d+Z$/, 'Z'),
      region,
      resources,
      detail: event.detail as JsonObject,
    },
  )
}

/**
 * "AWS API Call via CloudTrail" needs a trail that logs the call (EventBridge User Guide, "Events delivered via
 * CloudTrail"). EventBridge's own deliveries are left out: a rule that matched them would feed itself.
 */
function onRecord(record: CallRecord, call: Call): void {
  const place = { account: record.recipientAccountId, region: record.awsRegion, bus: defaultBus }
  if (rules(call, place).size === 0 || record.userIdentity.invokedBy === 'events.amazonaws.com') return
  if (!isLogged(record, call)) return
  const event = {
    version: '0' as const,
    id: randomUUID(),
    'detail-type': 'AWS API Call via CloudTrail',
    source: `aws.${record.eventSource.replace(/\.amazonaws\.com$/, '')}`,
    account: place.account,
    time: record.eventTime,
    region: place.region,
    resources: [],
    detail: record as unknown as JsonObject,
  }
  publish(call, place, event, { readOnlyManagement: record.managementEvent && record.readOnly })
}

function tagged(call: Call): TaggedResource[] {
  const { account, region } = call
  const custom = [...buses(call, call).values()]
  const names = new Set([defaultBus, ...custom.map((row) => row.name)])
  const ofRules = [...names].flatMap((bus) => {
    const place = { account, region, bus }
    return [...rules(call, place).values()].map((row) => ({ arn: ruleArn(call, place, row.name), tags: row.tags }))
  })
  return [
    ...custom.map((row) => ({ arn: busArn(call, { account, region, bus: row.name }), tags: row.tags })),
    ...ofRules,
  ]
}
