import type { CreateRouteTableRequest, CreateRouteTableResult, TagSpecification } from '@aws-sdk/client-ec2'
import { type Call, operation } from '../../kernel/operation.ts'
import { onCreated, onExisting } from './access.ts'
import { find, newId, rows } from './kind.ts'
import { routeTables, vpcs } from './kinds.ts'
import { routeTableShape } from './shape.ts'
import type { RouteTableRow, VpcRow } from './state.ts'
import { checkedTags } from './tag-specification.ts'

export const createRouteTable = operation<CreateRouteTableRequest, CreateRouteTableResult>({
  name: 'CreateRouteTable',
  access: (input, call) => [
    ...onCreated('CreateRouteTable', routeTables, input, call),
    onExisting('CreateRouteTable', vpcs, input.VpcId, call),
  ],
  handle: (input, call) => {
    const table = newRouteTable(find(vpcs, call, input.VpcId!), input, call, false)
    return { RouteTable: routeTableShape(table, call) }
  },
})

export function newRouteTable(
  vpc: VpcRow,
  input: { TagSpecifications?: TagSpecification[] | undefined },
  call: Call,
  main: boolean,
): RouteTableRow {
  const table: RouteTableRow = {
    id: newId(routeTables, call),
    tags: checkedTags(input.TagSpecifications, 'route-table'),
    VpcId: vpc.id,
    Routes: [{ DestinationCidrBlock: vpc.CidrBlock, GatewayId: 'local', Origin: 'CreateRouteTable', State: 'active' }],
    Associations: [],
  }
  if (main)
    table.Associations.push({
      Main: true,
      RouteTableAssociationId: `rtbassoc-${call.id(17)}`,
      RouteTableId: table.id,
      AssociationState: { State: 'associated' },
    })
  rows(routeTables, call).put(table.id, table)
  return table
}
