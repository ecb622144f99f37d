import type { InputLogEvent, PutLogEventsRequest, PutLogEventsResponse } from '@aws-sdk/client-cloudwatch-logs'
import { AwsError } from '../../kernel/aws-error.ts'
import { type Call, operation } from '../../kernel/operation.ts'
import { recordMetric } from '../monitoring/record-metric.ts'
import { onStream, servicePolicies } from './access.ts'
import { compileFilter } from './filter-pattern.ts'
import { batches, findGroup, findStream, logStreams, metricFilters } from './state.ts'

const day = 86_400_000

/** Events two hours ahead, 14 days old or past retention are refused singly, and the answer says which. */
export const putLogEvents = operation<PutLogEventsRequest, PutLogEventsResponse>({
  name: 'PutLogEvents',
  event: 'data',
  sensitive: ['logEvents'],
  access: (input, call) => [
    { ...onStream('PutLogEvents', input.logGroupName, input.logStreamName!, call), ...servicePolicies(call) },
  ],
  handle: (input, call) => {
    const group = findGroup(call, input.logGroupName)
    const stream = findStream(call, group.name, input.logStreamName)
    const events = input.logEvents ?? []
    checkBatch(events)
    const now = call.now.getTime()
    const tooNew = events.findIndex((event) => event.timestamp! > now + 2 * 3_600_000)
    const kept = events.filter((event) => event.timestamp! <= now + 2 * 3_600_000)
    const oldest = now - Math.min(14, group.retentionInDays ?? 14) * day
    const fresh = kept.filter((event) => event.timestamp! >= oldest)
    if (fresh.length > 0) store(group.name, stream.name, fresh, call)
    countMetrics(group.name, fresh, call)
    const rejected = {
      ...(tooNew >= 0 && { tooNewLogEventStartIndex: tooNew }),
      ...(fresh.length < kept.length && { tooOldLogEventEndIndex: kept.length - fresh.length }),
    }
    return {
      nextSequenceToken: String(batches(call, group.name, stream.name).size).padStart(56, '4'),
      ...(Object.keys(rejected).length > 0 && { rejectedLogEventsInfo: rejected }),
    }
  },
})

/** CloudWatch Logs API Reference, "PutLogEvents": order, 10,000 events, 1,048,576 bytes with 26 per event. */
function checkBatch(events: readonly InputLogEvent[]): void {
  const bytes = events.reduce((sum, event) => sum + Buffer.byteLength(event.message ?? '') + 26, 0)
  if (bytes > 1_048_576)
    throw new AwsError('InvalidParameterException', `Upload too large: ${bytes} bytes exceeds limit of 1048576`)
  for (const [index, event] of events.entries())
    if (index > 0 && event.timestamp! < events[index - 1]!.timestamp!)
      throw new AwsError(
        'InvalidParameterException',
        'Log events in a single PutLogEvents request must be in chronological order.',
      )
}

function store(group: string, name: string, events: readonly InputLogEvent[], call: Call): void {
  const table = batches(call, group, name)
  const ingested = call.now.getTime()
  table.put(String(table.size), { ingested, events: events.map((event) => [event.timestamp!, event.message!]) })
  const stream = findStream(call, group, name)
  const times = events.map((event) => event.timestamp!)
  logStreams(call, group).put(name, {
    ...stream,
    firstEvent: Math.min(stream.firstEvent ?? Number.POSITIVE_INFINITY, ...times),
    lastEvent: Math.max(stream.lastEvent ?? 0, ...times),
    lastIngestion: ingested,
  })
}

/** Metric filters turn matching events into metrics; a value is a number or a field of a JSON event. */
function countMetrics(group: string, events: readonly InputLogEvent[], call: Call): void {
  for (const filter of metricFilters(call, group).values()) {
    const matches = compileFilter(filter.pattern)
    const hits = events.filter((event) => matches(event.message ?? ''))
    for (const transformation of filter.transformations)
      for (const event of hits) {
        const value = metricValue(transformation.metricValue ?? '1', event.message ?? '')
        if (value === undefined) continue
        recordMetric(call, call, {
          namespace: transformation.metricNamespace ?? '',
          name: transformation.metricName ?? '',
          dimensions: {},
          unit: transformation.unit ?? 'None',
          value,
        })
      }
  }
}

function metricValue(text: string, message: string): number | undefined {
  if (!text.startsWith('$.')) return Number(text)
  try {
    const value = text
      .slice(2)
      .split('.')
      .reduce<unknown>((object, key) => (object as Record<string, unknown> | undefined)?.[key], JSON.parse(message))
    return typeof value === 'number' ? value : undefined
  } catch {
    return undefined
  }
}
