import type { ModifyVpcEndpointRequest, ModifyVpcEndpointResult } from '@aws-sdk/client-ec2'
import { AwsError } from '../../kernel/aws-error.ts'
import { type AccessCheck, type Call, operation } from '../../kernel/operation.ts'
import { onExisting } from './access.ts'
import { addSubnets, checkPrivateDns, checkRouteTables, dnsEntries } from './create-vpc-endpoint.ts'
import { checkedPolicy, fullAccessPolicy } from './endpoint-policy.ts'
import { find, rows } from './kind.ts'
import { networkInterfaces, routeTables, securityGroups, subnets, vpcEndpoints, vpcs } from './kinds.ts'
import { groupsFor } from './new-network-interface.ts'
import type { VpcEndpointRow } from './state.ts'

export const modifyVpcEndpoint = operation<ModifyVpcEndpointRequest, ModifyVpcEndpointResult>({
  name: 'ModifyVpcEndpoint',
  access: (input, call) => access(input, call),
  handle: (input, call) => {
    const endpoint = find(vpcEndpoints, call, input.VpcEndpointId!)
    const withPolicy = { ...endpoint, PolicyDocument: policyOf(endpoint, input) }
    const changed =
      endpoint.VpcEndpointType === 'Gateway' ? asGateway(withPolicy, input, call) : asInterface(withPolicy, input, call)
    rows(vpcEndpoints, call).put(changed.id, changed)
    return { Return: true }
  },
})

function access(input: ModifyVpcEndpointRequest, call: Call): AccessCheck[] {
  const action = 'ModifyVpcEndpoint'
  const ids = (...lists: (string[] | undefined)[]) => lists.flatMap((list) => list ?? [])
  return [
    onExisting(action, vpcEndpoints, input.VpcEndpointId, call),
    ...ids(input.AddRouteTableIds, input.RemoveRouteTableIds).map((id) => onExisting(action, routeTables, id, call)),
    ...ids(input.AddSubnetIds, input.RemoveSubnetIds).map((id) => onExisting(action, subnets, id, call)),
    ...ids(input.AddSecurityGroupIds, input.RemoveSecurityGroupIds).map((id) =>
      onExisting(action, securityGroups, id, call),
    ),
  ]
}

function policyOf(endpoint: VpcEndpointRow, input: ModifyVpcEndpointRequest): string {
  if (input.ResetPolicy) return fullAccessPolicy
  return input.PolicyDocument ? checkedPolicy(input.PolicyDocument) : endpoint.PolicyDocument
}

function asGateway(endpoint: VpcEndpointRow, input: ModifyVpcEndpointRequest, call: Call): VpcEndpointRow {
  const left = without(endpoint.RouteTableIds, input.RemoveRouteTableIds)
  return { ...endpoint, RouteTableIds: [...left, ...checkRouteTables(endpoint, input.AddRouteTableIds ?? [], call)] }
}

function asInterface(endpoint: VpcEndpointRow, input: ModifyVpcEndpointRequest, call: Call): VpcEndpointRow {
  const groupIds = [...without(endpoint.groupIds, input.RemoveSecurityGroupIds), ...(input.AddSecurityGroupIds ?? [])]
  if (groupIds.length === 0)
    throw new AwsError('InvalidParameter', 'An interface endpoint must have at least one security group.')
  groupsFor(endpoint.VpcId, groupIds, call)
  const PrivateDnsEnabled = input.PrivateDnsEnabled ?? endpoint.PrivateDnsEnabled
  if (PrivateDnsEnabled) checkPrivateDns(endpoint, find(vpcs, call, endpoint.VpcId), call)
  const kept = dropSubnets(endpoint, input.RemoveSubnetIds ?? [], call)
  const changed = { ...kept, groupIds, PrivateDnsEnabled, DnsEntries: dnsEntries(endpoint, PrivateDnsEnabled, call) }
  for (const id of changed.NetworkInterfaceIds)
    rows(networkInterfaces, call).put(id, { ...find(networkInterfaces, call, id), groupIds })
  return addSubnets(changed, without(input.AddSubnetIds ?? [], changed.SubnetIds), call)
}

function dropSubnets(endpoint: VpcEndpointRow, ids: readonly string[], call: Call): VpcEndpointRow {
  const gone = endpoint.NetworkInterfaceIds.filter((id) => ids.includes(find(networkInterfaces, call, id).SubnetId))
  for (const id of gone) rows(networkInterfaces, call).delete(id)
  return {
    ...endpoint,
    SubnetIds: without(endpoint.SubnetIds, ids),
    NetworkInterfaceIds: without(endpoint.NetworkInterfaceIds, gone),
  }
}

function without(all: readonly string[], some: readonly string[] | undefined): string[] {
  return all.filter((one) => !some?.includes(one))
}
