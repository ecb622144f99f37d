import type { DescribeVpcsRequest, DescribeVpcsResult } from '@aws-sdk/client-ec2'
import { operation } from '../../kernel/operation.ts'
import { anyResource } from './access.ts'
import { type FilterTable, select } from './describe.ts'
import { vpcs } from './kinds.ts'
import { shape } from './shape.ts'
import type { VpcRow } from './state.ts'

const filters: FilterTable<VpcRow> = {
  'vpc-id': (row) => row.id,
  cidr: (row) => row.CidrBlock,
  'cidr-block-association.cidr-block': (row) => row.CidrBlock,
  'dhcp-options-id': (row) => row.DhcpOptionsId,
  'is-default': (row) => row.IsDefault,
  state: (row) => row.State,
}

export const describeVpcs = operation<DescribeVpcsRequest, DescribeVpcsResult>({
  name: 'DescribeVpcs',
  access: (_input, call) => anyResource('DescribeVpcs', call),
  handle: (input, call) => {
    const found = select(vpcs, call, input.VpcIds, input.Filters, filters)
    return { Vpcs: found.map((row) => shape(vpcs, row, call)) }
  },
})
