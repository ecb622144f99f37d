import {
  CreateSubnetCommand,
  CreateTagsCommand,
  CreateVpcCommand,
  DeleteSubnetCommand,
  DeleteTagsCommand,
  DeleteVpcCommand,
  DescribeAvailabilityZonesCommand,
  DescribeNetworkAclsCommand,
  DescribeRegionsCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeTagsCommand,
  DescribeVpcAttributeCommand,
  DescribeVpcsCommand,
  EC2Client,
  ModifySubnetAttributeCommand,
  ModifyVpcAttributeCommand,
  paginateDescribeSubnets,
} from '@aws-sdk/client-ec2'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { refusal, startTestBench, type TestBench } from '../test-bench.ts'

let bench: TestBench
let ec2: EC2Client

beforeAll(async () => {
  bench = await startTestBench()
  ec2 = new EC2Client(await bench.as('claims', 'admin'))
})
afterAll(() => bench.stop())

const vpcOf = async (CidrBlock: string) => {
  const made = await ec2.send(
    new CreateVpcCommand({
      CidrBlock,
      TagSpecifications: [{ ResourceType: 'vpc', Tags: [{ Key: 'Name', Value: CidrBlock }] }],
    }),
  )
  return made.Vpc?.VpcId as string
}
const subnetOf = async (VpcId: string, CidrBlock: string, AvailabilityZone = 'eu-west-1a') =>
  (await ec2.send(new CreateSubnetCommand({ VpcId, CidrBlock, AvailabilityZone }))).Subnet?.SubnetId as string

describe('VPCs', () => {
  it('come with a main route table, a default group and a default network ACL', async () => {
    const id = await vpcOf('10.0.0.0/16')
    const Filters = [{ Name: 'vpc-id', Values: [id] }]
    const { Vpcs } = await ec2.send(new DescribeVpcsCommand({ VpcIds: [id] }))
    expect(Vpcs).toMatchObject([
      {
        CidrBlock: '10.0.0.0/16',
        State: 'available',
        OwnerId: '300000000003',
        IsDefault: false,
        InstanceTenancy: 'default',
        Tags: [{ Key: 'Name', Value: '10.0.0.0/16' }],
        CidrBlockAssociationSet: [{ CidrBlock: '10.0.0.0/16', CidrBlockState: { State: 'associated' } }],
      },
    ])
    const { RouteTables } = await ec2.send(new DescribeRouteTablesCommand({ Filters }))
    expect(RouteTables).toMatchObject([
      { Associations: [{ Main: true }], Routes: [{ DestinationCidrBlock: '10.0.0.0/16', GatewayId: 'local' }] },
    ])
    const { SecurityGroups } = await ec2.send(new DescribeSecurityGroupsCommand({ Filters }))
    const [group] = SecurityGroups ?? []
    expect(group).toMatchObject({
      GroupName: 'default',
      IpPermissions: [{ IpProtocol: '-1', UserIdGroupPairs: [{ GroupId: group?.GroupId }] }],
      IpPermissionsEgress: [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
    })
    const { NetworkAcls } = await ec2.send(new DescribeNetworkAclsCommand({ Filters }))
    expect(NetworkAcls).toMatchObject([{ IsDefault: true, VpcId: id }])
    expect(NetworkAcls?.[0]?.Entries).toHaveLength(4)
  })

  it('keep their DNS attributes', async () => {
    const VpcId = await vpcOf('10.1.0.0/16')
    const hostnames = async () =>
      (await ec2.send(new DescribeVpcAttributeCommand({ VpcId, Attribute: 'enableDnsHostnames' }))).EnableDnsHostnames
    expect(await hostnames()).toEqual({ Value: false })
    await ec2.send(new ModifyVpcAttributeCommand({ VpcId, EnableDnsHostnames: { Value: true } }))
    expect(await hostnames()).toEqual({ Value: true })
  })

  it('are refused with a range outside /16 to /28, and with text that is no block', async () => {
    expect(await refusal(vpcOf('10.0.0.0/8'))).toMatchObject({ code: 'InvalidVpc.Range' })
    expect(await refusal(vpcOf('10.0.0.0/29'))).toMatchObject({ code: 'InvalidVpc.Range' })
    expect(await refusal(vpcOf('10.0.0.300/16'))).toMatchObject({ code: 'InvalidParameterValue' })
  })

  it('cannot be deleted while something is in them', async () => {
    const VpcId = await vpcOf('10.2.0.0/16')
    const SubnetId = await subnetOf(VpcId, '10.2.0.0/24')
    const refused = await refusal(ec2.send(new DeleteVpcCommand({ VpcId })))
    expect(refused).toMatchObject({
      code: 'DependencyViolation',
      message: `The vpc '${VpcId}' has dependencies and cannot be deleted.`,
    })
    await ec2.send(new DeleteSubnetCommand({ SubnetId }))
    await ec2.send(new DeleteVpcCommand({ VpcId }))
    expect(await refusal(ec2.send(new DescribeVpcsCommand({ VpcIds: [VpcId] })))).toMatchObject({
      code: 'InvalidVpcID.NotFound',
      message: `The vpc ID '${VpcId}' does not exist`,
    })
    const Filters = [{ Name: 'vpc-id', Values: [VpcId] }]
    expect((await ec2.send(new DescribeSecurityGroupsCommand({ Filters }))).SecurityGroups).toEqual([])
  })

  it('are not seen by another account, and say nothing of a dry run', async () => {
    const id = await vpcOf('10.3.0.0/16')
    const other = new EC2Client(await bench.as('trials', 'admin'))
    expect(await refusal(other.send(new DescribeVpcsCommand({ VpcIds: [id] })))).toMatchObject({
      code: 'InvalidVpcID.NotFound',
    })
    const dry = await refusal(ec2.send(new DeleteVpcCommand({ VpcId: id, DryRun: true })))
    expect(dry).toMatchObject({ code: 'DryRunOperation' })
  })
})

describe('subnets', () => {
  it('lie within their VPC and do not overlap', async () => {
    const VpcId = await vpcOf('10.4.0.0/16')
    const SubnetId = await subnetOf(VpcId, '10.4.1.0/24', 'eu-west-1b')
    const { Subnets } = await ec2.send(new DescribeSubnetsCommand({ SubnetIds: [SubnetId] }))
    expect(Subnets).toMatchObject([
      {
        AvailabilityZone: 'eu-west-1b',
        AvailabilityZoneId: 'euw1-az2',
        AvailableIpAddressCount: 251,
        SubnetArn: `arn:aws:ec2:eu-west-1:300000000003:subnet/${SubnetId}`,
      },
    ])
    expect(await refusal(subnetOf(VpcId, '10.4.1.128/25'))).toMatchObject({
      code: 'InvalidSubnet.Conflict',
      message: "The CIDR '10.4.1.128/25' conflicts with another subnet",
    })
    expect(await refusal(subnetOf(VpcId, '10.5.0.0/24'))).toMatchObject({ code: 'InvalidSubnet.Range' })
    expect(await refusal(subnetOf(VpcId, '10.4.2.0/24', 'us-east-1a'))).toMatchObject({ code: 'InvalidParameterValue' })
  })

  it('are listed by filters, wildcards and pages', async () => {
    const VpcId = await vpcOf('10.6.0.0/16')
    for (const third of [1, 2, 3, 4, 5]) await subnetOf(VpcId, `10.6.${third}.0/24`)
    const Filters = [{ Name: 'vpc-id', Values: [VpcId] }]
    const narrowed = [...Filters, { Name: 'cidr-block', Values: ['10.6.1.*', '10.6.2.?/24'] }]
    expect((await ec2.send(new DescribeSubnetsCommand({ Filters: narrowed }))).Subnets).toHaveLength(2)
    const pages: number[] = []
    for await (const page of paginateDescribeSubnets({ client: ec2, pageSize: 2 }, { Filters, MaxResults: 5 }))
      pages.push(page.Subnets?.length ?? 0)
    expect(pages.reduce((sum, one) => sum + one, 0)).toBe(5)
    const bad = new DescribeSubnetsCommand({ Filters: [{ Name: 'colour', Values: ['blue'] }] })
    expect(await refusal(ec2.send(bad))).toMatchObject({
      code: 'InvalidParameterValue',
      message: "The filter 'colour' is invalid",
    })
  })

  it('change the attributes that the sandbox knows', async () => {
    const SubnetId = await subnetOf(await vpcOf('10.7.0.0/16'), '10.7.0.0/24')
    await ec2.send(new ModifySubnetAttributeCommand({ SubnetId, MapPublicIpOnLaunch: { Value: true } }))
    const { Subnets } = await ec2.send(new DescribeSubnetsCommand({ SubnetIds: [SubnetId] }))
    expect(Subnets?.[0]?.MapPublicIpOnLaunch).toBe(true)
  })
})

describe('tags', () => {
  it('are set, described and removed by key or by key and value', async () => {
    const id = await vpcOf('10.8.0.0/16')
    const Tags = [
      { Key: 'a', Value: '1' },
      { Key: 'b', Value: '2' },
    ]
    await ec2.send(new CreateTagsCommand({ Resources: [id], Tags }))
    await ec2.send(new DeleteTagsCommand({ Resources: [id], Tags: [{ Key: 'a', Value: 'other' }, { Key: 'b' }] }))
    const Filters = [{ Name: 'resource-id', Values: [id] }]
    const { Tags: left } = await ec2.send(new DescribeTagsCommand({ Filters }))
    expect(left).toMatchObject([
      { Key: 'Name', Value: '10.8.0.0/16', ResourceType: 'vpc' },
      { Key: 'a', Value: '1' },
    ])
    const reserved = new CreateTagsCommand({ Resources: [id], Tags: [{ Key: 'aws:x', Value: '1' }] })
    expect(await refusal(ec2.send(reserved))).toMatchObject({ code: 'InvalidParameterValue' })
    const missing = new CreateTagsCommand({ Resources: ['vpc-00000000000000000'], Tags })
    expect(await refusal(ec2.send(missing))).toMatchObject({ code: 'InvalidVpcID.NotFound' })
  })
})

describe('regions and zones', () => {
  it('are those of AWS', async () => {
    const zones = await ec2.send(new DescribeAvailabilityZonesCommand({}))
    expect(zones.AvailabilityZones?.map((zone) => zone.ZoneId)).toEqual(['euw1-az1', 'euw1-az2', 'euw1-az3'])
    const regions = await ec2.send(new DescribeRegionsCommand({ RegionNames: ['eu-west-1', 'us-east-1'] }))
    expect(regions.Regions).toHaveLength(2)
  })
})
