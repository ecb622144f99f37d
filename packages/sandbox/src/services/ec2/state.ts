import type {
  FlowLog,
  InternetGateway,
  NetworkAcl,
  NetworkInterface,
  Route,
  RouteTableAssociation,
  SecurityGroup,
  SecurityGroupRule,
  Subnet,
  Vpc,
  VpcEndpoint,
} from '@aws-sdk/client-ec2'
import type { Ec2Row } from './kind.ts'

/** Rows are AWS's own shapes as JSON, plus `id` and `tags`; what can be derived (owner, ARN, rules) is not stored. */
type Shape<Aws, Derived extends keyof Aws, Known> = Omit<Aws, Derived | 'Tags' | keyof Known> & Known & Ec2Row

type VpcAttribute = 'enableDnsSupport' | 'enableDnsHostnames' | 'enableNetworkAddressUsageMetrics'

export type VpcRow = Shape<Vpc, 'VpcId' | 'OwnerId', { CidrBlock: string; attributes: Record<VpcAttribute, boolean> }>

export type SubnetRow = Shape<
  Subnet,
  'SubnetId' | 'OwnerId' | 'SubnetArn' | 'AvailableIpAddressCount',
  { VpcId: string; CidrBlock: string; AvailabilityZone: string; AvailabilityZoneId: string }
>

export type SecurityGroupRow = Shape<
  SecurityGroup,
  'GroupId' | 'OwnerId' | 'SecurityGroupArn' | 'IpPermissions' | 'IpPermissionsEgress',
  { VpcId: string; GroupName: string; Description: string }
>

export type SecurityGroupRuleRow = Shape<
  SecurityGroupRule,
  'SecurityGroupRuleId' | 'SecurityGroupRuleArn' | 'GroupOwnerId',
  { GroupId: string; IsEgress: boolean; IpProtocol: string; FromPort: number; ToPort: number }
>

export type RouteTableRow = Ec2Row & { VpcId: string; Routes: Route[]; Associations: RouteTableAssociation[] }

export type NetworkAclRow = Shape<NetworkAcl, 'NetworkAclId' | 'OwnerId' | 'Associations', { VpcId: string }>

export type VpcEndpointRow = Shape<
  VpcEndpoint,
  'VpcEndpointId' | 'OwnerId' | 'Groups',
  {
    VpcId: string
    ServiceName: string
    VpcEndpointType: 'Gateway' | 'Interface'
    PolicyDocument: string
    RouteTableIds: string[]
    SubnetIds: string[]
    NetworkInterfaceIds: string[]
    groupIds: string[]
    PrivateDnsEnabled: boolean
    CreationTimestamp: string
  }
>

export type NetworkInterfaceRow = Shape<
  NetworkInterface,
  'NetworkInterfaceId' | 'OwnerId' | 'Groups' | 'TagSet' | 'PrivateIpAddresses' | 'PrivateDnsName' | 'Attachment',
  { VpcId: string; SubnetId: string; AvailabilityZone: string; PrivateIpAddress: string; groupIds: string[] }
>

export type InternetGatewayRow = Ec2Row & { Attachments: NonNullable<InternetGateway['Attachments']> }

export type FlowLogRow = Shape<FlowLog, 'FlowLogId', { ResourceId: string; CreationTime: string }>
