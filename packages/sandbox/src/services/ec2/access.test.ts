import {
  CreateInternetGatewayCommand,
  CreateSubnetCommand,
  CreateTagsCommand,
  CreateVpcCommand,
  DeleteSecurityGroupCommand,
  DeleteVpcCommand,
  DescribeVpcsCommand,
  EC2Client,
} from '@aws-sdk/client-ec2'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { refusal, startTestBench, type TestBench } from '../test-bench.ts'

let bench: TestBench
let admin: EC2Client
let VpcId: string

beforeAll(async () => {
  bench = await startTestBench()
  admin = new EC2Client(await bench.as('claims', 'admin'))
  const TagSpecifications = [{ ResourceType: 'vpc' as const, Tags: [{ Key: 'ManagedBy', Value: 'UAIS' }] }]
  VpcId = (await admin.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16', TagSpecifications }))).Vpc?.VpcId as string
})
afterAll(() => bench.stop())

/** A client of a new role with just these statements. */
async function withStatements(name: string, ...statements: object[]): Promise<EC2Client> {
  bench.role('claims', name, statements)
  return new EC2Client(await bench.as('claims', name))
}

const arn = (rest: string) => `arn:aws:ec2:eu-west-1:300000000003:${rest}`
const allow = (Action: string, more: object = {}) => ({ Effect: 'Allow', Action, Resource: '*', ...more })
const deny = (Action: string, more: object = {}) => ({ ...allow(Action, more), Effect: 'Deny' })

describe('EC2 permissions', () => {
  it('are refused in the words of EC2', async () => {
    const client = await withStatements('reader', allow('ec2:Describe*'))
    expect((await client.send(new DescribeVpcsCommand({}))).Vpcs).toHaveLength(1)
    const refused = await refusal(client.send(new DeleteVpcCommand({ VpcId })))
    expect(refused).toMatchObject({ code: 'UnauthorizedOperation', status: 403 })
    expect(refused.message).toContain('You are not authorized to perform this operation.')
    expect(refused.message).toContain(`is not authorized to perform: ec2:DeleteVpc on resource: ${arn(`vpc/${VpcId}`)}`)
  })

  it('of CreateSubnet are asked on the subnet and on its VPC, with the VPC tags', async () => {
    const create = (client: EC2Client, CidrBlock: string) => client.send(new CreateSubnetCommand({ VpcId, CidrBlock }))
    const half = await withStatements('half', allow('ec2:CreateSubnet', { Resource: arn('subnet/*') }))
    expect((await refusal(create(half, '10.0.1.0/24'))).message).toContain(arn(`vpc/${VpcId}`))
    const tagged = await withStatements(
      'tagged',
      allow('ec2:CreateSubnet', { Resource: arn('subnet/*') }),
      allow('ec2:CreateSubnet', {
        Resource: arn('vpc/*'),
        Condition: { StringEquals: { 'aws:ResourceTag/ManagedBy': 'UAIS', 'ec2:ResourceTag/ManagedBy': 'UAIS' } },
      }),
    )
    expect((await create(tagged, '10.0.2.0/24')).Subnet?.VpcId).toBe(VpcId)
  })

  it('to tag while creating are those of CreateTags with ec2:CreateAction', async () => {
    const make = (client: EC2Client, Tags: { Key: string; Value: string }[]) =>
      client.send(
        new CreateVpcCommand({ CidrBlock: '10.9.0.0/16', TagSpecifications: [{ ResourceType: 'vpc', Tags }] }),
      )
    const untagging = await withStatements('untagging', allow('ec2:CreateVpc'))
    expect((await refusal(make(untagging, [{ Key: 'a', Value: '1' }]))).message).toContain('ec2:CreateTags')
    const onCreate = await withStatements(
      'on-create',
      allow('ec2:CreateVpc'),
      allow('ec2:CreateTags', { Condition: { StringEquals: { 'ec2:CreateAction': 'CreateVpc' } } }),
    )
    await make(onCreate, [{ Key: 'a', Value: '1' }])
    const later = new CreateTagsCommand({ Resources: [VpcId], Tags: [{ Key: 'a', Value: '1' }] })
    expect(await refusal(onCreate.send(later))).toMatchObject({ code: 'UnauthorizedOperation' })
  })

  it('may deny by tag, by tag key and by action, and the denial names its kind', async () => {
    const client = await withStatements(
      'guarded',
      allow('ec2:*'),
      deny('ec2:CreateInternetGateway'),
      deny('ec2:Delete*', { Condition: { StringEquals: { 'aws:ResourceTag/ManagedBy': 'UAIS' } } }),
      deny('ec2:CreateTags', { Condition: { 'ForAnyValue:StringEquals': { 'aws:TagKeys': ['ManagedBy'] } } }),
    )
    const calls = [
      client.send(new CreateInternetGatewayCommand({})),
      client.send(new DeleteVpcCommand({ VpcId })),
      client.send(new CreateTagsCommand({ Resources: [VpcId], Tags: [{ Key: 'ManagedBy', Value: 'me' }] })),
    ]
    for (const call of calls)
      expect((await refusal(call)).message).toContain('with an explicit deny in an identity-based policy')
    await client.send(new CreateTagsCommand({ Resources: [VpcId], Tags: [{ Key: 'mine', Value: '1' }] }))
  })

  it('come before existence: who may nothing learns nothing', async () => {
    const client = await withStatements('blind', allow('ec2:Describe*'))
    const missing = new DeleteSecurityGroupCommand({ GroupId: 'sg-00000000000000000' })
    expect(await refusal(client.send(missing))).toMatchObject({ code: 'UnauthorizedOperation' })
    expect(await refusal(admin.send(missing))).toMatchObject({ code: 'InvalidGroup.NotFound' })
  })
})
