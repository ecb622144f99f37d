import type { Route } from '@aws-sdk/client-ec2'
import type { Call } from '../../kernel/operation.ts'
import { tagList } from '../tag-list.ts'
import { readCidr } from './cidr.ts'
import { type Ec2Row, ec2Arn, type Kind, rows } from './kind.ts'
import {
  networkAcls,
  networkInterfaces,
  routeTables,
  securityGroupRules,
  securityGroups,
  subnets,
  vpcEndpoints,
} from './kinds.ts'
import { ipPermissions } from './security-group-rules.ts'
import type {
  FlowLogRow,
  NetworkAclRow,
  NetworkInterfaceRow,
  RouteTableRow,
  SecurityGroupRow,
  SecurityGroupRuleRow,
  SubnetRow,
  VpcEndpointRow,
} from './state.ts'
import { prefixListIdOf } from './vpc-endpoint-services.ts'

/** A row as AWS shows it: id member, owner and tag list added. The encoder drops what the model does not name. */
export function shape<Row extends Ec2Row>(kind: Kind<Row>, row: Row, call: Call) {
  return { ...row, [kind.idMember]: row.id, OwnerId: call.account, Tags: tagList(row.tags) }
}

export function subnetShape(row: SubnetRow, call: Call) {
  const used = [...rows(networkInterfaces, call).values()].filter((one) => one.SubnetId === row.id).length
  return {
    ...shape(subnets, row, call),
    SubnetArn: ec2Arn(call, 'subnet', row.id),
    // AWS keeps the first four addresses and the last (VPC User Guide, "Subnet CIDR blocks").
    AvailableIpAddressCount: readCidr(row.CidrBlock, 'cidrBlock').size - 5 - used,
  }
}

export function securityGroupShape(row: SecurityGroupRow, call: Call) {
  const rules = [...rows(securityGroupRules, call).values()].filter((rule) => rule.GroupId === row.id)
  return {
    ...shape(securityGroups, row, call),
    SecurityGroupArn: ec2Arn(call, 'security-group', row.id),
    IpPermissions: ipPermissions(rules.filter((rule) => !rule.IsEgress)),
    IpPermissionsEgress: ipPermissions(rules.filter((rule) => rule.IsEgress)),
  }
}

export function securityGroupRuleShape(row: SecurityGroupRuleRow, call: Call) {
  return {
    ...shape(securityGroupRules, row, call),
    GroupOwnerId: call.account,
    SecurityGroupRuleArn: ec2Arn(call, 'security-group-rule', row.id),
  }
}

/** Gateway endpoints appear as routes to their prefix list in every table they are associated with. */
export function routeTableShape(row: RouteTableRow, call: Call) {
  const endpointRoutes = [...rows(vpcEndpoints, call).values()]
    .filter((one) => one.VpcEndpointType === 'Gateway' && one.RouteTableIds.includes(row.id))
    .map((one) => ({
      DestinationPrefixListId: prefixListIdOf(one.ServiceName),
      GatewayId: one.id,
      Origin: 'CreateRoute' as const,
      State: 'active' as const,
    }))
  const Routes: Route[] = [...row.Routes, ...endpointRoutes]
  return { ...shape(routeTables, row, call), Routes, PropagatingVgws: [] }
}

/** Subnets without an association of their own belong to the VPC's default network ACL; others cannot be made here. */
export function networkAclShape(row: NetworkAclRow, call: Call) {
  const own = [...rows(subnets, call).values()].filter((subnet) => subnet.VpcId === row.VpcId)
  return {
    ...shape(networkAcls, row, call),
    Associations: own.map((subnet) => ({
      NetworkAclAssociationId: `aclassoc-${subnet.id.slice('subnet-'.length)}`,
      NetworkAclId: row.id,
      SubnetId: subnet.id,
    })),
  }
}

export function vpcEndpointShape(row: VpcEndpointRow, call: Call) {
  return { ...shape(vpcEndpoints, row, call), Groups: groupsOf(row.groupIds, call) }
}

export function networkInterfaceShape(row: NetworkInterfaceRow, call: Call) {
  const name = `ip-${row.PrivateIpAddress.replaceAll('.', '-')}.${call.region}.compute.internal`
  return {
    ...shape(networkInterfaces, row, call),
    TagSet: tagList(row.tags),
    Groups: groupsOf(row.groupIds, call),
    PrivateDnsName: name,
    PrivateIpAddresses: [{ Primary: true, PrivateIpAddress: row.PrivateIpAddress, PrivateDnsName: name }],
  }
}

export function flowLogShape(row: FlowLogRow, call: Call) {
  return { ...row, FlowLogId: row.id, Tags: tagList(row.tags), FlowLogArn: ec2Arn(call, 'vpc-flow-log', row.id) }
}

function groupsOf(ids: readonly string[], call: Call) {
  return ids.map((GroupId) => ({ GroupId, GroupName: rows(securityGroups, call).get(GroupId)?.GroupName }))
}
