import {
  AssociateRouteTableCommand,
  AttachInternetGatewayCommand,
  AuthorizeSecurityGroupEgressCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateFlowLogsCommand,
  CreateInternetGatewayCommand,
  CreateNetworkInterfaceCommand,
  CreateRouteCommand,
  CreateRouteTableCommand,
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  CreateVpcEndpointCommand,
  DeleteNetworkInterfaceCommand,
  DeleteRouteTableCommand,
  DeleteSecurityGroupCommand,
  DeleteSubnetCommand,
  DeleteVpcEndpointsCommand,
  DescribeFlowLogsCommand,
  DescribeNetworkInterfacesCommand,
  DescribePrefixListsCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  DescribeVpcEndpointServicesCommand,
  DescribeVpcEndpointsCommand,
  DisassociateRouteTableCommand,
  EC2Client,
  ModifySecurityGroupRulesCommand,
  ModifyVpcAttributeCommand,
  ModifyVpcEndpointCommand,
  RevokeSecurityGroupEgressCommand,
} from '@aws-sdk/client-ec2'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { refusal, startTestBench, type TestBench } from '../test-bench.ts'

let bench: TestBench
let ec2: EC2Client
let VpcId: string
let subnets: string[]

beforeAll(async () => {
  bench = await startTestBench()
  ec2 = new EC2Client(await bench.as('claims', 'admin'))
  VpcId = (await ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }))).Vpc?.VpcId as string
  subnets = [await subnet('10.0.0.0/24', 'eu-west-1a'), await subnet('10.0.1.0/24', 'eu-west-1b')]
})
afterAll(() => bench.stop())

const subnet = async (CidrBlock: string, AvailabilityZone: string) =>
  (await ec2.send(new CreateSubnetCommand({ VpcId, CidrBlock, AvailabilityZone }))).Subnet?.SubnetId as string
const group = async (GroupName: string) =>
  (await ec2.send(new CreateSecurityGroupCommand({ VpcId, GroupName, Description: 'a group' }))).GroupId as string
const described = async (GroupId: string) =>
  (await ec2.send(new DescribeSecurityGroupsCommand({ GroupIds: [GroupId] }))).SecurityGroups?.[0]
const https = (more: object) => [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, ...more }]

describe('security groups', () => {
  it('hold rules once, whether they are seen as rules or as permissions', async () => {
    const GroupId = await group('rules')
    const IpPermissions = https({
      IpRanges: [{ CidrIp: '10.1.2.3/16' }, { CidrIp: '192.168.0.0/24', Description: 'lab' }],
    })
    const made = await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions }))
    expect(made.SecurityGroupRules).toHaveLength(2)
    const again = new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions })
    expect(await refusal(ec2.send(again))).toMatchObject({
      code: 'InvalidPermission.Duplicate',
      message: 'the specified rule "peer: 10.1.0.0/16, TCP, from port: 443, to port: 443, ALLOW" already exists',
    })
    const rule = made.SecurityGroupRules?.[0]
    await ec2.send(
      new ModifySecurityGroupRulesCommand({
        GroupId,
        SecurityGroupRules: [
          {
            SecurityGroupRuleId: rule?.SecurityGroupRuleId,
            SecurityGroupRule: { IpProtocol: 'tcp', FromPort: 80, ToPort: 80, CidrIpv4: '10.1.0.0/16' },
          },
        ],
      }),
    )
    expect((await described(GroupId))?.IpPermissions).toMatchObject([
      { FromPort: 80, IpRanges: [{ CidrIp: '10.1.0.0/16' }] },
      { FromPort: 443, IpRanges: [{ CidrIp: '192.168.0.0/24', Description: 'lab' }] },
    ])
    const Filters = [{ Name: 'group-id', Values: [GroupId] }]
    const all = await ec2.send(new DescribeSecurityGroupRulesCommand({ Filters }))
    expect(all.SecurityGroupRules?.map((one) => one.IsEgress)).toEqual([true, false, false])
  })

  it('let everything out until that rule is taken away', async () => {
    const GroupId = await group('egress')
    const IpPermissions = [{ IpProtocol: '-1', FromPort: 0, ToPort: 0, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }]
    const revoke = () => ec2.send(new RevokeSecurityGroupEgressCommand({ GroupId, IpPermissions }))
    await revoke()
    expect((await described(GroupId))?.IpPermissionsEgress).toEqual([])
    expect(await refusal(revoke())).toMatchObject({ code: 'InvalidPermission.NotFound' })
    await ec2.send(
      new AuthorizeSecurityGroupEgressCommand({ GroupId, IpPermissions: https({ UserIdGroupPairs: [{ GroupId }] }) }),
    )
    expect((await described(GroupId))?.IpPermissionsEgress).toMatchObject([{ UserIdGroupPairs: [{ GroupId }] }])
  })

  it('stay while another group or an interface uses them', async () => {
    const used = await group('used')
    const user = await group('user')
    await ec2.send(
      new AuthorizeSecurityGroupIngressCommand({
        GroupId: user,
        IpPermissions: https({ UserIdGroupPairs: [{ GroupId: used }] }),
      }),
    )
    const remove = () => ec2.send(new DeleteSecurityGroupCommand({ GroupId: used }))
    expect(await refusal(remove())).toMatchObject({ code: 'DependencyViolation' })
    await ec2.send(new DeleteSecurityGroupCommand({ GroupId: user }))
    const made = await ec2.send(new CreateNetworkInterfaceCommand({ SubnetId: subnets[0], Groups: [used] }))
    expect(made.NetworkInterface).toMatchObject({ PrivateIpAddress: '10.0.0.4', Status: 'available' })
    expect(await refusal(remove())).toMatchObject({ code: 'DependencyViolation' })
    const NetworkInterfaceId = made.NetworkInterface?.NetworkInterfaceId
    await ec2.send(new DeleteNetworkInterfaceCommand({ NetworkInterfaceId }))
    await remove()
    expect(
      await refusal(
        ec2.send(new DescribeNetworkInterfacesCommand({ NetworkInterfaceIds: [NetworkInterfaceId as string] })),
      ),
    ).toMatchObject({
      code: 'InvalidNetworkInterfaceID.NotFound',
    })
  })

  it('refuse what is no rule, and the default group cannot go', async () => {
    const GroupId = await group('faults')
    const authorize = (IpPermissions: object[]) =>
      refusal(ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions })))
    expect(await authorize(https({ IpRanges: [{ CidrIp: '10.0.0.0' }] }))).toMatchObject({
      code: 'InvalidParameterValue',
    })
    expect(
      await authorize([{ IpProtocol: 'tcp', FromPort: 5, ToPort: 1, IpRanges: [{ CidrIp: '10.0.0.0/8' }] }]),
    ).toMatchObject({
      code: 'InvalidParameterValue',
    })
    expect(await authorize(https({ UserIdGroupPairs: [{ GroupId: 'sg-00000000000000000' }] }))).toMatchObject({
      code: 'InvalidGroup.NotFound',
    })
    const Filters = [{ Name: 'group-name', Values: ['default'] }]
    const { SecurityGroups } = await ec2.send(new DescribeSecurityGroupsCommand({ Filters }))
    const remove = new DeleteSecurityGroupCommand({ GroupId: SecurityGroups?.[0]?.GroupId })
    expect(await refusal(ec2.send(remove))).toMatchObject({ code: 'CannotDelete' })
  })
})

describe('route tables', () => {
  it('associate with subnets and take routes to what exists', async () => {
    const made = await ec2.send(new CreateRouteTableCommand({ VpcId }))
    const RouteTableId = made.RouteTable?.RouteTableId as string
    const SubnetId = subnets[0]
    const { AssociationId } = await ec2.send(new AssociateRouteTableCommand({ RouteTableId, SubnetId }))
    expect(await refusal(ec2.send(new AssociateRouteTableCommand({ RouteTableId, SubnetId })))).toMatchObject({
      code: 'Resource.AlreadyAssociated',
    })
    const gateway = await ec2.send(new CreateInternetGatewayCommand({}))
    const GatewayId = gateway.InternetGateway?.InternetGatewayId
    const route = () => ec2.send(new CreateRouteCommand({ RouteTableId, GatewayId, DestinationCidrBlock: '0.0.0.0/0' }))
    expect(await refusal(route())).toMatchObject({ code: 'InvalidParameterValue' })
    await ec2.send(new AttachInternetGatewayCommand({ InternetGatewayId: GatewayId, VpcId }))
    await route()
    expect(await refusal(route())).toMatchObject({ code: 'RouteAlreadyExists' })
    const { RouteTables } = await ec2.send(new DescribeRouteTablesCommand({ RouteTableIds: [RouteTableId] }))
    expect(RouteTables?.[0]?.Routes?.map((one) => one.GatewayId)).toEqual(['local', GatewayId])
    const remove = () => ec2.send(new DeleteRouteTableCommand({ RouteTableId }))
    expect(await refusal(remove())).toMatchObject({ code: 'DependencyViolation' })
    await ec2.send(new DisassociateRouteTableCommand({ AssociationId }))
    await remove()
  })
})

describe('VPC endpoints', () => {
  const endpoint = (ServiceName: string, more: object) =>
    ec2.send(new CreateVpcEndpointCommand({ VpcId, ServiceName: `com.amazonaws.eu-west-1.${ServiceName}`, ...more }))

  it('of type Gateway are routes to a prefix list', async () => {
    const table = await ec2.send(new CreateRouteTableCommand({ VpcId }))
    const RouteTableId = table.RouteTable?.RouteTableId as string
    const made = await endpoint('s3', { RouteTableIds: [RouteTableId] })
    expect(made.VpcEndpoint).toMatchObject({ VpcEndpointType: 'Gateway', State: 'available', NetworkInterfaceIds: [] })
    const Filters = [{ Name: 'prefix-list-name', Values: ['com.amazonaws.eu-west-1.s3'] }]
    const { PrefixLists } = await ec2.send(new DescribePrefixListsCommand({ Filters }))
    const { RouteTables } = await ec2.send(new DescribeRouteTablesCommand({ RouteTableIds: [RouteTableId] }))
    expect(RouteTables?.[0]?.Routes?.[1]).toMatchObject({
      DestinationPrefixListId: PrefixLists?.[0]?.PrefixListId,
      GatewayId: made.VpcEndpoint?.VpcEndpointId,
    })
    expect(await refusal(endpoint('s3', { RouteTableIds: [RouteTableId] }))).toMatchObject({
      code: 'RouteAlreadyExists',
    })
    expect(await refusal(endpoint('sts', { RouteTableIds: [RouteTableId] }))).toMatchObject({
      code: 'InvalidParameter',
    })
    expect(await refusal(endpoint('teapot', {}))).toMatchObject({ code: 'InvalidServiceName' })
  })

  it('of type Interface put an interface into each subnet, and private DNS needs both attributes', async () => {
    const spec = { VpcEndpointType: 'Interface', SubnetIds: [subnets[0]] }
    expect(await refusal(endpoint('sts', spec))).toMatchObject({
      code: 'InvalidParameter',
      message: expect.stringContaining('enableDnsHostnames'),
    })
    await ec2.send(new ModifyVpcAttributeCommand({ VpcId, EnableDnsHostnames: { Value: true } }))
    const made = await endpoint('sts', spec)
    const VpcEndpointId = made.VpcEndpoint?.VpcEndpointId as string
    expect(made.VpcEndpoint?.DnsEntries?.map((entry) => entry.DnsName)).toContain('sts.eu-west-1.amazonaws.com')
    expect(await refusal(endpoint('sts', { ...spec, SubnetIds: [subnets[1]] }))).toMatchObject({
      code: 'InvalidParameter',
    })
    const PolicyDocument = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: '*', Action: 'sts:*', Resource: '*' }],
    })
    await ec2.send(
      new ModifyVpcEndpointCommand({ VpcEndpointId, AddSubnetIds: [subnets[1] as string], PolicyDocument }),
    )
    const { VpcEndpoints } = await ec2.send(new DescribeVpcEndpointsCommand({ VpcEndpointIds: [VpcEndpointId] }))
    expect(VpcEndpoints?.[0]).toMatchObject({ SubnetIds: subnets, PolicyDocument })
    const Filters = [{ Name: 'interface-type', Values: ['vpc_endpoint'] }]
    const enis = await ec2.send(new DescribeNetworkInterfacesCommand({ Filters }))
    expect(enis.NetworkInterfaces?.map((one) => one.NetworkInterfaceId)).toEqual(VpcEndpoints?.[0]?.NetworkInterfaceIds)
    expect(await refusal(ec2.send(new DeleteSubnetCommand({ SubnetId: subnets[1] })))).toMatchObject({
      code: 'DependencyViolation',
    })
    const [eni] = enis.NetworkInterfaces ?? []
    const direct = new DeleteNetworkInterfaceCommand({ NetworkInterfaceId: eni?.NetworkInterfaceId })
    expect(await refusal(ec2.send(direct))).toMatchObject({ code: 'OperationNotPermitted' })
    const bad = new ModifyVpcEndpointCommand({ VpcEndpointId, PolicyDocument: '{"Statement":[]}' })
    expect(await refusal(ec2.send(bad))).toMatchObject({ code: 'InvalidPolicyDocument' })
    const gone = await ec2.send(
      new DeleteVpcEndpointsCommand({ VpcEndpointIds: [VpcEndpointId, 'vpce-00000000000000000'] }),
    )
    expect(gone.Unsuccessful).toMatchObject([{ Error: { Code: 'InvalidVpcEndpointId.NotFound' } }])
    expect((await ec2.send(new DescribeNetworkInterfacesCommand({ Filters }))).NetworkInterfaces).toEqual([])
  })

  it('to the service of another company wait for its consent, and take no private name', async () => {
    const ServiceName = 'com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdef0'
    const link = (PrivateDnsEnabled: boolean, name = ServiceName) =>
      ec2.send(
        new CreateVpcEndpointCommand({ VpcId, ServiceName: name, VpcEndpointType: 'Interface', PrivateDnsEnabled }),
      )
    expect((await link(false)).VpcEndpoint).toMatchObject({ ServiceName, State: 'pendingAcceptance' })
    expect(await refusal(link(true))).toMatchObject({ code: 'InvalidParameter' })
    expect(await refusal(link(false, ServiceName.replace('eu-west-1', 'us-east-1')))).toMatchObject({
      code: 'InvalidServiceName',
    })
  })

  it('are offered by service', async () => {
    const ServiceNames = ['aws.sagemaker.eu-west-1.studio', 'com.amazonaws.eu-west-1.s3']
    const { ServiceDetails } = await ec2.send(new DescribeVpcEndpointServicesCommand({ ServiceNames }))
    expect(ServiceDetails?.map((one) => one.ServiceType?.[0]?.ServiceType)).toEqual([
      'Gateway',
      'Interface',
      'Interface',
    ])
  })
})

it('flow logs are kept, once per destination', async () => {
  const create = () =>
    ec2.send(
      new CreateFlowLogsCommand({
        ResourceIds: [VpcId],
        ResourceType: 'VPC',
        TrafficType: 'ALL',
        LogDestinationType: 's3',
        LogDestination: 'arn:aws:s3:::flow-log-bucket',
      }),
    )
  const { FlowLogIds } = await create()
  expect(await refusal(create())).toMatchObject({ code: 'FlowLogAlreadyExists' })
  const { FlowLogs } = await ec2.send(new DescribeFlowLogsCommand({ FlowLogIds }))
  expect(FlowLogs).toMatchObject([{ ResourceId: VpcId, FlowLogStatus: 'ACTIVE', LogDestinationType: 's3' }])
})
