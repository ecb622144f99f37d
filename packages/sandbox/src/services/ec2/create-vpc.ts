import type { CreateVpcRequest, CreateVpcResult } from '@aws-sdk/client-ec2'
import { AwsError } from '../../kernel/aws-error.ts'
import { type Call, operation } from '../../kernel/operation.ts'
import { onCreated } from './access.ts'
import { allowedSize, readCidr, writeCidr } from './cidr.ts'
import { newRouteTable } from './create-route-table.ts'
import { newId, rows } from './kind.ts'
import { networkAcls, vpcs } from './kinds.ts'
import { newSecurityGroup } from './new-security-group.ts'
import { putRule } from './security-group-rules.ts'
import { shape } from './shape.ts'
import type { VpcRow } from './state.ts'
import { checkedTags } from './tag-specification.ts'

/** Makes the VPC with what AWS makes beside it: main route table, default security group, default network ACL. */
export const createVpc = operation<CreateVpcRequest, CreateVpcResult>({
  name: 'CreateVpc',
  access: (input, call) => onCreated('CreateVpc', vpcs, input, call),
  handle: (input, call) => {
    const CidrBlock = vpcCidr(input)
    const vpc: VpcRow = {
      id: newId(vpcs, call),
      tags: checkedTags(input.TagSpecifications, 'vpc'),
      CidrBlock,
      State: 'available',
      InstanceTenancy: input.InstanceTenancy ?? 'default',
      IsDefault: false,
      DhcpOptionsId: dhcpOptionsIdOf(call),
      CidrBlockAssociationSet: [
        { AssociationId: `vpc-cidr-assoc-${call.id(17)}`, CidrBlock, CidrBlockState: { State: 'associated' } },
      ],
      Ipv6CidrBlockAssociationSet: [],
      attributes: { enableDnsSupport: true, enableDnsHostnames: false, enableNetworkAddressUsageMetrics: false },
    }
    rows(vpcs, call).put(vpc.id, vpc)
    newRouteTable(vpc, {}, call, true)
    addDefaultSecurityGroup(vpc, call)
    addDefaultNetworkAcl(vpc, call)
    return { Vpc: shape(vpcs, vpc, call) }
  },
})

/** Every region of an account has one set of default DHCP options. */
export function dhcpOptionsIdOf(call: Call): string {
  return `dopt-${call.account.padStart(17, '0')}`
}

function vpcCidr(input: CreateVpcRequest): string {
  if (input.AmazonProvidedIpv6CidrBlock || input.Ipv6CidrBlock || input.Ipv4IpamPoolId)
    throw new AwsError('UnsupportedOperation', 'The sandbox makes VPCs with one IPv4 CIDR block only.')
  if (!input.CidrBlock) throw new AwsError('MissingParameter', 'Either cidrBlock or ipv4IpamPoolId should be provided.')
  const block = readCidr(input.CidrBlock, 'cidrBlock')
  if (!allowedSize(block)) throw new AwsError('InvalidVpc.Range', `The CIDR '${input.CidrBlock}' is invalid.`)
  return writeCidr(block)
}

function addDefaultSecurityGroup(vpc: VpcRow, call: Call): void {
  const group = newSecurityGroup(vpc, 'default', 'default VPC security group', {}, call)
  const everything = { GroupId: group.id, IpProtocol: '-1', FromPort: -1, ToPort: -1 }
  putRule(
    { ...everything, IsEgress: false, ReferencedGroupInfo: { GroupId: group.id, UserId: call.account } },
    {},
    call,
  )
}

function addDefaultNetworkAcl(vpc: VpcRow, call: Call): void {
  const entry = (Egress: boolean, RuleNumber: number, RuleAction: 'allow' | 'deny') => ({
    CidrBlock: '0.0.0.0/0',
    Egress,
    Protocol: '-1',
    RuleAction,
    RuleNumber,
  })
  const id = newId(networkAcls, call)
  // 32767 is the rule that AWS shows as `*`: deny what no other rule matched.
  const Entries = [true, false].flatMap((egress) => [entry(egress, 100, 'allow'), entry(egress, 32_767, 'deny')])
  rows(networkAcls, call).put(id, { id, tags: {}, VpcId: vpc.id, IsDefault: true, Entries })
}
