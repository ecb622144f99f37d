import { AwsError } from '../../kernel/aws-error.ts'
import type { Call, Operation } from '../../kernel/operation.ts'
import type { Service } from '../../kernel/service.ts'
import { authorizeSecurityGroupEgress, authorizeSecurityGroupIngress } from './authorize-security-group.ts'
import { createRouteTable } from './create-route-table.ts'
import { createSecurityGroup } from './create-security-group.ts'
import { createSubnet } from './create-subnet.ts'
import { createVpc } from './create-vpc.ts'
import { createVpcEndpoint } from './create-vpc-endpoint.ts'
import { deleteRouteTable } from './delete-route-table.ts'
import { deleteSecurityGroup } from './delete-security-group.ts'
import { deleteSubnet } from './delete-subnet.ts'
import { deleteVpc } from './delete-vpc.ts'
import { describeDhcpOptions, describeNetworkAcls } from './describe-network-acls.ts'
import { describeRouteTables } from './describe-route-tables.ts'
import { describeSecurityGroupRules, describeSecurityGroups } from './describe-security-groups.ts'
import { describeSubnets } from './describe-subnets.ts'
import { describeVpcAttribute } from './describe-vpc-attribute.ts'
import {
  describeManagedPrefixLists,
  describePrefixLists,
  describeVpcEndpointServices,
} from './describe-vpc-endpoint-services.ts'
import { describeVpcs } from './describe-vpcs.ts'
import { describeAccountAttributes, describeAvailabilityZones, describeRegions } from './describe-zones-and-regions.ts'
import { createFlowLogs, deleteFlowLogs, describeFlowLogs } from './flow-logs.ts'
import {
  attachInternetGateway,
  createInternetGateway,
  deleteInternetGateway,
  describeInternetGateways,
  describeNatGateways,
  detachInternetGateway,
} from './internet-gateways.ts'
import { type Ec2Row, ec2Arn, rows } from './kind.ts'
import { kinds } from './kinds.ts'
import { modifySecurityGroupRules } from './modify-security-group-rules.ts'
import { modifySubnetAttribute } from './modify-subnet-attribute.ts'
import { modifyVpcAttribute } from './modify-vpc-attribute.ts'
import { modifyVpcEndpoint } from './modify-vpc-endpoint.ts'
import { createNetworkInterface, deleteNetworkInterface, describeNetworkInterfaces } from './network-interfaces.ts'
import { revokeSecurityGroupEgress, revokeSecurityGroupIngress } from './revoke-security-group.ts'
import {
  associateRouteTable,
  disassociateRouteTable,
  replaceRouteTableAssociation,
} from './route-table-associations.ts'
import { createRoute, deleteRoute, replaceRoute } from './routes.ts'
import { createTags, deleteTags, describeTags } from './tags.ts'
import { deleteVpcEndpoints, describeVpcEndpoints } from './vpc-endpoints.ts'

// biome-ignore lint/suspicious/noExplicitAny: operations differ in their input and output types
const operations: Operation<any, any>[] = [
  ...[createVpc, deleteVpc, describeVpcs, describeVpcAttribute, modifyVpcAttribute],
  ...[createSubnet, deleteSubnet, describeSubnets, modifySubnetAttribute],
  ...[createSecurityGroup, deleteSecurityGroup, describeSecurityGroups, describeSecurityGroupRules],
  ...[authorizeSecurityGroupIngress, authorizeSecurityGroupEgress, modifySecurityGroupRules],
  ...[revokeSecurityGroupIngress, revokeSecurityGroupEgress],
  ...[createRouteTable, deleteRouteTable, describeRouteTables, createRoute, replaceRoute, deleteRoute],
  ...[associateRouteTable, disassociateRouteTable, replaceRouteTableAssociation],
  ...[createVpcEndpoint, modifyVpcEndpoint, deleteVpcEndpoints, describeVpcEndpoints, describeVpcEndpointServices],
  ...[describePrefixLists, describeManagedPrefixLists],
  ...[createNetworkInterface, deleteNetworkInterface, describeNetworkInterfaces],
  ...[createInternetGateway, attachInternetGateway, detachInternetGateway, deleteInternetGateway],
  ...[describeInternetGateways, describeNatGateways, describeNetworkAcls, describeDhcpOptions],
  ...[createFlowLogs, deleteFlowLogs, describeFlowLogs, createTags, deleteTags, describeTags],
  ...[describeAvailabilityZones, describeRegions, describeAccountAttributes],
]

/** EC2's VPC part. DryRun is answered here: after authorisation, instead of the work. */
export const service: Service = {
  name: 'ec2',
  model: 'ec2',
  scope: 'region',
  operations: operations.map((one) => ({
    ...one,
    handle: (input: { DryRun?: boolean }, call: Call) => {
      if (input.DryRun)
        throw new AwsError('DryRunOperation', 'Request would have succeeded, but DryRun flag is set.', 412)
      return one.handle(input, call)
    },
  })),
  tagged: (call) =>
    kinds.flatMap((kind) =>
      [...rows(kind, call).values()].map((row: Ec2Row) => ({ arn: ec2Arn(call, kind.name, row.id), tags: row.tags })),
    ),
}
