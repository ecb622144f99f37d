import type { DescribeSubnetsRequest, DescribeSubnetsResult } from '@aws-sdk/client-ec2'
import { operation } from '../../kernel/operation.ts'
import { anyResource } from './access.ts'
import { type FilterTable, select } from './describe.ts'
import { ec2Arn } from './kind.ts'
import { subnets } from './kinds.ts'
import { subnetShape } from './shape.ts'
import type { SubnetRow } from './state.ts'

const filters: FilterTable<SubnetRow> = {
  'subnet-id': (row) => row.id,
  'subnet-arn': (row, call) => ec2Arn(call, 'subnet', row.id),
  'vpc-id': (row) => row.VpcId,
  'cidr-block': (row) => row.CidrBlock,
  cidrBlock: (row) => row.CidrBlock,
  cidr: (row) => row.CidrBlock,
  'availability-zone': (row) => row.AvailabilityZone,
  availabilityZone: (row) => row.AvailabilityZone,
  'availability-zone-id': (row) => row.AvailabilityZoneId,
  'default-for-az': (row) => row.DefaultForAz,
  'map-public-ip-on-launch': (row) => row.MapPublicIpOnLaunch,
  'available-ip-address-count': (row, call) => subnetShape(row, call).AvailableIpAddressCount,
  state: (row) => row.State,
}

export const describeSubnets = operation<DescribeSubnetsRequest, DescribeSubnetsResult>({
  name: 'DescribeSubnets',
  access: (_input, call) => anyResource('DescribeSubnets', call),
  handle: (input, call) => {
    const found = select(subnets, call, input.SubnetIds, input.Filters, filters)
    return { Subnets: found.map((row) => subnetShape(row, call)) }
  },
})
