import { AwsError } from '../../kernel/aws-error.ts'
import type { AccessCheck, Call } from '../../kernel/operation.ts'
import type { Table } from '../../kernel/table.ts'

/** How EventBridge presents itself to an address outside of AWS. */
export interface ConnectionRow {
  name: string
  arn: string
  description?: string | undefined
  authorizationType: 'API_KEY' | 'BASIC'
  /** Name of the header for `API_KEY`, of the user for `BASIC`. */
  key: string
  value: string
  secretArn: string
  /** ISO 8601 */
  created: string
  modified: string
}

export interface ApiDestinationRow {
  name: string
  arn: string
  description?: string | undefined
  connectionArn: string
  endpoint: string
  method: string
  rate: number
  /** ISO 8601 */
  created: string
  modified: string
}

interface Home {
  account: string
  region: string
}

const scope = ({ account, region }: Home) => ({ service: 'events', account, region })
export const connections = (call: Call, home: Home = call): Table<ConnectionRow> =>
  call.table<ConnectionRow>('connection', scope(home))
export const apiDestinations = (call: Call, home: Home = call): Table<ApiDestinationRow> =>
  call.table<ApiDestinationRow>('api-destination', scope(home))

/** `connection/<name>/<id>`, `api-destination/<name>/<id>`: the id tells one from an earlier one of the same name. */
export function newArn(call: Call, kind: 'connection' | 'api-destination', name: string): string {
  const id = call.id(32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
  return `arn:${call.partition}:events:${call.region}:${call.account}:${kind}/${name}/${id}`
}

/** Policies name these without their id (Service Authorization Reference, Amazon EventBridge), so what is new has none. */
export function onOutside(
  action: string,
  kind: 'connection' | 'api-destination',
  name: string | undefined,
  call: Call,
): AccessCheck {
  const row = (kind === 'connection' ? connections(call) : apiDestinations(call)).get(name ?? '')
  const unmade = `arn:${call.partition}:events:${call.region}:${call.account}:${kind}/${name ?? ''}`
  return { action: `events:${action}`, resource: row?.arn ?? unmade }
}

export function findConnection(call: Call, name: string | undefined): ConnectionRow {
  const row = connections(call).get(name ?? '')
  if (row) return row
  throw new AwsError(
    'ResourceNotFoundException',
    `Failed to describe the connection(s). Connection '${name}' does not exist.`,
  )
}

export function findApiDestination(call: Call, name: string | undefined): ApiDestinationRow {
  const row = apiDestinations(call).get(name ?? '')
  if (row) return row
  throw new AwsError(
    'ResourceNotFoundException',
    `Failed to describe the api-destination(s). An api-destination '${name}' does not exist.`,
  )
}
