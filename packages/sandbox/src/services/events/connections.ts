import type {
  CreateConnectionRequest,
  CreateConnectionResponse,
  DeleteConnectionRequest,
  DeleteConnectionResponse,
  DescribeConnectionRequest,
  DescribeConnectionResponse,
  ListConnectionsRequest,
  ListConnectionsResponse,
  UpdateConnectionRequest,
  UpdateConnectionResponse,
} from '@aws-sdk/client-eventbridge'
import { AwsError } from '../../kernel/aws-error.ts'
import { type Call, operation } from '../../kernel/operation.ts'
import { onAny } from './access.ts'
import { type ConnectionRow, connections, findConnection, newArn, onOutside } from './connection-state.ts'

/** The value is kept in a secret of the account, which EventBridge makes and ends as the caller. */
const via = { via: 'events.amazonaws.com' }

export const createConnection = operation<CreateConnectionRequest, CreateConnectionResponse>({
  name: 'CreateConnection',
  sensitive: ['AuthParameters'],
  access: (input, call) => [onOutside('CreateConnection', 'connection', input.Name, call)],
  async handle(input, call) {
    const name = input.Name ?? ''
    if (connections(call).has(name))
      throw new AwsError('ResourceAlreadyExistsException', `Connection ${name} already exists.`)
    const credential = credentialOf(input)
    const arn = newArn(call, 'connection', name)
    const secret = { Name: `events!${arn.split(':').slice(5).join(':')}`, SecretString: JSON.stringify(credential) }
    const { ARN } = await call.invoke<{ ARN: string }>('secretsmanager', 'CreateSecret', secret, via)
    const now = call.now.toISOString()
    const row: ConnectionRow = {
      ...{ name, arn, description: input.Description, ...credential, secretArn: ARN },
      ...{ created: now, modified: now },
    }
    connections(call).put(name, row)
    return answer(row)
  },
})

export const describeConnection = operation<DescribeConnectionRequest, DescribeConnectionResponse>({
  name: 'DescribeConnection',
  access: (input, call) => [onOutside('DescribeConnection', 'connection', input.Name, call)],
  handle: (input, call) => {
    const row = findConnection(call, input.Name)
    return {
      ...answer(row),
      Name: row.name,
      Description: row.description,
      AuthorizationType: row.authorizationType,
      SecretArn: row.secretArn,
      AuthParameters:
        row.authorizationType === 'API_KEY'
          ? { ApiKeyAuthParameters: { ApiKeyName: row.key } }
          : { BasicAuthParameters: { Username: row.key } },
    }
  },
})

export const updateConnection = operation<UpdateConnectionRequest, UpdateConnectionResponse>({
  name: 'UpdateConnection',
  sensitive: ['AuthParameters'],
  access: (input, call) => [onOutside('UpdateConnection', 'connection', input.Name, call)],
  async handle(input, call) {
    const row = findConnection(call, input.Name)
    const credential = input.AuthParameters ? credentialOf(input) : undefined
    if (credential) {
      const secret = { SecretId: row.secretArn, SecretString: JSON.stringify(credential) }
      await call.invoke('secretsmanager', 'PutSecretValue', secret, via)
    }
    const changed = {
      ...row,
      ...credential,
      description: input.Description ?? row.description,
      modified: call.now.toISOString(),
    }
    connections(call).put(row.name, changed)
    return answer(changed)
  },
})

export const deleteConnection = operation<DeleteConnectionRequest, DeleteConnectionResponse>({
  name: 'DeleteConnection',
  access: (input, call) => [onOutside('DeleteConnection', 'connection', input.Name, call)],
  async handle(input, call) {
    const row = findConnection(call, input.Name)
    const secret = { SecretId: row.secretArn, ForceDeleteWithoutRecovery: true }
    await call.invoke('secretsmanager', 'DeleteSecret', secret, via)
    connections(call).delete(row.name)
    return { ...answer(row), ConnectionState: 'DELETING' }
  },
})

export const listConnections = operation<ListConnectionsRequest, ListConnectionsResponse>({
  name: 'ListConnections',
  access: () => onAny('ListConnections'),
  handle: (input, call) => ({
    Connections: [...connections(call).values()]
      .filter((row) => row.name.startsWith(input.NamePrefix ?? ''))
      .map((row) => ({ ...answer(row), Name: row.name, AuthorizationType: row.authorizationType })),
  }),
})

const answer = (row: ConnectionRow) => ({
  ConnectionArn: row.arn,
  ConnectionState: 'AUTHORIZED' as const,
  CreationTime: new Date(row.created),
  LastModifiedTime: new Date(row.modified),
  LastAuthorizedTime: new Date(row.modified),
})

function credentialOf({
  AuthorizationType,
  AuthParameters,
}: CreateConnectionRequest | UpdateConnectionRequest): Pick<ConnectionRow, 'authorizationType' | 'key' | 'value'> {
  const { ApiKeyAuthParameters: api, BasicAuthParameters: basic } = AuthParameters ?? {}
  if (AuthorizationType === 'OAUTH_CLIENT_CREDENTIALS')
    throw new AwsError('NotImplemented', 'The sandbox knows connections by API key and by user and password.', 501)
  if (AuthorizationType === 'API_KEY' && api)
    return { authorizationType: 'API_KEY', key: api.ApiKeyName ?? '', value: api.ApiKeyValue ?? '' }
  if (AuthorizationType === 'BASIC' && basic)
    return { authorizationType: 'BASIC', key: basic.Username ?? '', value: basic.Password ?? '' }
  throw new AwsError(
    'ValidationException',
    `Authorization parameters of type ${AuthorizationType} are missing in AuthParameters.`,
  )
}

/** The header that a connection puts on a request. */
export function headerOf(row: ConnectionRow): Record<string, string> {
  if (row.authorizationType === 'API_KEY') return { [row.key]: row.value }
  return { Authorization: `Basic ${Buffer.from(`${row.key}:${row.value}`).toString('base64')}` }
}

/** Connection by its ARN, as API destinations name it. */
export const connectionByArn = (call: Call, arn: string, home?: { account: string; region: string }) =>
  [...connections(call, home).values()].find((row) => row.arn === arn)
