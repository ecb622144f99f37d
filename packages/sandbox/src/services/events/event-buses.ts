import type {
  CreateEventBusRequest,
  CreateEventBusResponse,
  DeleteEventBusRequest,
  DescribeEventBusRequest,
  DescribeEventBusResponse,
  ListEventBusesRequest,
  ListEventBusesResponse,
  PutPermissionRequest,
  RemovePermissionRequest,
} from '@aws-sdk/client-eventbridge'
import type { PolicyStatement } from '@uais/iam'
import { AwsError } from '../../kernel/aws-error.ts'
import { type Call, operation } from '../../kernel/operation.ts'
import { isPolicyFault, policyDocument, readResourcePolicy, statementsOf } from '../resource-policy.ts'
import { tagMap } from '../tag-list.ts'
import { onAny, onBus } from './access.ts'
import { type BusPlace, type BusRow, busArn, buses, defaultBus, placeOf, requireBus, rules } from './state.ts'

export const createEventBus = operation<CreateEventBusRequest, CreateEventBusResponse>({
  name: 'CreateEventBus',
  access: (input, call) => [
    { ...onBus('CreateEventBus', placeOf(input.Name, call), call), requestTags: tagMap(input.Tags) },
  ],
  handle: (input, call) => {
    const place = { account: call.account, region: call.region, bus: input.Name! }
    if (place.bus === defaultBus || buses(call, place).has(place.bus))
      throw new AwsError('ResourceAlreadyExistsException', `Event bus ${place.bus} already exists.`)
    if (!/^[\w.-]+$/.test(place.bus) || input.EventSourceName)
      throw new AwsError('ValidationException', `Parameter Name is not valid for a custom event bus: ${place.bus}`)
    const row = { ...newBus(place.bus, call), tags: tagMap(input.Tags) }
    const full = { ...row, description: input.Description, kmsKey: input.KmsKeyIdentifier }
    buses(call, place).put(place.bus, full)
    return {
      EventBusArn: busArn(call, place),
      Description: input.Description,
      KmsKeyIdentifier: input.KmsKeyIdentifier,
    }
  },
})

function newBus(name: string, call: Call): BusRow {
  const now = call.now.toISOString()
  return { name, tags: {}, created: now, modified: now }
}

export const deleteEventBus = operation<DeleteEventBusRequest, void>({
  name: 'DeleteEventBus',
  access: (input, call) => [onBus('DeleteEventBus', placeOf(input.Name, call), call)],
  handle: (input, call) => {
    const place = placeOf(input.Name, call)
    if (place.bus === defaultBus) throw new AwsError('ValidationException', 'Cannot delete event bus default.')
    if (rules(call, place).size > 0)
      throw new AwsError('ValidationException', `Event bus ${place.bus} can't be deleted since it has rules.`)
    buses(call, place).delete(place.bus)
  },
})

export const describeEventBus = operation<DescribeEventBusRequest, DescribeEventBusResponse>({
  name: 'DescribeEventBus',
  access: (input, call) => [onBus('DescribeEventBus', placeOf(input.Name, call), call)],
  handle: (input, call) => {
    const place = placeOf(input.Name, call)
    requireBus(call, place)
    return shape(place, call)
  },
})

function shape(place: BusPlace, call: Call) {
  const row = buses(call, place).get(place.bus)
  return {
    Name: place.bus,
    Arn: busArn(call, place),
    Policy: row?.policy,
    Description: row?.description,
    KmsKeyIdentifier: row?.kmsKey,
    ...(row && { CreationTime: new Date(row.created), LastModifiedTime: new Date(row.modified) }),
  }
}

export const listEventBuses = operation<ListEventBusesRequest, ListEventBusesResponse>({
  name: 'ListEventBuses',
  access: () => onAny('ListEventBuses'),
  handle: (input, call) => {
    const own = placeOf(undefined, call)
    const names = new Set([defaultBus, ...[...buses(call, own).values()].map((row) => row.name)])
    const wanted = [...names].filter((name) => name.startsWith(input.NamePrefix ?? ''))
    return { EventBuses: wanted.map((bus) => shape({ ...own, bus }, call)) }
  },
})

/** Either a whole Policy, or one statement from Principal, Action, StatementId and Condition. */
export const putPermission = operation<PutPermissionRequest, void>({
  name: 'PutPermission',
  access: () => onAny('PutPermission'),
  handle: (input, call) => {
    const place = placeOf(input.EventBusName, call)
    requireBus(call, place)
    setPolicy(place, input.Policy ?? withStatement(input, place, call), call)
  },
})

function withStatement(input: PutPermissionRequest, place: BusPlace, call: Call): string {
  if (!input.Principal || !input.Action || !input.StatementId)
    throw new AwsError(
      'ValidationException',
      'Parameter Policy, or StatementId, Action and Principal must be specified.',
    )
  const account = `arn:${call.partition}:iam::${input.Principal}:root`
  const statement: PolicyStatement = {
    Sid: input.StatementId,
    Effect: 'Allow',
    Principal: input.Principal === '*' ? '*' : { AWS: account },
    Action: input.Action,
    Resource: busArn(call, place),
    ...(input.Condition && {
      Condition: { [input.Condition.Type!]: { [input.Condition.Key!]: input.Condition.Value! } },
    }),
  }
  const others = statements(place, call).filter((one) => one.Sid !== input.StatementId)
  return JSON.stringify({ Version: '2012-10-17', Statement: [...others, statement] })
}

function statements(place: BusPlace, call: Call): PolicyStatement[] {
  const policy = buses(call, place).get(place.bus)?.policy
  return policy ? statementsOf(policyDocument(policy)) : []
}

function setPolicy(place: BusPlace, policy: string | undefined, call: Call): void {
  const result = policy === undefined ? undefined : readResourcePolicy(policy)
  if (result && isPolicyFault(result))
    throw new AwsError('ValidationException', `Policy is not valid. Reason: ${result.reason}`)
  const { policy: _old, ...row } = buses(call, place).get(place.bus) ?? newBus(place.bus, call)
  const modified = call.now.toISOString()
  buses(call, place).put(place.bus, { ...row, modified, ...(policy !== undefined && { policy }) })
}

export const removePermission = operation<RemovePermissionRequest, void>({
  name: 'RemovePermission',
  access: () => onAny('RemovePermission'),
  handle: (input, call) => {
    const place = placeOf(input.EventBusName, call)
    requireBus(call, place)
    const all = statements(place, call)
    const left = input.RemoveAllPermissions ? [] : all.filter((one) => one.Sid !== input.StatementId)
    if (!input.RemoveAllPermissions && left.length === all.length)
      throw new AwsError('ResourceNotFoundException', 'Statement with the provided id does not exist.')
    setPolicy(place, left.length > 0 ? JSON.stringify({ Version: '2012-10-17', Statement: left }) : undefined, call)
  },
})
