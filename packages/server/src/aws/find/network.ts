import {
  DescribeRouteTablesCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVpcEndpointsCommand,
  DescribeVpcsCommand,
  EC2Client,
  type Filter,
} from '@aws-sdk/client-ec2'
import { type Finder, plannedTag, stackTag, type Wanted } from './finder.ts'

/** What EC2 makes has no name of its own: the stack's tag and the `Name` tag are set in the creating call. */
function byTags(wanted: Wanted, ...further: Filter[]): Filter[] {
  const name = plannedTag(wanted, 'Name')
  return [
    { Name: `tag:${stackTag}`, Values: [wanted.stackKey] },
    ...(name ? [{ Name: 'tag:Name', Values: [name] }] : []),
    ...further,
  ]
}

/** A filter by an attribute whose value the plan knows. */
const by = (wanted: Wanted, filter: string, attribute: string): Filter[] =>
  typeof wanted.after[attribute] === 'string' ? [{ Name: filter, Values: [wanted.after[attribute] as string] }] : []

/** More than one match cannot be told apart: adopting the wrong one would be worse than stopping. */
function single(type: string, ids: readonly (string | undefined)[]): string | undefined {
  if (ids.length > 1)
    throw new Error(`adopting ${type}: ${ids.length} match (${ids.join(', ')}); remove those that are not in use`)
  return ids[0]
}

export const vpc: Finder = async (session, wanted) => {
  const { Vpcs } = await session
    .client(EC2Client)
    .send(new DescribeVpcsCommand({ Filters: byTags(wanted, ...by(wanted, 'cidr', 'cidr_block')) }))
  return single(
    wanted.type,
    (Vpcs ?? []).map((one) => one.VpcId),
  )
}

export const subnet: Finder = async (session, wanted) => {
  const filters = byTags(wanted, ...by(wanted, 'vpc-id', 'vpc_id'), ...by(wanted, 'cidr-block', 'cidr_block'))
  const { Subnets } = await session.client(EC2Client).send(new DescribeSubnetsCommand({ Filters: filters }))
  return single(
    wanted.type,
    (Subnets ?? []).map((one) => one.SubnetId),
  )
}

export const routeTable: Finder = async (session, wanted) => {
  const { RouteTables } = await session
    .client(EC2Client)
    .send(new DescribeRouteTablesCommand({ Filters: byTags(wanted, ...by(wanted, 'vpc-id', 'vpc_id')) }))
  return single(
    wanted.type,
    (RouteTables ?? []).map((one) => one.RouteTableId),
  )
}

/** Its id is its two ends; it is ours when both are, which the plan knows only once they are adopted. */
export const routeTableAssociation: Finder = async (session, wanted) => {
  const { subnet_id: subnetId, route_table_id: tableId } = wanted.after
  if (typeof subnetId !== 'string' || typeof tableId !== 'string') return undefined
  const { RouteTables } = await session
    .client(EC2Client)
    .send(new DescribeRouteTablesCommand({ RouteTableIds: [tableId] }))
  const found = RouteTables?.[0]?.Associations?.some((association) => association.SubnetId === subnetId)
  return found ? `${subnetId}/${tableId}` : undefined
}

export const securityGroup: Finder = async (session, wanted) => {
  const filters = byTags(wanted, ...by(wanted, 'vpc-id', 'vpc_id'), ...by(wanted, 'group-name', 'name'))
  const { SecurityGroups } = await session
    .client(EC2Client)
    .send(new DescribeSecurityGroupsCommand({ Filters: filters }))
  return single(
    wanted.type,
    (SecurityGroups ?? []).map((one) => one.GroupId),
  )
}

export const securityGroupRule: Finder = async (session, wanted) => {
  const { after, type } = wanted
  if (typeof after.security_group_id !== 'string') return undefined
  const filters = [{ Name: 'group-id', Values: [after.security_group_id] }]
  const { SecurityGroupRules } = await session
    .client(EC2Client)
    .send(new DescribeSecurityGroupRulesCommand({ Filters: filters }))
  const same = (SecurityGroupRules ?? []).filter(
    (rule) =>
      rule.IsEgress === (type === 'aws_vpc_security_group_egress_rule') &&
      rule.IpProtocol === after.ip_protocol &&
      (after.from_port == null || rule.FromPort === after.from_port) &&
      (after.to_port == null || rule.ToPort === after.to_port) &&
      (rule.CidrIpv4 ?? null) === (after.cidr_ipv4 ?? null) &&
      (rule.PrefixListId ?? null) === (after.prefix_list_id ?? null) &&
      (rule.ReferencedGroupInfo?.GroupId ?? null) === (after.referenced_security_group_id ?? null),
  )
  return single(
    type,
    same.map((rule) => rule.SecurityGroupRuleId),
  )
}

export const vpcEndpoint: Finder = async (session, wanted) => {
  const filters = byTags(wanted, ...by(wanted, 'vpc-id', 'vpc_id'), ...by(wanted, 'service-name', 'service_name'))
  const { VpcEndpoints } = await session.client(EC2Client).send(new DescribeVpcEndpointsCommand({ Filters: filters }))
  const living = (VpcEndpoints ?? []).filter((one) => !/^delet/i.test(one.State ?? ''))
  return single(
    wanted.type,
    living.map((one) => one.VpcEndpointId),
  )
}
