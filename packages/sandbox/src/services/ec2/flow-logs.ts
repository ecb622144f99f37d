import type {
  CreateFlowLogsRequest,
  CreateFlowLogsResult,
  DeleteFlowLogsRequest,
  DeleteFlowLogsResult,
  DescribeFlowLogsRequest,
  DescribeFlowLogsResult,
} from '@aws-sdk/client-ec2'
import { AwsError } from '../../kernel/aws-error.ts'
import { type AccessCheck, type Call, operation } from '../../kernel/operation.ts'
import { anyResource, onCreated, onExisting } from './access.ts'
import { type FilterTable, select } from './describe.ts'
import { find, newId, rows } from './kind.ts'
import { flowLogs, networkInterfaces, subnets, vpcs } from './kinds.ts'
import { flowLogShape } from './shape.ts'
import type { FlowLogRow } from './state.ts'
import { checkedTags } from './tag-specification.ts'

const logged = { VPC: vpcs, Subnet: subnets, NetworkInterface: networkInterfaces }
const defaultFormat =
  '${version} ${account-id} ${interface-id} ${srcaddr} ${dstaddr} ${srcport} ${dstport} ${protocol} ${packets} ${bytes} ${start} ${end} ${action} ${log-status}'

/** Stores the flow log; no traffic crosses the sandbox's VPCs, so nothing is ever written to its destination. */
export const createFlowLogs = operation<CreateFlowLogsRequest, CreateFlowLogsResult>({
  name: 'CreateFlowLogs',
  access: (input, call) => access(input, call),
  handle: (input, call) => {
    const made = (input.ResourceIds ?? []).map((id) => newFlowLog(id, input, call))
    return { FlowLogIds: made.map((row) => row.id), Unsuccessful: [], ClientToken: input.ClientToken }
  },
})

function access(input: CreateFlowLogsRequest, call: Call): AccessCheck[] {
  const kind = kindOf(input)
  const role = input.DeliverLogsPermissionArn
  return [
    ...onCreated('CreateFlowLogs', flowLogs, input, call),
    ...(input.ResourceIds ?? []).map((id) => onExisting('CreateFlowLogs', kind as typeof vpcs, id, call)),
    ...(role
      ? [
          {
            action: 'iam:PassRole',
            resource: role,
            context: { 'iam:PassedToService': 'vpc-flow-logs.amazonaws.com' },
          },
        ]
      : []),
  ]
}

function kindOf(input: CreateFlowLogsRequest) {
  const kind = logged[input.ResourceType as keyof typeof logged]
  if (kind) return kind
  throw new AwsError('InvalidParameterValue', `Value (${input.ResourceType}) for parameter resourceType is invalid.`)
}

function newFlowLog(resourceId: string, input: CreateFlowLogsRequest, call: Call): FlowLogRow {
  find(kindOf(input) as typeof vpcs, call, resourceId)
  const type = input.LogDestinationType ?? 'cloud-watch-logs'
  checkDestination(type, input)
  const destination =
    input.LogDestination ?? `arn:${call.partition}:logs:${call.region}:${call.account}:log-group:${input.LogGroupName}`
  for (const other of rows(flowLogs, call).values())
    if (
      other.ResourceId === resourceId &&
      other.LogDestination === destination &&
      other.TrafficType === input.TrafficType
    )
      throw new AwsError(
        'FlowLogAlreadyExists',
        'Error. There is an existing Flow Log with the same configuration and log destination.',
      )
  const row: FlowLogRow = {
    id: newId(flowLogs, call),
    tags: checkedTags(input.TagSpecifications, 'vpc-flow-log'),
    ResourceId: resourceId,
    TrafficType: input.TrafficType ?? 'ALL',
    LogDestinationType: type,
    LogDestination: destination,
    ...(type === 'cloud-watch-logs' && { LogGroupName: input.LogGroupName ?? destination.split(':')[6] }),
    ...(input.DeliverLogsPermissionArn && { DeliverLogsPermissionArn: input.DeliverLogsPermissionArn }),
    LogFormat: input.LogFormat ?? defaultFormat,
    MaxAggregationInterval: input.MaxAggregationInterval ?? 600,
    ...(input.DestinationOptions && { DestinationOptions: input.DestinationOptions }),
    FlowLogStatus: 'ACTIVE',
    DeliverLogsStatus: 'SUCCESS',
    CreationTime: call.now.toISOString(),
  }
  rows(flowLogs, call).put(row.id, row)
  return row
}

function checkDestination(type: string, input: CreateFlowLogsRequest): void {
  if (type === 'cloud-watch-logs' && !input.DeliverLogsPermissionArn)
    throw new AwsError(
      'InvalidParameter',
      "DeliverLogsPermissionArn can't be empty if LogDestinationType is cloud-watch-logs.",
    )
  if (type === 'cloud-watch-logs' ? !(input.LogGroupName || input.LogDestination) : !input.LogDestination)
    throw new AwsError('InvalidParameter', `LogDestination can't be empty if LogGroupName is not provided.`)
}

const filters: FilterTable<FlowLogRow> = {
  'flow-log-id': (row) => row.id,
  'resource-id': (row) => row.ResourceId,
  'log-destination-type': (row) => row.LogDestinationType,
  'log-group-name': (row) => row.LogGroupName,
  'traffic-type': (row) => row.TrafficType,
  'deliver-log-status': (row) => row.DeliverLogsStatus,
}

export const describeFlowLogs = operation<DescribeFlowLogsRequest, DescribeFlowLogsResult>({
  name: 'DescribeFlowLogs',
  access: (_input, call) => anyResource('DescribeFlowLogs', call),
  handle: (input, call) => {
    const found = select(flowLogs, call, input.FlowLogIds, input.Filter, filters)
    return { FlowLogs: found.map((row) => flowLogShape(row, call) as object) }
  },
})

export const deleteFlowLogs = operation<DeleteFlowLogsRequest, DeleteFlowLogsResult>({
  name: 'DeleteFlowLogs',
  access: (input, call) => (input.FlowLogIds ?? []).map((id) => onExisting('DeleteFlowLogs', flowLogs, id, call)),
  handle: (input, call) => {
    const missing = (input.FlowLogIds ?? []).filter((id) => !rows(flowLogs, call).delete(id))
    return {
      Unsuccessful: missing.map((id) => ({
        ResourceId: id,
        Error: { Code: flowLogs.notFound.code, Message: flowLogs.notFound.message(id) },
      })),
    }
  },
})
