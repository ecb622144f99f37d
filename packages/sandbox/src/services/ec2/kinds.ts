import type { Call } from '../../kernel/operation.ts'
import { type Ec2Row, ec2Arn, type Kind } from './kind.ts'
import type {
  FlowLogRow,
  InternetGatewayRow,
  NetworkAclRow,
  NetworkInterfaceRow,
  RouteTableRow,
  SecurityGroupRow,
  SecurityGroupRuleRow,
  SubnetRow,
  VpcEndpointRow,
  VpcRow,
} from './state.ts'

/** Error codes: EC2 API Reference, "Error codes for the Amazon EC2 API". Condition keys: Service Authorization Reference. */
const doesNotExist = (noun: string) => (id: string) => `The ${noun} '${id}' does not exist`

const vpcKey = (call: Call, vpcId: string) => ({ 'ec2:Vpc': ec2Arn(call, 'vpc', vpcId) })

export const vpcs: Kind<VpcRow> = {
  name: 'vpc',
  idPrefix: 'vpc',
  idMember: 'VpcId',
  notFound: { code: 'InvalidVpcID.NotFound', message: doesNotExist('vpc ID') },
  malformed: 'InvalidVpcID.Malformed',
  keys: (row) => ({ 'ec2:VpcID': row.id, 'ec2:Tenancy': row.InstanceTenancy }),
}

export const subnets: Kind<SubnetRow> = {
  name: 'subnet',
  idPrefix: 'subnet',
  idMember: 'SubnetId',
  notFound: { code: 'InvalidSubnetID.NotFound', message: doesNotExist('subnet ID') },
  malformed: 'InvalidSubnetID.Malformed',
  keys: (row, call) => ({
    ...vpcKey(call, row.VpcId),
    'ec2:SubnetID': row.id,
    'ec2:AvailabilityZone': row.AvailabilityZone,
    'ec2:AvailabilityZoneId': row.AvailabilityZoneId,
  }),
}

export const securityGroups: Kind<SecurityGroupRow> = {
  name: 'security-group',
  idPrefix: 'sg',
  idMember: 'GroupId',
  notFound: { code: 'InvalidGroup.NotFound', message: doesNotExist('security group') },
  malformed: 'InvalidGroupId.Malformed',
  keys: (row, call) => ({ ...vpcKey(call, row.VpcId), 'ec2:SecurityGroupID': row.id }),
}

export const securityGroupRules: Kind<SecurityGroupRuleRow> = {
  name: 'security-group-rule',
  idPrefix: 'sgr',
  idMember: 'SecurityGroupRuleId',
  notFound: { code: 'InvalidSecurityGroupRuleId.NotFound', message: doesNotExist('security group rule ID') },
  malformed: 'InvalidSecurityGroupRuleId.Malformed',
  keys: () => ({}),
}

export const routeTables: Kind<RouteTableRow> = {
  name: 'route-table',
  idPrefix: 'rtb',
  idMember: 'RouteTableId',
  notFound: { code: 'InvalidRouteTableID.NotFound', message: doesNotExist('routeTable ID') },
  malformed: 'InvalidRouteTableId.Malformed',
  keys: (row, call) => ({ ...vpcKey(call, row.VpcId), 'ec2:RouteTableID': row.id }),
}

export const networkAcls: Kind<NetworkAclRow> = {
  name: 'network-acl',
  idPrefix: 'acl',
  idMember: 'NetworkAclId',
  notFound: { code: 'InvalidNetworkAclID.NotFound', message: doesNotExist('networkAcl ID') },
  keys: (row, call) => ({ ...vpcKey(call, row.VpcId), 'ec2:NetworkAclID': row.id }),
}

export const vpcEndpoints: Kind<VpcEndpointRow> = {
  name: 'vpc-endpoint',
  idPrefix: 'vpce',
  idMember: 'VpcEndpointId',
  notFound: { code: 'InvalidVpcEndpointId.NotFound', message: doesNotExist('Vpc Endpoint Id') },
  malformed: 'InvalidVpcEndpointId.Malformed',
  keys: (row) => ({ 'ec2:VpceServiceName': row.ServiceName }),
}

export const networkInterfaces: Kind<NetworkInterfaceRow> = {
  name: 'network-interface',
  idPrefix: 'eni',
  idMember: 'NetworkInterfaceId',
  notFound: { code: 'InvalidNetworkInterfaceID.NotFound', message: doesNotExist('networkInterface ID') },
  malformed: 'InvalidNetworkInterfaceId.Malformed',
  keys: (row, call) => ({
    ...vpcKey(call, row.VpcId),
    'ec2:NetworkInterfaceID': row.id,
    'ec2:Subnet': ec2Arn(call, 'subnet', row.SubnetId),
    'ec2:AvailabilityZone': row.AvailabilityZone,
  }),
}

export const internetGateways: Kind<InternetGatewayRow> = {
  name: 'internet-gateway',
  idPrefix: 'igw',
  idMember: 'InternetGatewayId',
  notFound: { code: 'InvalidInternetGatewayID.NotFound', message: doesNotExist('internetGateway ID') },
  keys: (row) => ({ 'ec2:InternetGatewayID': row.id }),
}

export const flowLogs: Kind<FlowLogRow> = {
  name: 'vpc-flow-log',
  idPrefix: 'fl',
  idMember: 'FlowLogId',
  notFound: {
    code: 'InvalidFlowLogId.NotFound',
    message: (id) => `These flow log ids in the input list are not found: [TotalCount: 1] ${id}`,
  },
  keys: () => ({}),
}

/** All kinds that can be tagged by id. */
// biome-ignore lint/suspicious/noExplicitAny: kinds differ in their row type, tags do not
export const kinds: readonly Kind<any>[] = [
  vpcs,
  subnets,
  securityGroups,
  securityGroupRules,
  routeTables,
  networkAcls,
  vpcEndpoints,
  networkInterfaces,
  internetGateways,
  flowLogs,
]

/** The kind that an id belongs to, by its prefix. */
export function kindOfId(id: string): Kind<Ec2Row> | undefined {
  const prefix = id.slice(0, id.indexOf('-'))
  return kinds.find((kind) => kind.idPrefix === prefix)
}
