import { GetRoleCommand, IAMClient, ListRolesCommand } from '@aws-sdk/client-iam'
import * as Organizations from '@aws-sdk/client-organizations'
import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { refusal, startTestBench, type TestBench } from '../test-bench.ts'

let bench: TestBench
let client: Organizations.OrganizationsClient
beforeAll(async () => {
  bench = await startTestBench()
  client = new Organizations.OrganizationsClient(await bench.as('management', 'admin'))
})
afterAll(() => bench.stop())

const root = 'r-uais'
const unit = 'ou-uais-workloads'
const claims = '300000000003'
const deny = (action: string, sid = 'Deny') =>
  JSON.stringify({ Version: '2012-10-17', Statement: { Sid: sid, Effect: 'Deny', Action: action, Resource: '*' } })

async function policy(Name: string, Content: string, Type: Organizations.PolicyType = 'SERVICE_CONTROL_POLICY') {
  const { Policy } = await client.send(new Organizations.CreatePolicyCommand({ Name, Type, Content, Description: '' }))
  return Policy?.PolicySummary?.Id ?? ''
}
const attach = (PolicyId: string, TargetId: string) =>
  client.send(new Organizations.AttachPolicyCommand({ PolicyId, TargetId }))
const detach = (PolicyId: string, TargetId: string) =>
  client.send(new Organizations.DetachPolicyCommand({ PolicyId, TargetId }))
const iam = async (account: 'claims' | 'trials' | 'platform' | 'management') =>
  new IAMClient(await bench.as(account, 'admin'))

it('describes the organization of the sandbox', async () => {
  const { Organization } = await client.send(new Organizations.DescribeOrganizationCommand({}))
  expect([Organization?.Id, Organization?.MasterAccountId]).toEqual(['o-uaissandbox', '100000000001'])
  const { Accounts } = await client.send(new Organizations.ListAccountsForParentCommand({ ParentId: unit }))
  expect(Accounts?.map((account) => account.Name)).toEqual(['claims', 'trials'])
  const { Parents } = await client.send(new Organizations.ListParentsCommand({ ChildId: claims }))
  expect(Parents).toEqual([{ Id: unit, Type: 'ORGANIZATIONAL_UNIT' }])
})

it('answers administrators of member accounts about the organization only', async () => {
  const member = new Organizations.OrganizationsClient(await bench.as('claims', 'admin'))
  await member.send(new Organizations.DescribeOrganizationCommand({}))
  expect((await refusal(member.send(new Organizations.ListAccountsCommand({})))).code).toBe('AccessDeniedException')
  const create = new Organizations.CreatePolicyCommand({
    Name: 'x',
    Type: 'SERVICE_CONTROL_POLICY',
    Content: deny('*'),
    Description: '',
  })
  expect((await refusal(member.send(create))).code).toBe('AccessDeniedException')
})

describe('service control policies', () => {
  it('bind administrators of the accounts below, from the moment they are attached until they are detached', async () => {
    const id = await policy('no-list', deny('iam:ListRoles', 'NoListing'))
    await attach(id, unit)
    const message =
      'User: arn:aws:sts::300000000003:assumed-role/admin/admin is not authorized to perform: iam:ListRoles on resource: arn:aws:iam::300000000003:role/ with an explicit deny in a service control policy'
    const claimsIam = await iam('claims')
    expect(await refusal(claimsIam.send(new ListRolesCommand({})))).toEqual({
      code: 'AccessDenied',
      status: 403,
      message,
    })
    expect((await refusal((await iam('trials')).send(new ListRolesCommand({})))).code).toBe('AccessDenied')
    await (await iam('platform')).send(new ListRolesCommand({}))
    await claimsIam.send(new GetRoleCommand({ RoleName: 'admin' }))
    await detach(id, unit)
    await claimsIam.send(new ListRolesCommand({}))
  })

  it('attached to the root do not bind the management account', async () => {
    const id = await policy('none', deny('iam:ListRoles'))
    await attach(id, root)
    expect((await refusal((await iam('platform')).send(new ListRolesCommand({})))).code).toBe('AccessDenied')
    await (await iam('management')).send(new ListRolesCommand({}))
    await detach(id, root)
  })

  it('must allow at every level', async () => {
    const id = await policy(
      'only-s3',
      JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 's3:*', Resource: '*' } }),
    )
    await attach(id, claims)
    await detach('p-FullAWSAccess', claims)
    const { message } = await refusal((await iam('claims')).send(new ListRolesCommand({})))
    expect(message).toContain('because no service control policy allows the iam:ListRoles action')
    await attach('p-FullAWSAccess', claims)
    await detach(id, claims)
  })
})

it('resource control policies bind whoever reaches the resources', async () => {
  const content = JSON.stringify({
    Version: '2012-10-17',
    Statement: { Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: '*' },
  })
  const id = await policy('closed', content, 'RESOURCE_CONTROL_POLICY')
  await attach(id, '200000000002')
  const s3 = new S3Client(await bench.as('platform', 'admin'))
  expect((await refusal(s3.send(new ListBucketsCommand({})))).message).toContain(
    'with an explicit deny in a resource control policy',
  )
  await detach(id, '200000000002')
  await s3.send(new ListBucketsCommand({}))
})

describe('refusals', () => {
  it.each([
    ['a policy that is not there', () => attach('p-00000000', claims), 'PolicyNotFoundException'],
    [
      'a target that is not there',
      async () => attach(await policy('t', deny('*')), '999999999999'),
      'TargetNotFoundException',
    ],
    ['a second attachment', () => attach('p-FullAWSAccess', claims), 'DuplicatePolicyAttachmentException'],
    [
      'detaching what is not attached',
      async () => detach(await policy('u', deny('*')), claims),
      'PolicyNotAttachedException',
    ],
    ['detaching the last policy', () => detach('p-FullAWSAccess', unit), 'ConstraintViolationException'],
    [
      'a name that is taken',
      async () => {
        await policy('v', deny('*'))
        await policy('v', deny('*'))
      },
      'DuplicatePolicyException',
    ],
    [
      'a policy with a principal',
      () =>
        policy(
          'w',
          JSON.stringify({
            Version: '2012-10-17',
            Statement: { Effect: 'Deny', Principal: '*', Action: '*', Resource: '*' },
          }),
        ),
      'MalformedPolicyDocumentException',
    ],
    ['a policy that is too long', () => policy('x', deny(`s3:${'a'.repeat(10_240)}`)), 'ConstraintViolationException'],
    [
      'deleting a policy of AWS',
      () => client.send(new Organizations.DeletePolicyCommand({ PolicyId: 'p-FullAWSAccess' })),
      'ConstraintViolationException',
    ],
    [
      'an account that is not there',
      () => client.send(new Organizations.DescribeAccountCommand({ AccountId: '999999999999' })),
      'AccountNotFoundException',
    ],
  ])('%s', async (_name, call, code) => {
    expect((await refusal(call() as Promise<unknown>)).code).toBe(code)
  })
})

it('tags policies', async () => {
  const id = await policy('tagged', deny('*'))
  await client.send(
    new Organizations.TagResourceCommand({ ResourceId: id, Tags: [{ Key: 'ManagedBy', Value: 'UAIS' }] }),
  )
  const list = () => client.send(new Organizations.ListTagsForResourceCommand({ ResourceId: id }))
  expect((await list()).Tags).toEqual([{ Key: 'ManagedBy', Value: 'UAIS' }])
  await client.send(new Organizations.UntagResourceCommand({ ResourceId: id, TagKeys: ['ManagedBy'] }))
  expect((await list()).Tags).toEqual([])
})

describe('leaving the organization', () => {
  const leave = async (account: 'claims' | 'trials' | 'management') =>
    new Organizations.OrganizationsClient(await bench.as(account, 'admin')).send(
      new Organizations.LeaveOrganizationCommand({}),
    )

  it('is not for the management account', async () => {
    expect(await refusal(leave('management'))).toEqual({
      code: 'MasterCannotLeaveOrganizationException',
      status: 400,
      message: "You can't remove a management account from an organization.",
    })
  })

  it('is what a service control policy can forbid, and what frees an account of all of them', async () => {
    const stay = await policy('stay', deny('organizations:LeaveOrganization', 'Stay'))
    await attach(stay, claims)
    expect(await refusal(leave('claims'))).toMatchObject({
      code: 'AccessDeniedException',
      message: expect.stringContaining('with an explicit deny in a service control policy'),
    })
    const silent = await policy('no-roles', deny('iam:ListRoles'))
    await attach(silent, '400000000004')
    await leave('trials')
    const { Targets } = await client.send(new Organizations.ListTargetsForPolicyCommand({ PolicyId: silent }))
    expect(Targets).toEqual([])
    const { Accounts } = await client.send(new Organizations.ListAccountsCommand({}))
    expect(Accounts?.map(({ Name }) => Name)).toEqual(['management', 'platform', 'claims'])
    const alone = await bench.as('400000000004' as 'trials', 'admin')
    await new IAMClient(alone).send(new ListRolesCommand({}))
    const again = new Organizations.OrganizationsClient(alone).send(new Organizations.LeaveOrganizationCommand({}))
    expect((await refusal(again)).code).toBe('AWSOrganizationsNotInUseException')
  })
})
