import type { CreateVpcEndpointRequest, CreateVpcEndpointResult } from '@aws-sdk/client-ec2'
import { AwsError } from '../../kernel/aws-error.ts'
import { type AccessCheck, type Call, operation } from '../../kernel/operation.ts'
import { onCreated, onExisting } from './access.ts'
import { checkedPolicy, fullAccessPolicy } from './endpoint-policy.ts'
import { find, newId, rows } from './kind.ts'
import { routeTables, securityGroups, subnets, vpcEndpoints, vpcs } from './kinds.ts'
import { groupsFor, newNetworkInterface } from './new-network-interface.ts'
import { vpcEndpointShape } from './shape.ts'
import type { VpcEndpointRow, VpcRow } from './state.ts'
import { checkedTags } from './tag-specification.ts'
import {
  type EndpointService,
  type EndpointType,
  endpointServices,
  isServiceOfOthers,
  privateDnsName,
} from './vpc-endpoint-services.ts'

export const createVpcEndpoint = operation<CreateVpcEndpointRequest, CreateVpcEndpointResult>({
  name: 'CreateVpcEndpoint',
  access: (input, call) => access(input, call),
  handle: (input, call) => {
    const vpc = find(vpcs, call, input.VpcId!)
    const type = typeOf(input, call)
    const endpoint: VpcEndpointRow = {
      id: newId(vpcEndpoints, call),
      tags: checkedTags(input.TagSpecifications, 'vpc-endpoint'),
      VpcId: vpc.id,
      ServiceName: input.ServiceName!,
      ServiceRegion: call.region,
      VpcEndpointType: type,
      // The wire says `available`, the model's enum `Available`.
      State: (isServiceOfOthers(input.ServiceName, call)
        ? 'pendingAcceptance'
        : 'available') as VpcEndpointRow['State'],
      PolicyDocument: input.PolicyDocument ? checkedPolicy(input.PolicyDocument) : fullAccessPolicy,
      RouteTableIds: [],
      SubnetIds: [],
      NetworkInterfaceIds: [],
      groupIds: [],
      PrivateDnsEnabled: false,
      RequesterManaged: false,
      DnsEntries: [],
      CreationTimestamp: call.now.toISOString(),
    }
    const made = type === 'Gateway' ? asGateway(endpoint, input, call) : asInterface(endpoint, input, vpc, call)
    rows(vpcEndpoints, call).put(made.id, made)
    return { VpcEndpoint: vpcEndpointShape(made, call) as object, ClientToken: input.ClientToken }
  },
})

function access(input: CreateVpcEndpointRequest, call: Call): AccessCheck[] {
  const action = 'CreateVpcEndpoint'
  return [
    ...onCreated(action, vpcEndpoints, input, call, {
      'ec2:VpceServiceName': input.ServiceName,
      ...(isServiceOfOthers(input.ServiceName, call) ? {} : { 'ec2:VpceServiceOwner': 'amazon' }),
      'ec2:VpceServiceRegion': call.region,
    }),
    onExisting(action, vpcs, input.VpcId, call),
    ...(input.RouteTableIds ?? []).map((id) => onExisting(action, routeTables, id, call)),
    ...(input.SubnetIds ?? []).map((id) => onExisting(action, subnets, id, call)),
    ...(input.SecurityGroupIds ?? []).map((id) => onExisting(action, securityGroups, id, call)),
  ]
}

function typeOf(input: CreateVpcEndpointRequest, call: Call): EndpointType {
  const type = input.VpcEndpointType ?? 'Gateway'
  const offered: Pick<EndpointService, 'type'>[] = isServiceOfOthers(input.ServiceName, call)
    ? [{ type: 'Interface' }]
    : endpointServices(call).filter((service) => service.name === input.ServiceName)
  if (offered.length === 0)
    throw new AwsError('InvalidServiceName', `The Vpc Endpoint Service '${input.ServiceName}' does not exist`)
  const match = offered.find((service) => service.type === type)
  if (match) return match.type
  throw new AwsError(
    'InvalidParameter',
    `Endpoint type (${type}) does not match available service types ([${offered.map((service) => service.type).join(', ')}]).`,
  )
}

function asGateway(endpoint: VpcEndpointRow, input: CreateVpcEndpointRequest, call: Call): VpcEndpointRow {
  if (input.SubnetIds?.length || input.SecurityGroupIds?.length)
    throw new AwsError('InvalidParameter', 'Subnets and security groups are not applicable for Gateway endpoints.')
  return { ...endpoint, RouteTableIds: checkRouteTables(endpoint, input.RouteTableIds ?? [], call) }
}

/** A route table holds one route to a prefix list, so one gateway endpoint per service. */
export function checkRouteTables(endpoint: VpcEndpointRow, ids: readonly string[], call: Call): string[] {
  for (const id of ids) {
    const table = find(routeTables, call, id)
    if (table.VpcId !== endpoint.VpcId)
      throw new AwsError('InvalidParameter', `Route table ${id} does not belong to VPC ${endpoint.VpcId}.`)
    for (const other of rows(vpcEndpoints, call).values())
      if (other.id !== endpoint.id && other.ServiceName === endpoint.ServiceName && other.RouteTableIds.includes(id))
        throw new AwsError(
          'RouteAlreadyExists',
          `route table ${id} already has a route with destination-prefix-list-id of ${endpoint.ServiceName}`,
        )
  }
  return [...ids]
}

function asInterface(
  endpoint: VpcEndpointRow,
  input: CreateVpcEndpointRequest,
  vpc: VpcRow,
  call: Call,
): VpcEndpointRow {
  if (input.RouteTableIds?.length)
    throw new AwsError('InvalidParameter', 'Route table IDs are only supported for Gateway type VPC Endpoint.')
  const PrivateDnsEnabled = input.PrivateDnsEnabled ?? true
  if (PrivateDnsEnabled) checkPrivateDns(endpoint, vpc, call)
  const groupIds = groupsFor(vpc.id, input.SecurityGroupIds, call)
  const full: VpcEndpointRow = {
    ...endpoint,
    groupIds,
    PrivateDnsEnabled,
    IpAddressType: input.IpAddressType ?? 'ipv4',
    DnsOptions: { DnsRecordIpType: input.DnsOptions?.DnsRecordIpType ?? 'ipv4' },
    DnsEntries: dnsEntries(endpoint, PrivateDnsEnabled, call),
  }
  return addSubnets(full, input.SubnetIds ?? [], call)
}

/** One interface per subnet, and at most one subnet per zone. */
export function addSubnets(endpoint: VpcEndpointRow, ids: readonly string[], call: Call): VpcEndpointRow {
  const zones = new Set(endpoint.SubnetIds.map((id) => find(subnets, call, id).AvailabilityZone))
  const made = ids.map((id) => {
    const subnet = find(subnets, call, id)
    if (subnet.VpcId !== endpoint.VpcId)
      throw new AwsError('InvalidParameter', `The subnet ID '${id}' does not belong to VPC ${endpoint.VpcId}.`)
    if (zones.has(subnet.AvailabilityZone))
      throw new AwsError(
        'DuplicateSubnetsInSameZone',
        `Found another VPC endpoint subnet in the availability zone of ${id}.`,
      )
    zones.add(subnet.AvailabilityZone)
    return newNetworkInterface(
      {
        subnet,
        groupIds: endpoint.groupIds,
        description: `VPC Endpoint Interface ${endpoint.id}`,
        type: 'vpc_endpoint',
        status: 'in-use',
        requesterManaged: true,
        tags: {},
      },
      call,
    )
  })
  return {
    ...endpoint,
    SubnetIds: [...endpoint.SubnetIds, ...ids],
    NetworkInterfaceIds: [...endpoint.NetworkInterfaceIds, ...made.map((one) => one.id)],
  }
}

/** VPC User Guide, "Enable private DNS names": both DNS attributes, and one endpoint per name. */
export function checkPrivateDns(endpoint: VpcEndpointRow, vpc: VpcRow, call: Call): void {
  if (isServiceOfOthers(endpoint.ServiceName, call))
    throw new AwsError(
      'InvalidParameter',
      `Private DNS can't be enabled because the service ${endpoint.ServiceName} does not provide a private DNS name.`,
    )
  if (!vpc.attributes.enableDnsSupport || !vpc.attributes.enableDnsHostnames)
    throw new AwsError(
      'InvalidParameter',
      `Enabling private DNS requires both enableDnsSupport and enableDnsHostnames VPC attributes set to true for ${vpc.id}`,
    )
  for (const other of rows(vpcEndpoints, call).values())
    if (
      other.id !== endpoint.id &&
      other.VpcId === vpc.id &&
      other.ServiceName === endpoint.ServiceName &&
      other.PrivateDnsEnabled
    )
      throw new AwsError(
        'InvalidParameter',
        `private-dns-enabled cannot be set because there is already a conflicting DNS domain for ${privateDnsName(endpoint.ServiceName)} in the VPC ${vpc.id}`,
      )
}

export function dnsEntries(endpoint: VpcEndpointRow, privateDns: boolean, call: Call) {
  const HostedZoneId = 'Z7HUB22UULQXV'
  const service = endpoint.ServiceName.split('.').slice(3).join('.')
  const regional = {
    DnsName: `${endpoint.id}-${endpoint.id.slice(-8)}.${service}.${call.region}.vpce.amazonaws.com`,
    HostedZoneId,
  }
  const named = {
    DnsName: privateDnsName(endpoint.ServiceName),
    HostedZoneId: `Z0${endpoint.id.slice(-14).toUpperCase()}`,
  }
  return privateDns ? [regional, named] : [regional]
}
