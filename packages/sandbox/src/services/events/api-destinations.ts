import type {
  CreateApiDestinationRequest,
  CreateApiDestinationResponse,
  DeleteApiDestinationRequest,
  DeleteApiDestinationResponse,
  DescribeApiDestinationRequest,
  DescribeApiDestinationResponse,
  ListApiDestinationsRequest,
  ListApiDestinationsResponse,
  UpdateApiDestinationRequest,
  UpdateApiDestinationResponse,
} from '@aws-sdk/client-eventbridge'
import { AwsError } from '../../kernel/aws-error.ts'
import { type Call, operation } from '../../kernel/operation.ts'
import { onAny } from './access.ts'
import { type ApiDestinationRow, apiDestinations, findApiDestination, newArn, onOutside } from './connection-state.ts'
import { connectionByArn } from './connections.ts'

export const createApiDestination = operation<CreateApiDestinationRequest, CreateApiDestinationResponse>({
  name: 'CreateApiDestination',
  access: (input, call) => [
    onOutside('CreateApiDestination', 'api-destination', input.Name, call),
    { action: 'events:CreateApiDestination', resource: input.ConnectionArn ?? '' },
  ],
  handle: (input, call) => {
    const name = input.Name ?? ''
    if (apiDestinations(call).has(name))
      throw new AwsError('ResourceAlreadyExistsException', `An api-destination '${name}' already exists.`)
    const now = call.now.toISOString()
    const row: ApiDestinationRow = {
      ...{ name, arn: newArn(call, 'api-destination', name), description: input.Description },
      ...{ connectionArn: input.ConnectionArn ?? '', endpoint: input.InvocationEndpoint ?? '' },
      ...{ method: input.HttpMethod ?? 'POST', rate: input.InvocationRateLimitPerSecond ?? 300 },
      ...{ created: now, modified: now },
    }
    check(row, call)
    apiDestinations(call).put(name, row)
    return answer(row)
  },
})

export const describeApiDestination = operation<DescribeApiDestinationRequest, DescribeApiDestinationResponse>({
  name: 'DescribeApiDestination',
  access: (input, call) => [onOutside('DescribeApiDestination', 'api-destination', input.Name, call)],
  handle: (input, call) => shape(findApiDestination(call, input.Name)),
})

export const updateApiDestination = operation<UpdateApiDestinationRequest, UpdateApiDestinationResponse>({
  name: 'UpdateApiDestination',
  access: (input, call) => [onOutside('UpdateApiDestination', 'api-destination', input.Name, call)],
  handle: (input, call) => {
    const old = findApiDestination(call, input.Name)
    const row: ApiDestinationRow = {
      ...old,
      description: input.Description ?? old.description,
      connectionArn: input.ConnectionArn ?? old.connectionArn,
      endpoint: input.InvocationEndpoint ?? old.endpoint,
      method: input.HttpMethod ?? old.method,
      rate: input.InvocationRateLimitPerSecond ?? old.rate,
      modified: call.now.toISOString(),
    }
    check(row, call)
    apiDestinations(call).put(row.name, row)
    return answer(row)
  },
})

export const deleteApiDestination = operation<DeleteApiDestinationRequest, DeleteApiDestinationResponse>({
  name: 'DeleteApiDestination',
  access: (input, call) => [onOutside('DeleteApiDestination', 'api-destination', input.Name, call)],
  handle: (input, call) => {
    apiDestinations(call).delete(findApiDestination(call, input.Name).name)
    return {}
  },
})

export const listApiDestinations = operation<ListApiDestinationsRequest, ListApiDestinationsResponse>({
  name: 'ListApiDestinations',
  access: () => onAny('ListApiDestinations'),
  handle: (input, call) => ({
    ApiDestinations: [...apiDestinations(call).values()]
      .filter((row) => row.name.startsWith(input.NamePrefix ?? ''))
      .filter((row) => input.ConnectionArn === undefined || row.connectionArn === input.ConnectionArn)
      .map(shape),
  }),
})

/** EventBridge sends by TLS only; the sandbox also sends to this machine without it, for a rehearsal. */
function check(row: ApiDestinationRow, call: Call): void {
  if (!/^https:\/\/|^http:\/\/(127\.0\.0\.1|localhost)[:/]/.test(row.endpoint))
    throw new AwsError('ValidationException', 'Parameter InvocationEndpoint must be an HTTPS endpoint.')
  if (!connectionByArn(call, row.connectionArn))
    throw new AwsError('ResourceNotFoundException', `Connection '${row.connectionArn}' does not exist.`)
}

const answer = (row: ApiDestinationRow) => ({
  ApiDestinationArn: row.arn,
  ApiDestinationState: 'ACTIVE' as const,
  CreationTime: new Date(row.created),
  LastModifiedTime: new Date(row.modified),
})

const shape = (row: ApiDestinationRow): DescribeApiDestinationResponse => ({
  ...answer(row),
  Name: row.name,
  Description: row.description,
  ConnectionArn: row.connectionArn,
  InvocationEndpoint: row.endpoint,
  HttpMethod: row.method as 'POST',
  InvocationRateLimitPerSecond: row.rate,
})
