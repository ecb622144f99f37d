import type {
  DescribeDhcpOptionsRequest,
  DescribeDhcpOptionsResult,
  DescribeNetworkAclsRequest,
  DescribeNetworkAclsResult,
} from '@aws-sdk/client-ec2'
import { AwsError } from '../../kernel/aws-error.ts'
import { operation } from '../../kernel/operation.ts'
import { anyResource } from './access.ts'
import { dhcpOptionsIdOf } from './create-vpc.ts'
import { type FilterTable, filtered, select } from './describe.ts'
import { networkAcls } from './kinds.ts'
import { networkAclShape } from './shape.ts'
import type { NetworkAclRow } from './state.ts'

const filters: FilterTable<NetworkAclRow> = {
  'network-acl-id': (row) => row.id,
  'vpc-id': (row) => row.VpcId,
  default: (row) => row.IsDefault,
  'association.subnet-id': (row, call) => networkAclShape(row, call).Associations.map((one) => one.SubnetId),
  'association.network-acl-id': (row) => row.id,
  'association.association-id': (row, call) =>
    networkAclShape(row, call).Associations.map((one) => one.NetworkAclAssociationId),
}

export const describeNetworkAcls = operation<DescribeNetworkAclsRequest, DescribeNetworkAclsResult>({
  name: 'DescribeNetworkAcls',
  access: (_input, call) => anyResource('DescribeNetworkAcls', call),
  handle: (input, call) => {
    const found = select(networkAcls, call, input.NetworkAclIds, input.Filters, filters)
    return { NetworkAcls: found.map((row) => networkAclShape(row, call)) }
  },
})

type DhcpRow = { DhcpOptionsId: string }

const dhcpFilters: FilterTable<DhcpRow> = { 'dhcp-options-id': (row) => row.DhcpOptionsId }

/** Each region of an account has AWS's default set only (VPC User Guide, "Default DHCP option set"). */
export const describeDhcpOptions = operation<DescribeDhcpOptionsRequest, DescribeDhcpOptionsResult>({
  name: 'DescribeDhcpOptions',
  access: (_input, call) => anyResource('DescribeDhcpOptions', call),
  handle: (input, call) => {
    const DhcpOptionsId = dhcpOptionsIdOf(call)
    const unknown = input.DhcpOptionsIds?.find((id) => id !== DhcpOptionsId)
    if (unknown) throw new AwsError('InvalidDhcpOptionID.NotFound', `The dhcpOption ID '${unknown}' does not exist`)
    const own = {
      DhcpOptionsId,
      OwnerId: call.account,
      Tags: [],
      DhcpConfigurations: [
        { Key: 'domain-name', Values: [{ Value: `${call.region}.compute.internal` }] },
        { Key: 'domain-name-servers', Values: [{ Value: 'AmazonProvidedDNS' }] },
      ],
    }
    return { DhcpOptions: filtered([own], input.Filters, dhcpFilters, call) }
  },
})
