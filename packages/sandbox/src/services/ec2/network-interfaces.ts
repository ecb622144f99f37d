import type {
  CreateNetworkInterfaceRequest,
  CreateNetworkInterfaceResult,
  DeleteNetworkInterfaceRequest,
  DescribeNetworkInterfacesRequest,
  DescribeNetworkInterfacesResult,
} from '@aws-sdk/client-ec2'
import { AwsError } from '../../kernel/aws-error.ts'
import { operation } from '../../kernel/operation.ts'
import { anyResource, onCreated, onExisting } from './access.ts'
import { type FilterTable, select } from './describe.ts'
import { ec2Arn, find, rows } from './kind.ts'
import { networkInterfaces, securityGroups, subnets } from './kinds.ts'
import { newNetworkInterface } from './new-network-interface.ts'
import { networkInterfaceShape } from './shape.ts'
import type { NetworkInterfaceRow } from './state.ts'
import { checkedTags } from './tag-specification.ts'

export const createNetworkInterface = operation<CreateNetworkInterfaceRequest, CreateNetworkInterfaceResult>({
  name: 'CreateNetworkInterface',
  access: (input, call) => {
    const subnet = rows(subnets, call).get(input.SubnetId!)
    const context = subnet && {
      'ec2:Subnet': ec2Arn(call, 'subnet', subnet.id),
      'ec2:Vpc': ec2Arn(call, 'vpc', subnet.VpcId),
      'ec2:AvailabilityZone': subnet.AvailabilityZone,
    }
    return [
      ...onCreated('CreateNetworkInterface', networkInterfaces, input, call, context),
      onExisting('CreateNetworkInterface', subnets, input.SubnetId, call),
      ...(input.Groups ?? []).map((id) => onExisting('CreateNetworkInterface', securityGroups, id, call)),
    ]
  },
  handle: (input, call) => {
    const spec = {
      subnet: find(subnets, call, input.SubnetId!),
      groupIds: input.Groups,
      address: input.PrivateIpAddress,
      description: input.Description ?? '',
      type: 'interface' as const,
      status: 'available' as const,
      requesterManaged: false,
      tags: checkedTags(input.TagSpecifications, 'network-interface'),
    }
    const row = newNetworkInterface(spec, call)
    return { NetworkInterface: networkInterfaceShape(row, call), ClientToken: input.ClientToken }
  },
})

export const deleteNetworkInterface = operation<DeleteNetworkInterfaceRequest, void>({
  name: 'DeleteNetworkInterface',
  access: (input, call) => [onExisting('DeleteNetworkInterface', networkInterfaces, input.NetworkInterfaceId, call)],
  handle: (input, call) => {
    const row = find(networkInterfaces, call, input.NetworkInterfaceId!)
    if (row.RequesterManaged && row.InterfaceType === 'vpc_endpoint')
      throw new AwsError(
        'OperationNotPermitted',
        "You are not allowed to manage 'vpc_endpoint' network interfaces: delete the endpoint.",
      )
    if (row.Status === 'in-use')
      throw new AwsError('InvalidParameterValue', `Network interface '${row.id}' is currently in use.`)
    rows(networkInterfaces, call).delete(row.id)
  },
})

const filters: FilterTable<NetworkInterfaceRow> = {
  'network-interface-id': (row) => row.id,
  'vpc-id': (row) => row.VpcId,
  'subnet-id': (row) => row.SubnetId,
  'group-id': (row) => row.groupIds,
  'availability-zone': (row) => row.AvailabilityZone,
  'private-ip-address': (row) => row.PrivateIpAddress,
  'addresses.private-ip-address': (row) => row.PrivateIpAddress,
  'interface-type': (row) => row.InterfaceType,
  'requester-managed': (row) => row.RequesterManaged,
  'attachment.instance-id': () => undefined,
  'attachment.instance-owner-id': () => undefined,
  'attachment.attachment-id': () => undefined,
  description: (row) => row.Description,
  status: (row) => row.Status,
}

export const describeNetworkInterfaces = operation<DescribeNetworkInterfacesRequest, DescribeNetworkInterfacesResult>({
  name: 'DescribeNetworkInterfaces',
  access: (_input, call) => anyResource('DescribeNetworkInterfaces', call),
  handle: (input, call) => {
    const found = select(networkInterfaces, call, input.NetworkInterfaceIds, input.Filters, filters)
    return { NetworkInterfaces: found.map((row) => networkInterfaceShape(row, call)) }
  },
})
