import type {
  AssociateRouteTableRequest,
  AssociateRouteTableResult,
  DisassociateRouteTableRequest,
  ReplaceRouteTableAssociationRequest,
  ReplaceRouteTableAssociationResult,
} from '@aws-sdk/client-ec2'
import { AwsError } from '../../kernel/aws-error.ts'
import { type Call, operation } from '../../kernel/operation.ts'
import { onExisting } from './access.ts'
import { find, rows } from './kind.ts'
import { routeTables, subnets } from './kinds.ts'
import type { RouteTableRow } from './state.ts'

export const associateRouteTable = operation<AssociateRouteTableRequest, AssociateRouteTableResult>({
  name: 'AssociateRouteTable',
  access: (input, call) => [
    onExisting('AssociateRouteTable', routeTables, input.RouteTableId, call),
    onExisting('AssociateRouteTable', subnets, input.SubnetId, call),
  ],
  handle: (input, call) => {
    if (!input.SubnetId)
      throw new AwsError('MissingParameter', 'The request must contain the parameter subnetId or gatewayId')
    const table = find(routeTables, call, input.RouteTableId!)
    const subnet = find(subnets, call, input.SubnetId)
    if (subnet.VpcId !== table.VpcId)
      throw new AwsError(
        'InvalidParameterValue',
        `Route table ${table.id} and subnet ${subnet.id} belong to different networks`,
      )
    for (const other of rows(routeTables, call).values())
      if (other.Associations.some((one) => one.SubnetId === subnet.id))
        throw new AwsError(
          'Resource.AlreadyAssociated',
          `the specified association for route table ${table.id} conflicts with an existing association`,
        )
    const AssociationId = associate(table, subnet.id, false, call)
    return { AssociationId, AssociationState: { State: 'associated' } }
  },
})

export const disassociateRouteTable = operation<DisassociateRouteTableRequest, void>({
  name: 'DisassociateRouteTable',
  access: (input, call) => {
    const held = holder(input.AssociationId!, call)
    return [
      onExisting('DisassociateRouteTable', routeTables, held?.table.id, call),
      ...(held?.association.SubnetId
        ? [onExisting('DisassociateRouteTable', subnets, held.association.SubnetId, call)]
        : []),
    ]
  },
  handle: (input, call) => {
    const { table, association } = required(input.AssociationId!, call)
    if (association.Main)
      throw new AwsError(
        'InvalidParameterValue',
        `cannot disassociate the main route table association ${input.AssociationId}`,
      )
    dropAssociation(table, input.AssociationId!, call)
  },
})

export const replaceRouteTableAssociation = operation<
  ReplaceRouteTableAssociationRequest,
  ReplaceRouteTableAssociationResult
>({
  name: 'ReplaceRouteTableAssociation',
  access: (input, call) => [
    onExisting('ReplaceRouteTableAssociation', routeTables, input.RouteTableId, call),
    ...subnetOf(input.AssociationId!, call).map((id) => onExisting('ReplaceRouteTableAssociation', subnets, id, call)),
  ],
  handle: (input, call) => {
    const { table: old, association } = required(input.AssociationId!, call)
    find(routeTables, call, input.RouteTableId!)
    dropAssociation(old, input.AssociationId!, call)
    const table = find(routeTables, call, input.RouteTableId!)
    const NewAssociationId = associate(table, association.SubnetId, association.Main === true, call)
    return { NewAssociationId, AssociationState: { State: 'associated' } }
  },
})

function associate(table: RouteTableRow, SubnetId: string | undefined, Main: boolean, call: Call): string {
  const RouteTableAssociationId = `rtbassoc-${call.id(17)}`
  const association = {
    Main,
    RouteTableAssociationId,
    RouteTableId: table.id,
    ...(SubnetId !== undefined && { SubnetId }),
    AssociationState: { State: 'associated' as const },
  }
  rows(routeTables, call).put(table.id, { ...table, Associations: [...table.Associations, association] })
  return RouteTableAssociationId
}

function dropAssociation(table: RouteTableRow, id: string, call: Call): void {
  const Associations = table.Associations.filter((one) => one.RouteTableAssociationId !== id)
  rows(routeTables, call).put(table.id, { ...table, Associations })
}

function subnetOf(associationId: string, call: Call): string[] {
  const id = holder(associationId, call)?.association.SubnetId
  return id ? [id] : []
}

function required(associationId: string, call: Call) {
  const held = holder(associationId, call)
  if (held) return held
  throw new AwsError('InvalidAssociationID.NotFound', `The association ID '${associationId}' does not exist`)
}

function holder(associationId: string, call: Call) {
  for (const table of rows(routeTables, call).values()) {
    const association = table.Associations.find((one) => one.RouteTableAssociationId === associationId)
    if (association) return { table, association }
  }
  return undefined
}
