import type { VpcConfig } from '@aws-sdk/client-sagemaker'
import type { Call, CallOrigin } from '../../kernel/operation.ts'
import type { RouteTableRow, SecurityGroupRow, SubnetRow, VpcEndpointRow } from '../ec2/state.ts'
import { validation } from './errors.ts'

const ec2 = { service: 'ec2' }

/** Throws unless the subnets and groups exist, and are all of one VPC. Returns that VPC's id. */
export function demandVpc(
  call: Call,
  { Subnets = [], SecurityGroupIds = [] }: Partial<VpcConfig>,
  vpcId?: string,
): string {
  const subnets = Subnets.map((id) => {
    const subnet = call.table<SubnetRow>('subnet', ec2).get(id)
    if (!subnet) throw validation(`The subnet ID '${id}' does not exist`)
    return subnet
  })
  const home = vpcId ?? subnets[0]?.VpcId ?? ''
  for (const subnet of subnets)
    if (subnet.VpcId !== home) throw validation(`The subnet '${subnet.id}' does not belong to the VPC '${home}'`)
  for (const id of SecurityGroupIds) {
    const group = call.table<SecurityGroupRow>('security-group', ec2).get(id)
    if (!group) throw validation(`The security group ID '${id}' does not exist`)
    if (group.VpcId !== home) throw validation(`The security group '${id}' does not belong to the VPC '${home}'`)
  }
  return home
}

/**
 * Where a workload's S3 calls come from. Without a VPC: SageMaker's own network. In a VPC: the S3 endpoint that its
 * subnets reach; undefined when there is none, for then nothing leads from these subnets to S3.
 */
export function s3Origin(call: Call, vpc: VpcConfig | undefined): CallOrigin | undefined {
  if (!vpc?.Subnets?.length) return { sourceIp: 'sagemaker.amazonaws.com', secure: true }
  const vpcId = demandVpc(call, vpc)
  const endpoint = [...call.table<VpcEndpointRow>('vpc-endpoint', ec2).values()].find(
    (each) => each.VpcId === vpcId && each.ServiceName.endsWith('.s3') && serves(call, each, vpc.Subnets ?? []),
  )
  return endpoint && { sourceIp: '10.0.0.1', vpcId, vpcEndpointId: endpoint.id, secure: true }
}

/** A gateway endpoint serves the subnets whose route table names it; an interface endpoint serves its whole VPC. */
function serves(call: Call, endpoint: VpcEndpointRow, subnets: readonly string[]): boolean {
  if (endpoint.VpcEndpointType === 'Interface') return true
  const tables = [...call.table<RouteTableRow>('route-table', ec2).values()].filter(
    (table) => table.VpcId === endpoint.VpcId,
  )
  return subnets.every((subnet) => {
    const own = tables.find((table) => table.Associations.some((each) => each.SubnetId === subnet))
    const table = own ?? tables.find((each) => each.Associations.some((association) => association.Main))
    return table !== undefined && endpoint.RouteTableIds.includes(table.id)
  })
}
