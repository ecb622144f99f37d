import * as Iam from '@aws-sdk/client-iam'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { refusal, startTestBench, type TestBench } from '../test-bench.ts'

let bench: TestBench
let iam: Iam.IAMClient
beforeAll(async () => {
  bench = await startTestBench()
  iam = new Iam.IAMClient(await bench.as('claims', 'admin'))
})
afterAll(() => bench.stop())

const document = (...statements: object[]) => JSON.stringify({ Version: '2012-10-17', Statement: statements })
const trust = document({ Effect: 'Allow', Principal: { Service: 'sagemaker.amazonaws.com' }, Action: 'sts:AssumeRole' })
const allow = (action: string) => document({ Effect: 'Allow', Action: action, Resource: '*' })
const arn = (name: string) => `arn:aws:iam::300000000003:policy/${name}`
const role = (RoleName: string, more: object = {}) =>
  iam.send(new Iam.CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust, ...more }))

describe('roles', () => {
  it('live from create to delete, with everything they hold', async () => {
    await iam.send(new Iam.CreatePolicyCommand({ PolicyName: 'edge', Path: '/uais/', PolicyDocument: allow('s3:*') }))
    await role('life', { Path: '/uais/', PermissionsBoundary: arn('uais/edge'), Tags: [{ Key: 'a', Value: '1' }] })
    await iam.send(
      new Iam.PutRolePolicyCommand({ RoleName: 'life', PolicyName: 'p', PolicyDocument: allow('s3:GetObject') }),
    )
    await iam.send(
      new Iam.AttachRolePolicyCommand({
        RoleName: 'life',
        PolicyArn: 'arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess',
      }),
    )
    const { Role } = await iam.send(new Iam.GetRoleCommand({ RoleName: 'life' }))
    expect(Role).toMatchObject({
      Arn: 'arn:aws:iam::300000000003:role/uais/life',
      AssumeRolePolicyDocument: encodeURIComponent(trust),
      PermissionsBoundary: { PermissionsBoundaryArn: arn('uais/edge') },
      Tags: [{ Key: 'a', Value: '1' }],
    })
    expect(await refusal(iam.send(new Iam.DeleteRoleCommand({ RoleName: 'life' })))).toMatchObject({
      code: 'DeleteConflictException',
      status: 409,
    })
    expect(await refusal(iam.send(new Iam.DeletePolicyCommand({ PolicyArn: arn('uais/edge') })))).toMatchObject({
      message: 'Cannot delete a policy attached to entities.',
    })
    await iam.send(
      new Iam.DetachRolePolicyCommand({
        RoleName: 'life',
        PolicyArn: 'arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess',
      }),
    )
    await iam.send(new Iam.DeleteRolePolicyCommand({ RoleName: 'life', PolicyName: 'p' }))
    await iam.send(new Iam.DeleteRolePermissionsBoundaryCommand({ RoleName: 'life' }))
    await iam.send(new Iam.DeleteRoleCommand({ RoleName: 'life' }))
    expect((await refusal(iam.send(new Iam.GetRoleCommand({ RoleName: 'life' })))).status).toBe(404)
  })

  it('have names that are unique without regard to case', async () => {
    await role('Twice')
    expect(await refusal(role('twice'))).toMatchObject({
      code: 'EntityAlreadyExistsException',
      status: 409,
      message: 'Role with name twice already exists.',
    })
  })

  /** IAM User Guide, "IAM and AWS STS quotas". */
  it('keep within their quotas', async () => {
    await role('full')
    const put = (PolicyName: string, PolicyDocument: string) =>
      iam.send(new Iam.PutRolePolicyCommand({ RoleName: 'full', PolicyName, PolicyDocument }))
    const big = document({
      Effect: 'Allow',
      Action: 's3:GetObject',
      Resource: Array.from({ length: 150 }, (_, n) => `arn:aws:s3:::bucket-${n}/*`),
    })
    await put('a', big)
    await put('b', big)
    expect(await refusal(put('c', big))).toMatchObject({
      code: 'LimitExceededException',
      message: 'Maximum policy size of 10240 bytes exceeded for role full',
    })
    const large = document({ Effect: 'Allow', Action: 's3:*', Resource: `arn:aws:s3:::${'x'.repeat(6200)}` })
    expect(
      await refusal(iam.send(new Iam.CreatePolicyCommand({ PolicyName: 'large', PolicyDocument: large }))),
    ).toMatchObject({ message: 'Cannot exceed quota for PolicySize: 6144' })
  })
})

describe('documents that IAM would not store', () => {
  it.each([
    ['no JSON', 'nonsense', 'This policy contains invalid Json'],
    ['no action', document({ Effect: 'Allow', Resource: '*' }), 'Policy statement must contain actions.'],
    [
      'a principal',
      document({ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }),
      'Policy document should not specify a principal.',
    ],
    ['no resource', document({ Effect: 'Allow', Action: '*' }), 'Policy statement must contain resources.'],
    [
      'a resource that is no ARN',
      document({ Effect: 'Allow', Action: '*', Resource: 'bucket' }),
      'Resource bucket must be in ARN format or "*".',
    ],
    [
      'an action of no service',
      document({ Effect: 'Allow', Action: 'GetObject', Resource: '*' }),
      'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.',
    ],
    [
      'an action with two colons',
      document({ Effect: 'Allow', Action: 'ec2:ec2:RunInstances', Resource: '*' }),
      'Actions/Condition can contain only one colon.',
    ],
    [
      'a Sid twice',
      document(...[1, 2].map(() => ({ Sid: 'S', Effect: 'Allow', Action: '*', Resource: '*' }))),
      'Statement IDs (SID) in a single policy must be unique.',
    ],
    ['no statement', '{}', 'Syntax errors in policy.'],
    ['an effect of its own', document({ Effect: 'Maybe', Action: '*', Resource: '*' }), 'Syntax errors in policy.'],
  ])('%s', async (_name, PolicyDocument, message) => {
    const { code, message: said } = await refusal(
      iam.send(new Iam.CreatePolicyCommand({ PolicyName: 'bad', PolicyDocument })),
    )
    expect(code).toBe('MalformedPolicyDocumentException')
    expect(said).toContain(message)
  })
  it.each([
    ['a resource', { Principal: '*', Action: 'sts:AssumeRole', Resource: '*' }, 'Has prohibited field Resource'],
    ['no principal', { Action: 'sts:AssumeRole' }, 'Missing required field Principal'],
    [
      'another service',
      { Principal: '*', Action: 's3:GetObject' },
      'AssumeRole policy may only specify STS AssumeRole actions.',
    ],
    [
      'a role that is not there',
      { Principal: { AWS: 'arn:aws:iam::200000000002:role/nobody' }, Action: 'sts:AssumeRole' },
      'Invalid principal in policy: "AWS":"arn:aws:iam::200000000002:role/nobody"',
    ],
  ])('trust with %s', async (_name, statement, message) => {
    const call = role('untrusted', { AssumeRolePolicyDocument: document({ Effect: 'Allow', ...statement }) })
    expect((await refusal(call)).message).toContain(message)
  })
})

describe('managed policies', () => {
  it('have up to five versions, one of them the default', async () => {
    await iam.send(new Iam.CreatePolicyCommand({ PolicyName: 'versions', PolicyDocument: allow('s3:*') }))
    const at = { PolicyArn: arn('versions') }
    for (let n = 2; n <= 5; n++) {
      await iam.send(
        new Iam.CreatePolicyVersionCommand({ ...at, PolicyDocument: allow(`s3:v${n}`), SetAsDefault: n === 3 }),
      )
    }
    const sixth = iam.send(new Iam.CreatePolicyVersionCommand({ ...at, PolicyDocument: allow('s3:v6') }))
    expect((await refusal(sixth)).code).toBe('LimitExceededException')
    expect((await refusal(iam.send(new Iam.DeletePolicyVersionCommand({ ...at, VersionId: 'v3' })))).message).toBe(
      'Cannot delete the default version of a policy.',
    )
    await iam.send(new Iam.DeletePolicyVersionCommand({ ...at, VersionId: 'v1' }))
    const { PolicyVersion } = await iam.send(
      new Iam.CreatePolicyVersionCommand({ ...at, PolicyDocument: allow('s3:v6') }),
    )
    expect(PolicyVersion?.VersionId).toBe('v6')
    const { Policy } = await iam.send(new Iam.GetPolicyCommand(at))
    expect(Policy?.DefaultVersionId).toBe('v3')
  })

  it('of AWS can be attached and read, not changed', async () => {
    const at = { PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' }
    expect((await iam.send(new Iam.GetPolicyCommand(at))).Policy?.PolicyName).toBe('AdministratorAccess')
    expect((await refusal(iam.send(new Iam.DeletePolicyCommand(at)))).code).toBe('AccessDenied')
  })

  it('take effect at once when they change', async () => {
    bench.role('claims', 'follower', [{ Effect: 'Allow', Action: 's3:ListAllMyBuckets', Resource: '*' }])
    const follower = new Iam.IAMClient(await bench.as('claims', 'follower'))
    const list = () => follower.send(new Iam.ListUsersCommand({}))
    await iam.send(new Iam.CreatePolicyCommand({ PolicyName: 'follow', PolicyDocument: allow('iam:ListUsers') }))
    expect((await refusal(list())).code).toBe('AccessDenied')
    await iam.send(new Iam.AttachRolePolicyCommand({ RoleName: 'follower', PolicyArn: arn('follow') }))
    await list()
    await iam.send(
      new Iam.CreatePolicyVersionCommand({
        PolicyArn: arn('follow'),
        PolicyDocument: allow('s3:*'),
        SetAsDefault: true,
      }),
    )
    expect((await refusal(list())).code).toBe('AccessDenied')
  })
})

describe('permission to change permissions', () => {
  it('can demand a boundary', async () => {
    await iam.send(new Iam.CreatePolicyCommand({ PolicyName: 'fence', PolicyDocument: allow('s3:*') }))
    bench.role('claims', 'maker', [
      {
        Effect: 'Allow',
        Action: ['iam:CreateRole', 'iam:PutRolePolicy'],
        Resource: '*',
        Condition: { StringEquals: { 'iam:PermissionsBoundary': arn('fence') } },
      },
    ])
    const maker = new Iam.IAMClient(await bench.as('claims', 'maker'))
    const make = (more: object) =>
      maker.send(new Iam.CreateRoleCommand({ RoleName: 'fenced', AssumeRolePolicyDocument: trust, ...more }))
    expect((await refusal(make({}))).message).toBe(
      'User: arn:aws:sts::300000000003:assumed-role/maker/maker is not authorized to perform: iam:CreateRole on resource: arn:aws:iam::300000000003:role/fenced because no identity-based policy allows the iam:CreateRole action',
    )
    await make({ PermissionsBoundary: arn('fence') })
    await maker.send(new Iam.PutRolePolicyCommand({ RoleName: 'fenced', PolicyName: 'p', PolicyDocument: allow('*') }))
    const open = maker.send(
      new Iam.PutRolePolicyCommand({ RoleName: 'admin', PolicyName: 'p', PolicyDocument: allow('*') }),
    )
    expect((await refusal(open)).code).toBe('AccessDenied')
  })

  it('sees tags of the request and of the role', async () => {
    bench.role('claims', 'tagger', [
      {
        Effect: 'Allow',
        Action: ['iam:CreateRole', 'iam:TagRole'],
        Resource: '*',
        Condition: { StringEquals: { 'aws:RequestTag/team': 'fraud' } },
      },
      {
        Effect: 'Allow',
        Action: 'iam:DeleteRole',
        Resource: '*',
        Condition: { StringEquals: { 'aws:ResourceTag/team': 'fraud' } },
      },
    ])
    const tagger = new Iam.IAMClient(await bench.as('claims', 'tagger'))
    const make = (value: string) =>
      tagger.send(
        new Iam.CreateRoleCommand({
          RoleName: 'tagged',
          AssumeRolePolicyDocument: trust,
          Tags: [{ Key: 'team', Value: value }],
        }),
      )
    expect((await refusal(make('other'))).code).toBe('AccessDenied')
    await make('fraud')
    expect((await refusal(tagger.send(new Iam.DeleteRoleCommand({ RoleName: 'admin' })))).code).toBe('AccessDenied')
    await tagger.send(new Iam.DeleteRoleCommand({ RoleName: 'tagged' }))
  })
})

it('simulates what it would decide', async () => {
  bench.role('claims', 'reader', [{ Effect: 'Allow', Action: 's3:Get*', Resource: 'arn:aws:s3:::b/*' }])
  const { EvaluationResults } = await iam.send(
    new Iam.SimulatePrincipalPolicyCommand({
      PolicySourceArn: 'arn:aws:iam::300000000003:role/reader',
      ActionNames: ['s3:GetObject', 's3:PutObject'],
      ResourceArns: ['arn:aws:s3:::b/k'],
    }),
  )
  expect(EvaluationResults?.map((result) => [result.EvalActionName, result.EvalDecision])).toEqual([
    ['s3:GetObject', 'allowed'],
    ['s3:PutObject', 'implicitDeny'],
  ])
})

it('simulates nothing that it would have to leave out', async () => {
  const simulate = (more: Partial<Iam.SimulatePrincipalPolicyCommandInput>) =>
    refusal(
      iam.send(
        new Iam.SimulatePrincipalPolicyCommand({
          PolicySourceArn: 'arn:aws:iam::300000000003:role/admin',
          ActionNames: ['s3:GetObject'],
          ...more,
        }),
      ),
    )
  expect(await simulate({ ResourcePolicy: 'nonsense' })).toMatchObject({ code: 'InvalidInputException', status: 400 })
  expect(await simulate({ ResourcePolicy: '{}' })).toMatchObject({ code: 'InvalidInputException', status: 400 })
  expect(await simulate({ CallerArn: 'arn:aws:iam::300000000003:user/a' })).toMatchObject({ code: 'NotImplemented' })
})

it('tells all of an account at once', async () => {
  const { RoleDetailList, Policies, IsTruncated } = await iam.send(
    new Iam.GetAccountAuthorizationDetailsCommand({ MaxItems: 1000 }),
  )
  expect(IsTruncated).toBe(false)
  expect(RoleDetailList?.map((detail) => detail.RoleName)).toContain('break-glass')
  expect(Policies?.map((policy) => policy.PolicyName)).toContain('AdministratorAccess')
})
