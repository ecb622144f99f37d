import type {
  CreateRouteRequest,
  CreateRouteResult,
  DeleteRouteRequest,
  ReplaceRouteRequest,
  Route,
} from '@aws-sdk/client-ec2'
import { AwsError } from '../../kernel/aws-error.ts'
import { type Call, operation } from '../../kernel/operation.ts'
import { onExisting } from './access.ts'
import { readCidr, writeCidr } from './cidr.ts'
import { find, rows } from './kind.ts'
import { internetGateways, networkInterfaces, routeTables } from './kinds.ts'
import type { RouteTableRow } from './state.ts'

export const createRoute = operation<CreateRouteRequest, CreateRouteResult>({
  name: 'CreateRoute',
  access: (input, call) => [onExisting('CreateRoute', routeTables, input.RouteTableId, call)],
  handle: (input, call) => {
    const table = find(routeTables, call, input.RouteTableId!)
    const route = routeOf(input, table, call)
    if (table.Routes.some((one) => destinationOf(one) === destinationOf(route)))
      throw new AwsError('RouteAlreadyExists', `The route identified by ${destinationOf(route)} already exists.`)
    rows(routeTables, call).put(table.id, { ...table, Routes: [...table.Routes, route] })
    return { Return: true }
  },
})

export const replaceRoute = operation<ReplaceRouteRequest, void>({
  name: 'ReplaceRoute',
  access: (input, call) => [onExisting('ReplaceRoute', routeTables, input.RouteTableId, call)],
  handle: (input, call) => {
    const table = find(routeTables, call, input.RouteTableId!)
    const route = routeOf(input, table, call)
    const old = existing(table, destinationOf(route))
    rows(routeTables, call).put(table.id, { ...table, Routes: table.Routes.map((one) => (one === old ? route : one)) })
  },
})

export const deleteRoute = operation<DeleteRouteRequest, void>({
  name: 'DeleteRoute',
  access: (input, call) => [onExisting('DeleteRoute', routeTables, input.RouteTableId, call)],
  handle: (input, call) => {
    const table = find(routeTables, call, input.RouteTableId!)
    const old = existing(table, destinationOf(withCanonicalCidr(input)))
    if (old.GatewayId === 'local')
      throw new AwsError(
        'InvalidParameterValue',
        `cannot remove local route ${destinationOf(old)} in route table ${table.id}`,
      )
    rows(routeTables, call).put(table.id, { ...table, Routes: table.Routes.filter((one) => one !== old) })
  },
})

type Destination = Pick<Route, 'DestinationCidrBlock' | 'DestinationIpv6CidrBlock' | 'DestinationPrefixListId'>

function destinationOf(route: Destination): string {
  const destination = route.DestinationCidrBlock ?? route.DestinationIpv6CidrBlock ?? route.DestinationPrefixListId
  if (destination) return destination
  throw new AwsError('MissingParameter', 'The request must contain the parameter destinationCidrBlock')
}

function withCanonicalCidr(input: Destination): Destination {
  if (!input.DestinationCidrBlock) return input
  return { ...input, DestinationCidrBlock: writeCidr(readCidr(input.DestinationCidrBlock, 'destinationCidrBlock')) }
}

/** The sandbox has internet gateways and network interfaces as targets; anything else cannot exist here. */
function routeOf(input: CreateRouteRequest | ReplaceRouteRequest, table: RouteTableRow, call: Call): Route {
  const { DestinationCidrBlock, DestinationIpv6CidrBlock, DestinationPrefixListId } = withCanonicalCidr(input)
  return {
    ...(DestinationCidrBlock && { DestinationCidrBlock }),
    ...(DestinationIpv6CidrBlock && { DestinationIpv6CidrBlock }),
    ...(DestinationPrefixListId && { DestinationPrefixListId }),
    ...targetOf(input, table, call),
    Origin: 'CreateRoute',
    State: 'active',
  }
}

function targetOf(input: CreateRouteRequest | ReplaceRouteRequest, table: RouteTableRow, call: Call): Partial<Route> {
  if (input.GatewayId?.startsWith('igw-')) {
    const gateway = find(internetGateways, call, input.GatewayId)
    if (!gateway.Attachments.some((one) => one.VpcId === table.VpcId))
      throw new AwsError(
        'InvalidParameterValue',
        `route table ${table.id} and network gateway ${gateway.id} belong to different networks`,
      )
    return { GatewayId: gateway.id }
  }
  if (input.NetworkInterfaceId)
    return { NetworkInterfaceId: find(networkInterfaces, call, input.NetworkInterfaceId).id }
  if (input.NatGatewayId)
    throw new AwsError('InvalidNatGatewayID.NotFound', `The natGateway ID '${input.NatGatewayId}' does not exist`)
  if (input.GatewayId)
    throw new AwsError('InvalidGatewayID.NotFound', `The gateway ID '${input.GatewayId}' does not exist`)
  throw new AwsError('MissingParameter', 'The request must contain a target of the route that the sandbox has')
}

function existing(table: RouteTableRow, destination: string): Route {
  const route = table.Routes.find((one) => destinationOf(one) === destination)
  if (route) return route
  throw new AwsError(
    'InvalidRoute.NotFound',
    `no route with destination-cidr-block ${destination} in route table ${table.id}`,
  )
}
