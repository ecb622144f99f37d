import { AwsError } from '../../kernel/aws-error.ts'
import type { Call } from '../../kernel/operation.ts'
import { contains, readCidr, writeAddress } from './cidr.ts'
import { find, newId, rows } from './kind.ts'
import { networkInterfaces, securityGroups } from './kinds.ts'
import type { NetworkInterfaceRow, SubnetRow } from './state.ts'

interface InterfaceSpec {
  subnet: SubnetRow
  groupIds: readonly string[] | undefined
  address?: string | undefined
  description: string
  type: NonNullable<NetworkInterfaceRow['InterfaceType']>
  status: NonNullable<NetworkInterfaceRow['Status']>
  requesterManaged: boolean
  tags: Record<string, string>
}

/** Makes an interface with the next free address of the subnet and the VPC's default group if none is named. */
export function newNetworkInterface(spec: InterfaceSpec, call: Call): NetworkInterfaceRow {
  const { subnet } = spec
  const groupIds = groupsFor(subnet.VpcId, spec.groupIds, call)
  const id = newId(networkInterfaces, call)
  const row: NetworkInterfaceRow = {
    id,
    tags: spec.tags,
    VpcId: subnet.VpcId,
    SubnetId: subnet.id,
    AvailabilityZone: subnet.AvailabilityZone,
    PrivateIpAddress: spec.address ? freeAddress(spec.address, subnet, call) : nextAddress(subnet, call),
    groupIds,
    Description: spec.description,
    InterfaceType: spec.type,
    Status: spec.status,
    RequesterManaged: spec.requesterManaged,
    SourceDestCheck: true,
    MacAddress: `0a:${id.slice(-10).replace(/(..)(?=.)/g, '$1:')}`,
    Ipv6Addresses: [],
  }
  rows(networkInterfaces, call).put(id, row)
  return row
}

/** The groups of an interface or endpoint: all of the interface's VPC; default: that VPC's default group. */
export function groupsFor(vpcId: string, ids: readonly string[] | undefined, call: Call): string[] {
  if (!ids?.length) {
    const own = [...rows(securityGroups, call).values()].find(
      (group) => group.VpcId === vpcId && group.GroupName === 'default',
    )
    return own ? [own.id] : []
  }
  for (const id of ids) {
    const group = find(securityGroups, call, id)
    if (group.VpcId !== vpcId)
      throw new AwsError(
        'InvalidParameter',
        `You have specified two resources that belong to different networks: ${id} is not in ${vpcId}.`,
      )
  }
  return [...ids]
}

function used(subnet: SubnetRow, call: Call): Set<string> {
  const own = [...rows(networkInterfaces, call).values()].filter((one) => one.SubnetId === subnet.id)
  return new Set(own.map((one) => one.PrivateIpAddress))
}

function nextAddress(subnet: SubnetRow, call: Call): string {
  const block = readCidr(subnet.CidrBlock, 'cidrBlock')
  const taken = used(subnet, call)
  for (let address = block.first + 4; address < block.first + block.size - 1; address++)
    if (!taken.has(writeAddress(address))) return writeAddress(address)
  throw new AwsError(
    'InsufficientFreeAddressesInSubnet',
    `The specified subnet does not have enough free addresses to satisfy the request.`,
  )
}

function freeAddress(address: string, subnet: SubnetRow, call: Call): string {
  const wanted = readCidr(`${address}/32`, 'privateIpAddress')
  if (!contains(readCidr(subnet.CidrBlock, 'cidrBlock'), wanted))
    throw new AwsError('InvalidParameterValue', `Address ${address} does not fall within the subnet's address range`)
  if (used(subnet, call).has(address)) throw new AwsError('InvalidIPAddress.InUse', `Address ${address} is in use.`)
  return address
}
