import type {
  FilterLogEventsRequest,
  FilterLogEventsResponse,
  GetLogEventsRequest,
  GetLogEventsResponse,
} from '@aws-sdk/client-cloudwatch-logs'
import { AwsError } from '../../kernel/aws-error.ts'
import { operation } from '../../kernel/operation.ts'
import { onGroup, onStream } from './access.ts'
import { compileFilter } from './filter-pattern.ts'
import { eventsOf, findGroup, findStream, groupName, type LogEvent, logStreams } from './state.ts'

type Asked = { logGroupName?: string | undefined; logGroupIdentifier?: string | undefined }

function asked(input: Asked): string {
  return input.logGroupName ?? groupName(input.logGroupIdentifier)
}

function inTime(event: LogEvent, input: { startTime?: number | undefined; endTime?: number | undefined }): boolean {
  return event.timestamp >= (input.startTime ?? 0) && event.timestamp < (input.endTime ?? Number.POSITIVE_INFINITY)
}

/** Pages both ways: a token of the end that was reached comes back unchanged when there is no more. */
export const getLogEvents = operation<GetLogEventsRequest, GetLogEventsResponse>({
  name: 'GetLogEvents',
  access: (input, call) => [onStream('GetLogEvents', asked(input), input.logStreamName!, call)],
  handle: (input, call) => {
    const group = findGroup(call, asked(input))
    const stream = findStream(call, group.name, input.logStreamName)
    const all = eventsOf(call, group, stream.name).filter((event) => inTime(event, input))
    const limit = input.limit ?? 10_000
    const { start, end } = window(input, all.length, limit)
    const events = all
      .slice(start, end)
      .map(({ timestamp, message, ingestionTime }) => ({ timestamp, message, ingestionTime }))
    return { events, nextForwardToken: token('f', end), nextBackwardToken: token('b', start) }
  },
})

function window(input: GetLogEventsRequest, total: number, limit: number): { start: number; end: number } {
  if (input.nextToken === undefined) {
    return input.startFromHead
      ? { start: 0, end: Math.min(limit, total) }
      : { start: Math.max(0, total - limit), end: total }
  }
  const [, direction, digits] = /^([fb])\/(\d{56})$/.exec(input.nextToken) ?? []
  if (!direction) throw new AwsError('InvalidParameterException', 'The specified nextToken is invalid.')
  const at = Math.min(Number(digits), total)
  return direction === 'f'
    ? { start: at, end: Math.min(at + limit, total) }
    : { start: Math.max(0, at - limit), end: at }
}

function token(direction: 'f' | 'b', at: number): string {
  return `${direction}/${String(at).padStart(56, '0')}`
}

/** Events of several streams by time; the kernel cuts pages. */
export const filterLogEvents = operation<FilterLogEventsRequest, FilterLogEventsResponse>({
  name: 'FilterLogEvents',
  access: (input, call) => [onGroup('FilterLogEvents', asked(input), call)],
  handle: (input, call) => {
    const group = findGroup(call, asked(input))
    if (input.logStreamNames?.length && input.logStreamNamePrefix)
      throw new AwsError(
        'InvalidParameterException',
        'logStreamNames and logStreamNamePrefix are mutually exclusive parameters.',
      )
    const names = input.logStreamNames?.map((name) => findStream(call, group.name, name).name)
    const streams = names ?? [...logStreams(call, group.name).values()].map((row) => row.name)
    const matches = compileFilter(input.filterPattern ?? '')
    const events = streams
      .filter((name) => name.startsWith(input.logStreamNamePrefix ?? ''))
      .flatMap((name) => eventsOf(call, group, name))
      .filter((event) => inTime(event, input) && matches(event.message))
      .sort((one, other) => one.timestamp - other.timestamp)
    return { events, searchedLogStreams: [] }
  },
})
