import type { MetricTransformation } from '@aws-sdk/client-cloudwatch-logs'
import { AwsError } from '../../kernel/aws-error.ts'
import type { Call } from '../../kernel/operation.ts'
import type { Table } from '../../kernel/table.ts'

/** Times are milliseconds since 1970, as CloudWatch Logs shows them. */
export interface LogGroupRow {
  name: string
  created: number
  retentionInDays?: number | undefined
  kmsKeyId?: string | undefined
  logGroupClass: string
  deletionProtection: boolean
  tags: Record<string, string>
}

interface LogStreamRow {
  name: string
  created: number
  firstEvent?: number
  lastEvent?: number
  lastIngestion?: number
}

/** The events of one PutLogEvents call: [timestamp, message]. */
interface BatchRow {
  ingested: number
  events: [number, string][]
}

export interface LogEvent {
  eventId: string
  logStreamName: string
  timestamp: number
  message: string
  ingestionTime: number
}

interface MetricFilterRow {
  name: string
  pattern: string
  transformations: MetricTransformation[]
  created: number
}

export function logGroups(call: Call): Table<LogGroupRow> {
  return call.table<LogGroupRow>('group', { service: 'logs' })
}

export function logStreams(call: Call, group: string): Table<LogStreamRow> {
  return call.table<LogStreamRow>(`stream/${group}`, { service: 'logs' })
}

export function batches(call: Call, group: string, stream: string): Table<BatchRow> {
  return call.table<BatchRow>(`batch/${group}/${stream}`, { service: 'logs' })
}

export function metricFilters(call: Call, group: string): Table<MetricFilterRow> {
  return call.table<MetricFilterRow>(`metric-filter/${group}`, { service: 'logs' })
}

/** Policies that let AWS services write to the account's groups. */
export function resourcePolicies(call: Call): Table<{ name: string; text: string; updated: number }> {
  return call.table('resource-policy', { service: 'logs' })
}

export function findGroup(call: Call, name: string | undefined): LogGroupRow {
  const row = logGroups(call).get(name ?? '')
  if (!row) throw new AwsError('ResourceNotFoundException', 'The specified log group does not exist.')
  return row
}

export function findStream(call: Call, group: string | undefined, stream: string | undefined): LogStreamRow {
  const row = logStreams(call, findGroup(call, group).name).get(stream ?? '')
  if (!row) throw new AwsError('ResourceNotFoundException', 'The specified log stream does not exist.')
  return row
}

/** Some calls take a name or an ARN of the group, with or without `:*`. */
export function groupName(identifier: string | undefined): string {
  return (identifier ?? '').replace(/^arn:[^:]+:logs:[^:]+:\d{12}:log-group:/, '').replace(/:\*$/, '')
}

export function groupArn(call: Call, name: string): string {
  return `arn:${call.partition}:logs:${call.region}:${call.account}:log-group:${name}`
}

/** Events of a stream by time; the group's retention hides what is older. */
export function eventsOf(call: Call, group: LogGroupRow, stream: string): LogEvent[] {
  const days = group.retentionInDays
  const oldest = days === undefined ? 0 : call.now.getTime() - days * 86_400_000
  const all: LogEvent[] = []
  for (const [key, batch] of batches(call, group.name, stream).entries())
    for (const [index, [timestamp, message]] of batch.events.entries())
      if (timestamp >= oldest)
        all.push({
          eventId: eventId(timestamp, Number(key), index),
          logStreamName: stream,
          timestamp,
          message,
          ingestionTime: batch.ingested,
        })
  return all.sort((one, other) => one.timestamp - other.timestamp)
}

/** 56 digits that sort by time, as CloudWatch Logs' own ids. */
function eventId(timestamp: number, batch: number, index: number): string {
  return `${timestamp}`.padStart(36, '3') + `${batch}`.padStart(12, '0') + `${index}`.padStart(8, '0')
}
