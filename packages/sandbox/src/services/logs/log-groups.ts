import type {
  AssociateKmsKeyRequest,
  CreateLogGroupRequest,
  DeleteLogGroupRequest,
  DeleteRetentionPolicyRequest,
  DescribeLogGroupsRequest,
  DescribeLogGroupsResponse,
  DisassociateKmsKeyRequest,
  LogGroup,
  PutLogGroupDeletionProtectionRequest,
  PutRetentionPolicyRequest,
} from '@aws-sdk/client-cloudwatch-logs'
import { AwsError } from '../../kernel/aws-error.ts'
import { type Call, operation } from '../../kernel/operation.ts'
import { onGroup, onGroupArn } from './access.ts'
import { checkKey } from './encryption.ts'
import {
  batches,
  findGroup,
  groupArn,
  groupName,
  type LogGroupRow,
  logGroups,
  logStreams,
  metricFilters,
} from './state.ts'

export const createLogGroup = operation<CreateLogGroupRequest, void>({
  name: 'CreateLogGroup',
  access: (input, call) => [
    { ...onGroup('CreateLogGroup', input.logGroupName, call), requestTags: input.tags },
    ...(input.tags ? [{ ...onGroupArn('TagResource', input.logGroupName!, call), requestTags: input.tags }] : []),
  ],
  handle: async (input, call) => {
    const name = input.logGroupName!
    if (/^aws\//.test(name))
      throw new AwsError('InvalidParameterException', "Log groups starting with 'aws/' are reserved for AWS.")
    if (logGroups(call).has(name))
      throw new AwsError('ResourceAlreadyExistsException', 'The specified log group already exists')
    if (input.kmsKeyId) await checkKey(input.kmsKeyId, name, call)
    logGroups(call).put(name, {
      name,
      created: call.now.getTime(),
      kmsKeyId: input.kmsKeyId,
      logGroupClass: input.logGroupClass ?? 'STANDARD',
      deletionProtection: input.deletionProtectionEnabled ?? false,
      tags: input.tags ?? {},
    })
  },
})

export const deleteLogGroup = operation<DeleteLogGroupRequest, void>({
  name: 'DeleteLogGroup',
  access: (input, call) => [onGroup('DeleteLogGroup', input.logGroupName, call)],
  handle: (input, call) => {
    const { name, deletionProtection } = findGroup(call, input.logGroupName)
    if (deletionProtection)
      throw new AwsError('ValidationException', 'The log group cannot be deleted: deletion protection is enabled.')
    for (const [stream] of [...logStreams(call, name).entries()]) dropStream(name, stream, call)
    for (const [filter] of [...metricFilters(call, name).entries()]) metricFilters(call, name).delete(filter)
    logGroups(call).delete(name)
  },
})

export function dropStream(group: string, stream: string, call: Call): void {
  const table = batches(call, group, stream)
  for (const [key] of [...table.entries()]) table.delete(key)
  logStreams(call, group).delete(stream)
}

export const describeLogGroups = operation<DescribeLogGroupsRequest, DescribeLogGroupsResponse>({
  name: 'DescribeLogGroups',
  access: (_input, call) => [onGroup('DescribeLogGroups', '', call)],
  handle: (input, call) => {
    if (input.logGroupNamePrefix && input.logGroupNamePattern)
      throw new AwsError(
        'InvalidParameterException',
        'LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.',
      )
    const pattern = input.logGroupNamePattern?.toLowerCase()
    const names = input.logGroupIdentifiers?.map(groupName)
    const found = [...logGroups(call).values()].filter(
      (row) =>
        row.name.startsWith(input.logGroupNamePrefix ?? '') &&
        (!pattern || row.name.toLowerCase().includes(pattern)) &&
        (!names || names.includes(row.name)) &&
        (!input.logGroupClass || row.logGroupClass === input.logGroupClass),
    )
    found.sort((one, other) => (one.name < other.name ? -1 : 1))
    return { logGroups: found.map((row) => shape(row, call)) }
  },
})

function shape(row: LogGroupRow, call: Call): LogGroup {
  const bytes = [...logStreams(call, row.name).values()].flatMap((stream) =>
    [...batches(call, row.name, stream.name).values()].flatMap((batch) =>
      batch.events.map(([, message]) => Buffer.byteLength(message)),
    ),
  )
  return {
    logGroupName: row.name,
    creationTime: row.created,
    retentionInDays: row.retentionInDays,
    metricFilterCount: metricFilters(call, row.name).size,
    arn: `${groupArn(call, row.name)}:*`,
    storedBytes: bytes.reduce((sum, one) => sum + one, 0),
    kmsKeyId: row.kmsKeyId,
    logGroupClass: row.logGroupClass as LogGroup['logGroupClass'],
    logGroupArn: groupArn(call, row.name),
    deletionProtectionEnabled: row.deletionProtection,
  }
}

/** CloudWatch Logs API Reference, "PutRetentionPolicy". */
const retentionDays = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
]

export const putRetentionPolicy = operation<PutRetentionPolicyRequest, void>({
  name: 'PutRetentionPolicy',
  access: (input, call) => [onGroup('PutRetentionPolicy', input.logGroupName, call)],
  handle: (input, call) => {
    const row = findGroup(call, input.logGroupName)
    if (!retentionDays.includes(input.retentionInDays ?? 0))
      throw new AwsError(
        'InvalidParameterException',
        `Invalid retentionInDays value: ${input.retentionInDays}. Valid values are: [${retentionDays.join(', ')}]`,
      )
    logGroups(call).put(row.name, { ...row, retentionInDays: input.retentionInDays })
  },
})

export const deleteRetentionPolicy = operation<DeleteRetentionPolicyRequest, void>({
  name: 'DeleteRetentionPolicy',
  access: (input, call) => [onGroup('DeleteRetentionPolicy', input.logGroupName, call)],
  handle: (input, call) => {
    const row = findGroup(call, input.logGroupName)
    logGroups(call).put(row.name, { ...row, retentionInDays: undefined })
  },
})

export const associateKmsKey = operation<AssociateKmsKeyRequest, void>({
  name: 'AssociateKmsKey',
  access: (input, call) => [onGroup('AssociateKmsKey', named(input), call)],
  handle: async (input, call) => {
    const row = findGroup(call, named(input))
    await checkKey(input.kmsKeyId!, row.name, call)
    logGroups(call).put(row.name, { ...row, kmsKeyId: input.kmsKeyId })
  },
})

export const disassociateKmsKey = operation<DisassociateKmsKeyRequest, void>({
  name: 'DisassociateKmsKey',
  access: (input, call) => [onGroup('DisassociateKmsKey', named(input), call)],
  handle: (input, call) => {
    const row = findGroup(call, named(input))
    logGroups(call).put(row.name, { ...row, kmsKeyId: undefined })
  },
})

function named(input: { logGroupName?: string | undefined; resourceIdentifier?: string | undefined }): string {
  return input.logGroupName ?? groupName(input.resourceIdentifier)
}

export const putLogGroupDeletionProtection = operation<PutLogGroupDeletionProtectionRequest, void>({
  name: 'PutLogGroupDeletionProtection',
  access: (input, call) => [onGroup('PutLogGroupDeletionProtection', groupName(input.logGroupIdentifier), call)],
  handle: (input, call) => {
    const row = findGroup(call, groupName(input.logGroupIdentifier))
    logGroups(call).put(row.name, { ...row, deletionProtection: input.deletionProtectionEnabled ?? false })
  },
})
