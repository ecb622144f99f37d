import type { CallRecord } from '../../kernel/call-record.ts'
import type { Call } from '../../kernel/operation.ts'
import type { Service } from '../../kernel/service.ts'

import { createTrail } from './create-trail.ts'
import { flushTrail, keepForDelivery } from './delivery.ts'
import { getEventSelectors, getInsightSelectors, putEventSelectors } from './event-selectors.ts'
import { loggingTrails } from './logged.ts'
import { lookupEvents } from './lookup-events.ts'
import { history, trails } from './state.ts'
import { addTags, listTags, removeTags } from './tags.ts'
import {
  deleteTrail,
  describeTrails,
  getTrail,
  getTrailStatus,
  listTrails,
  startLogging,
  stopLogging,
  updateTrail,
} from './trails.ts'

/** Event history and trails. Digest files, insights and event data stores are not emulated. */
export const service: Service = {
  name: 'cloudtrail',
  model: 'cloudtrail',
  scope: 'account',
  operations: [
    ...[createTrail, updateTrail, deleteTrail, describeTrails, getTrail, listTrails, getTrailStatus],
    ...[startLogging, stopLogging, putEventSelectors, getEventSelectors, getInsightSelectors],
    ...[addTags, removeTags, listTags, lookupEvents],
  ],
  resume,
  onRecord,
  tagged: (call) => [...trails(call, call.account).values()].filter((trail) => trail.homeRegion === call.region),
}

/** Events kept per account and region; AWS keeps ninety days. */
const historyLimit = 5000

function onRecord(record: CallRecord, call: Call): void {
  if (record.managementEvent) remember(record, call)
  // CloudTrail's own files would otherwise log themselves for ever.
  if (record.userIdentity.invokedBy === 'cloudtrail.amazonaws.com') return
  for (const trail of loggingTrails(record, call)) keepForDelivery(record, trail, call)
}

function remember(record: CallRecord, call: Call): void {
  const table = history(call, record.recipientAccountId, record.awsRegion)
  if (table.size >= historyLimit) {
    const [oldest] = table.entries().next().value ?? []
    if (oldest !== undefined) table.delete(oldest)
  }
  table.put(record.eventID, record)
}

/** Records that were waiting when the process ended. */
async function resume(call: Call): Promise<void> {
  for (const { account } of call.scopes('trail', 'cloudtrail'))
    for (const trail of [...trails(call, account).values()]) await flushTrail(trail, call)
}
