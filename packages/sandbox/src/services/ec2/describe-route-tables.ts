import type { DescribeRouteTablesRequest, DescribeRouteTablesResult } from '@aws-sdk/client-ec2'
import { operation } from '../../kernel/operation.ts'
import { anyResource } from './access.ts'
import { type FilterTable, select } from './describe.ts'
import { routeTables } from './kinds.ts'
import { routeTableShape } from './shape.ts'
import type { RouteTableRow } from './state.ts'

const filters: FilterTable<RouteTableRow> = {
  'route-table-id': (row) => row.id,
  'vpc-id': (row) => row.VpcId,
  'association.main': (row) => row.Associations.map((one) => one.Main),
  'association.route-table-association-id': (row) => row.Associations.map((one) => one.RouteTableAssociationId),
  'association.route-table-id': (row) => row.Associations.map((one) => one.RouteTableId),
  'association.subnet-id': (row) => row.Associations.map((one) => one.SubnetId),
  'association.gateway-id': (row) => row.Associations.map((one) => one.GatewayId),
  'route.destination-cidr-block': (row) => row.Routes.map((one) => one.DestinationCidrBlock),
  'route.gateway-id': (row, call) => routeTableShape(row, call).Routes.map((one) => one.GatewayId),
  'route.destination-prefix-list-id': (row, call) =>
    routeTableShape(row, call).Routes.map((one) => one.DestinationPrefixListId),
  'route.nat-gateway-id': (row) => row.Routes.map((one) => one.NatGatewayId),
  'route.state': (row) => row.Routes.map((one) => one.State),
}

export const describeRouteTables = operation<DescribeRouteTablesRequest, DescribeRouteTablesResult>({
  name: 'DescribeRouteTables',
  access: (_input, call) => anyResource('DescribeRouteTables', call),
  handle: (input, call) => {
    const found = select(routeTables, call, input.RouteTableIds, input.Filters, filters)
    return {
      RouteTables: found.map((row) => routeTableShape(row, call)),
    }
  },
})
