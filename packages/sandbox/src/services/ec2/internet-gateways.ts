import type {
  AttachInternetGatewayRequest,
  CreateInternetGatewayRequest,
  CreateInternetGatewayResult,
  DeleteInternetGatewayRequest,
  DescribeInternetGatewaysRequest,
  DescribeInternetGatewaysResult,
  DescribeNatGatewaysRequest,
  DescribeNatGatewaysResult,
  DetachInternetGatewayRequest,
} from '@aws-sdk/client-ec2'
import { AwsError } from '../../kernel/aws-error.ts'
import { operation } from '../../kernel/operation.ts'
import { anyResource, onCreated, onExisting } from './access.ts'
import { type FilterTable, filtered, select } from './describe.ts'
import { find, newId, rows } from './kind.ts'
import { internetGateways, routeTables, vpcs } from './kinds.ts'
import { shape } from './shape.ts'
import type { InternetGatewayRow } from './state.ts'
import { checkedTags } from './tag-specification.ts'

export const createInternetGateway = operation<CreateInternetGatewayRequest, CreateInternetGatewayResult>({
  name: 'CreateInternetGateway',
  access: (input, call) => onCreated('CreateInternetGateway', internetGateways, input, call),
  handle: (input, call) => {
    const tags = checkedTags(input.TagSpecifications, 'internet-gateway')
    const row: InternetGatewayRow = { id: newId(internetGateways, call), tags, Attachments: [] }
    rows(internetGateways, call).put(row.id, row)
    return { InternetGateway: shape(internetGateways, row, call) }
  },
})

export const attachInternetGateway = operation<AttachInternetGatewayRequest, void>({
  name: 'AttachInternetGateway',
  access: (input, call) => [
    onExisting('AttachInternetGateway', internetGateways, input.InternetGatewayId, call),
    onExisting('AttachInternetGateway', vpcs, input.VpcId, call),
  ],
  handle: (input, call) => {
    const gateway = find(internetGateways, call, input.InternetGatewayId!)
    const vpc = find(vpcs, call, input.VpcId!)
    const attached = [...rows(internetGateways, call).values()].some((one) =>
      one.Attachments.some((attachment) => one.id === gateway.id || attachment.VpcId === vpc.id),
    )
    if (attached)
      throw new AwsError(
        'Resource.AlreadyAssociated',
        `resource ${gateway.id} is already attached to network ${vpc.id}`,
      )
    rows(internetGateways, call).put(gateway.id, {
      ...gateway,
      Attachments: [{ VpcId: vpc.id, State: 'available' as never }],
    })
  },
})

export const detachInternetGateway = operation<DetachInternetGatewayRequest, void>({
  name: 'DetachInternetGateway',
  access: (input, call) => [
    onExisting('DetachInternetGateway', internetGateways, input.InternetGatewayId, call),
    onExisting('DetachInternetGateway', vpcs, input.VpcId, call),
  ],
  handle: (input, call) => {
    const gateway = find(internetGateways, call, input.InternetGatewayId!)
    if (!gateway.Attachments.some((one) => one.VpcId === input.VpcId))
      throw new AwsError('Gateway.NotAttached', `resource ${gateway.id} is not attached to network ${input.VpcId}`)
    rows(internetGateways, call).put(gateway.id, { ...gateway, Attachments: [] })
    for (const table of [...rows(routeTables, call).values()])
      if (table.Routes.some((route) => route.GatewayId === gateway.id))
        rows(routeTables, call).put(table.id, {
          ...table,
          Routes: table.Routes.map((route) =>
            route.GatewayId === gateway.id ? { ...route, State: 'blackhole' as const } : route,
          ),
        })
  },
})

export const deleteInternetGateway = operation<DeleteInternetGatewayRequest, void>({
  name: 'DeleteInternetGateway',
  access: (input, call) => [onExisting('DeleteInternetGateway', internetGateways, input.InternetGatewayId, call)],
  handle: (input, call) => {
    const gateway = find(internetGateways, call, input.InternetGatewayId!)
    if (gateway.Attachments.length > 0)
      throw new AwsError(
        'DependencyViolation',
        `The internetGateway '${gateway.id}' has dependencies and cannot be deleted.`,
      )
    rows(internetGateways, call).delete(gateway.id)
  },
})

const filters: FilterTable<InternetGatewayRow> = {
  'internet-gateway-id': (row) => row.id,
  'attachment.vpc-id': (row) => row.Attachments.map((one) => one.VpcId),
  'attachment.state': (row) => row.Attachments.map((one) => one.State),
}

export const describeInternetGateways = operation<DescribeInternetGatewaysRequest, DescribeInternetGatewaysResult>({
  name: 'DescribeInternetGateways',
  access: (_input, call) => anyResource('DescribeInternetGateways', call),
  handle: (input, call) => {
    const found = select(internetGateways, call, input.InternetGatewayIds, input.Filters, filters)
    return {
      InternetGateways: found.map((row) => shape(internetGateways, row, call)),
    }
  },
})

const natFilters: FilterTable<object> = Object.fromEntries(
  ['nat-gateway-id', 'state', 'subnet-id', 'vpc-id'].map((name) => [name, () => undefined]),
)

/** The sandbox makes no NAT gateways (CreateNatGateway is not emulated), so there are none to describe. */
export const describeNatGateways = operation<DescribeNatGatewaysRequest, DescribeNatGatewaysResult>({
  name: 'DescribeNatGateways',
  access: (_input, call) => anyResource('DescribeNatGateways', call),
  handle: (input, call) => {
    filtered([], input.Filter, natFilters, call)
    const id = input.NatGatewayIds?.[0]
    if (id) throw new AwsError('NatGatewayNotFound', `NAT gateway ${id} was not found`)
    return { NatGateways: [] }
  },
})
