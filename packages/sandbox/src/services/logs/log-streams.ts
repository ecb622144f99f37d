import type {
  CreateLogStreamRequest,
  DeleteLogStreamRequest,
  DescribeLogStreamsRequest,
  DescribeLogStreamsResponse,
} from '@aws-sdk/client-cloudwatch-logs'
import { AwsError } from '../../kernel/aws-error.ts'
import { operation } from '../../kernel/operation.ts'
import { onGroup, onStream, servicePolicies } from './access.ts'
import { dropStream } from './log-groups.ts'
import { findGroup, findStream, groupArn, groupName, logStreams } from './state.ts'

export const createLogStream = operation<CreateLogStreamRequest, void>({
  name: 'CreateLogStream',
  access: (input, call) => [
    { ...onStream('CreateLogStream', input.logGroupName, input.logStreamName!, call), ...servicePolicies(call) },
  ],
  handle: (input, call) => {
    const { name } = findGroup(call, input.logGroupName)
    if (logStreams(call, name).has(input.logStreamName!))
      throw new AwsError('ResourceAlreadyExistsException', 'The specified log stream already exists')
    logStreams(call, name).put(input.logStreamName!, { name: input.logStreamName!, created: call.now.getTime() })
  },
})

export const deleteLogStream = operation<DeleteLogStreamRequest, void>({
  name: 'DeleteLogStream',
  access: (input, call) => [onStream('DeleteLogStream', input.logGroupName, input.logStreamName!, call)],
  handle: (input, call) => {
    const { name } = findStream(call, input.logGroupName, input.logStreamName)
    dropStream(input.logGroupName!, name, call)
  },
})

export const describeLogStreams = operation<DescribeLogStreamsRequest, DescribeLogStreamsResponse>({
  name: 'DescribeLogStreams',
  access: (input, call) => [onGroup('DescribeLogStreams', asked(input), call)],
  handle: (input, call) => {
    const group = findGroup(call, asked(input))
    const byTime = input.orderBy === 'LastEventTime'
    if (byTime && input.logStreamNamePrefix)
      throw new AwsError('InvalidParameterException', 'Cannot order by LastEventTime with a logStreamNamePrefix.')
    const found = [...logStreams(call, group.name).values()].filter((row) =>
      row.name.startsWith(input.logStreamNamePrefix ?? ''),
    )
    found.sort((one, other) =>
      byTime ? (one.lastEvent ?? 0) - (other.lastEvent ?? 0) : one.name < other.name ? -1 : 1,
    )
    if (input.descending) found.reverse()
    const logStreamsShown = found.map((row) => ({
      logStreamName: row.name,
      creationTime: row.created,
      firstEventTimestamp: row.firstEvent,
      lastEventTimestamp: row.lastEvent,
      lastIngestionTime: row.lastIngestion,
      arn: `${groupArn(call, group.name)}:log-stream:${row.name}`,
      storedBytes: 0,
    }))
    return { logStreams: logStreamsShown }
  },
})

function asked(input: DescribeLogStreamsRequest): string {
  return input.logGroupName ?? groupName(input.logGroupIdentifier)
}
