import type {
  DeleteVpcEndpointsRequest,
  DeleteVpcEndpointsResult,
  DescribeVpcEndpointsRequest,
  DescribeVpcEndpointsResult,
} from '@aws-sdk/client-ec2'
import { operation } from '../../kernel/operation.ts'
import { anyResource, onExisting } from './access.ts'
import { type FilterTable, select } from './describe.ts'
import { rows } from './kind.ts'
import { networkInterfaces, vpcEndpoints } from './kinds.ts'
import { vpcEndpointShape } from './shape.ts'
import type { VpcEndpointRow } from './state.ts'

const filters: FilterTable<VpcEndpointRow> = {
  'vpc-endpoint-id': (row) => row.id,
  'vpc-id': (row) => row.VpcId,
  'service-name': (row) => row.ServiceName,
  'vpc-endpoint-type': (row) => row.VpcEndpointType,
  'vpc-endpoint-state': (row) => row.State,
}

export const describeVpcEndpoints = operation<DescribeVpcEndpointsRequest, DescribeVpcEndpointsResult>({
  name: 'DescribeVpcEndpoints',
  access: (_input, call) => anyResource('DescribeVpcEndpoints', call),
  handle: (input, call) => {
    const found = select(vpcEndpoints, call, input.VpcEndpointIds, input.Filters, filters)
    return {
      VpcEndpoints: found.map((row) => vpcEndpointShape(row, call) as object),
    }
  },
})

/** Answers 200 with the ids that failed: that is how AWS's own call reports a missing endpoint. */
export const deleteVpcEndpoints = operation<DeleteVpcEndpointsRequest, DeleteVpcEndpointsResult>({
  name: 'DeleteVpcEndpoints',
  access: (input, call) =>
    (input.VpcEndpointIds ?? []).map((id) => onExisting('DeleteVpcEndpoints', vpcEndpoints, id, call)),
  handle: (input, call) => {
    const missing = (input.VpcEndpointIds ?? []).filter((id) => !rows(vpcEndpoints, call).has(id))
    for (const id of input.VpcEndpointIds ?? []) {
      for (const eni of rows(vpcEndpoints, call).get(id)?.NetworkInterfaceIds ?? [])
        rows(networkInterfaces, call).delete(eni)
      rows(vpcEndpoints, call).delete(id)
    }
    return {
      Unsuccessful: missing.map((id) => ({
        ResourceId: id,
        Error: { Code: vpcEndpoints.notFound.code, Message: vpcEndpoints.notFound.message(id) },
      })),
    }
  },
})
