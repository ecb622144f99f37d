import type { CreateSubnetRequest, CreateSubnetResult } from '@aws-sdk/client-ec2'
import { AwsError } from '../../kernel/aws-error.ts'
import { type Call, operation } from '../../kernel/operation.ts'
import { onCreated, onExisting } from './access.ts'
import { type Zone, zonesOf } from './availability-zones.ts'
import { allowedSize, contains, overlaps, readCidr, writeCidr } from './cidr.ts'
import { find, newId, rows } from './kind.ts'
import { subnets, vpcs } from './kinds.ts'
import { subnetShape } from './shape.ts'
import type { SubnetRow, VpcRow } from './state.ts'
import { checkedTags } from './tag-specification.ts'

export const createSubnet = operation<CreateSubnetRequest, CreateSubnetResult>({
  name: 'CreateSubnet',
  access: (input, call) => [
    ...onCreated('CreateSubnet', subnets, input, call),
    onExisting('CreateSubnet', vpcs, input.VpcId, call),
  ],
  handle: (input, call) => {
    const vpc = find(vpcs, call, input.VpcId!)
    const CidrBlock = freeCidr(input, vpc, call)
    const zone = zoneOf(input, call)
    const subnet: SubnetRow = {
      id: newId(subnets, call),
      tags: checkedTags(input.TagSpecifications, 'subnet'),
      VpcId: vpc.id,
      CidrBlock,
      State: 'available',
      AvailabilityZone: zone.ZoneName,
      AvailabilityZoneId: zone.ZoneId,
      DefaultForAz: false,
      MapPublicIpOnLaunch: false,
      MapCustomerOwnedIpOnLaunch: false,
      AssignIpv6AddressOnCreation: false,
      Ipv6CidrBlockAssociationSet: [],
      EnableDns64: false,
      Ipv6Native: false,
      PrivateDnsNameOptionsOnLaunch: {
        HostnameType: 'ip-name',
        EnableResourceNameDnsARecord: false,
        EnableResourceNameDnsAAAARecord: false,
      },
    }
    rows(subnets, call).put(subnet.id, subnet)
    return { Subnet: subnetShape(subnet, call) }
  },
})

function freeCidr(input: CreateSubnetRequest, vpc: VpcRow, call: Call): string {
  if (!input.CidrBlock) throw new AwsError('MissingParameter', 'The request must contain the parameter cidrBlock')
  const block = readCidr(input.CidrBlock, 'cidrBlock')
  if (!allowedSize(block) || !contains(readCidr(vpc.CidrBlock, 'cidrBlock'), block))
    throw new AwsError('InvalidSubnet.Range', `The CIDR '${input.CidrBlock}' is invalid.`)
  for (const other of rows(subnets, call).values())
    if (other.VpcId === vpc.id && overlaps(readCidr(other.CidrBlock, 'cidrBlock'), block))
      throw new AwsError('InvalidSubnet.Conflict', `The CIDR '${input.CidrBlock}' conflicts with another subnet`)
  return writeCidr(block)
}

function zoneOf(input: CreateSubnetRequest, call: Call): Zone {
  const zones = zonesOf(call)
  const wanted = input.AvailabilityZone ?? input.AvailabilityZoneId
  const zone = wanted ? zones.find((one) => one.ZoneName === wanted || one.ZoneId === wanted) : zones[0]
  if (zone) return zone
  const known = zones.map((one) => one.ZoneName).join(', ')
  throw new AwsError(
    'InvalidParameterValue',
    `Value (${wanted}) for parameter availabilityZone is invalid. Subnets can currently only be created in the following availability zones: ${known}.`,
  )
}
