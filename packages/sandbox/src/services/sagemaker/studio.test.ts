import { IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam'
import { KMSClient, ListGrantsCommand } from '@aws-sdk/client-kms'
import {
  AddTagsCommand,
  CreateAppCommand,
  CreateDomainCommand,
  type CreateDomainCommandInput,
  CreatePresignedDomainUrlCommand,
  CreateSpaceCommand,
  CreateTrainingJobCommand,
  CreateUserProfileCommand,
  DeleteAppCommand,
  DeleteDomainCommand,
  DeleteSpaceCommand,
  DeleteUserProfileCommand,
  DescribeDomainCommand,
  DescribeSpaceCommand,
  DescribeUserProfileCommand,
  ListTagsCommand,
  ListUserProfilesCommand,
  SageMakerClient,
  UpdateDomainCommand,
} from '@aws-sdk/client-sagemaker'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { oid } from '../../entra/directory.ts'
import { refusal, startTestBench, type TestBench } from '../test-bench.ts'
import { ended, makeProject, makeRole, type TestProject, trainingJob } from './test-project.ts'

let bench: TestBench
let project: TestProject
let domainId: string
let studioRole: string
const sam = oid('sam')
const priya = oid('priya')

const domainInput = (changes: Partial<CreateDomainCommandInput> = {}): CreateDomainCommandInput => ({
  DomainName: 'claims',
  AuthMode: 'IAM',
  AppNetworkAccessType: 'VpcOnly',
  VpcId: project.vpcId,
  SubnetIds: project.vpc.Subnets,
  KmsKeyId: project.keyArn,
  DefaultUserSettings: { ExecutionRole: studioRole, SecurityGroups: project.vpc.SecurityGroupIds },
  DomainSettings: { ExecutionRoleIdentityConfig: 'USER_PROFILE_NAME' },
  ...changes,
})

const createDomain = (changes?: Partial<CreateDomainCommandInput>, client = project.sagemaker) =>
  client.send(new CreateDomainCommand(domainInput(changes)))

beforeAll(async () => {
  bench = await startTestBench()
  project = await makeProject(bench)
  studioRole = await makeRole(project.admin, 'studio', [
    { Effect: 'Allow', Action: ['sagemaker:*', 'iam:PassRole', 'kms:*'], Resource: '*' },
  ])
  const { DomainArn } = await createDomain()
  domainId = DomainArn?.split('/').at(-1) ?? ''
  for (const UserProfileName of [sam, priya])
    await project.sagemaker.send(
      new CreateUserProfileCommand({
        DomainId: domainId,
        UserProfileName,
        Tags: [{ Key: 'uais:project', Value: 'fraud' }],
      }),
    )
})
afterAll(() => bench.stop())

describe('a domain', () => {
  test('is described as it was made, with a grant on its key', async () => {
    const domain = await project.sagemaker.send(new DescribeDomainCommand({ DomainId: domainId }))
    expect(domain).toMatchObject({
      Status: 'InService',
      AuthMode: 'IAM',
      AppNetworkAccessType: 'VpcOnly',
      KmsKeyId: project.keyArn,
      DomainSettings: { ExecutionRoleIdentityConfig: 'USER_PROFILE_NAME' },
    })
    const { Grants } = await new KMSClient(project.admin).send(new ListGrantsCommand({ KeyId: project.keyArn }))
    expect(Grants?.map((grant) => grant.GranteePrincipal)).toEqual(['elasticfilesystem.eu-west-1.amazonaws.com'])
  })

  test('is updated', async () => {
    const DefaultUserSettings = {
      JupyterLabAppSettings: { DefaultResourceSpec: { InstanceType: 'ml.t3.medium' as const } },
    }
    await project.sagemaker.send(new UpdateDomainCommand({ DomainId: domainId, DefaultUserSettings }))
    const domain = await project.sagemaker.send(new DescribeDomainCommand({ DomainId: domainId }))
    expect(domain.DefaultUserSettings).toMatchObject({ ...DefaultUserSettings, ExecutionRole: studioRole })
  })

  test.each([
    ['a subnet that is not there', { SubnetIds: ['subnet-0'] }, "The subnet ID 'subnet-0' does not exist"],
    ['no network', { VpcId: undefined, SubnetIds: undefined }, 'VpcId and SubnetIds are required.'],
    ['a name that is taken', {}, 'Domain [claims] already exists'],
  ] as const)('is refused with %s', async (name, changes, message) => {
    const other = name === 'a name that is taken' ? {} : { DomainName: 'other' }
    expect((await refusal(createDomain({ ...other, ...changes } as never))).message).toContain(message)
  })

  test.each([
    [
      'a public network',
      'sagemaker:AppNetworkAccessType',
      { StringNotEquals: { 'sagemaker:AppNetworkAccessType': 'VpcOnly' } },
      { AppNetworkAccessType: 'PublicInternetOnly' },
    ],
    ['no key', 'sagemaker:VolumeKmsKeyArn', { Null: { 'sagemaker:VolumeKmsKeyArn': 'true' } }, { KmsKeyId: undefined }],
    ['single sign-on', 'sagemaker:AuthMode', { StringEquals: { 'sagemaker:AuthMode': 'SSO' } }, { AuthMode: 'SSO' }],
  ] as const)('is denied with %s, where a policy says so', async (name, _key, Condition, changes) => {
    const role = `domain-${name.replaceAll(' ', '-')}`
    await makeRole(project.admin, role, [
      { Effect: 'Allow', Action: ['sagemaker:*', 'iam:PassRole', 'kms:*', 'elasticfilesystem:*'], Resource: '*' },
      { Effect: 'Deny', Action: 'sagemaker:CreateDomain', Resource: '*', Condition },
    ])
    const client = new SageMakerClient(await bench.as('claims', role))
    const { code, message } = await refusal(createDomain({ DomainName: 'denied', ...changes } as never, client))
    expect([code, message.includes('explicit deny')]).toEqual(['AccessDeniedException', true])
  })

  test('takes the use of its key from the caller', async () => {
    await makeRole(project.admin, 'no-key', [
      {
        Effect: 'Allow',
        Action: ['sagemaker:*', 'iam:PassRole', 'elasticfilesystem:*', 'kms:DescribeKey'],
        Resource: '*',
      },
    ])
    const client = new SageMakerClient(await bench.as('claims', 'no-key'))
    expect((await refusal(createDomain({ DomainName: 'no-key' }, client))).message).toContain('kms:CreateGrant')
  })
})

describe('user profiles, spaces and apps', () => {
  test('profiles are listed by domain; names compare without case', async () => {
    const listed = await project.sagemaker.send(new ListUserProfilesCommand({ DomainIdEquals: domainId }))
    expect(listed.UserProfiles?.map((each) => each.UserProfileName).toSorted()).toEqual([sam, priya].toSorted())
    const described = await project.sagemaker.send(
      new DescribeUserProfileCommand({ DomainId: domainId, UserProfileName: sam.toUpperCase() }),
    )
    expect(described.UserProfileArn).toBe(`arn:aws:sagemaker:eu-west-1:300000000003:user-profile/${domainId}/${sam}`)
  })

  test('single sign-on names do not fit a domain with IAM', async () => {
    const input = {
      DomainId: domainId,
      UserProfileName: 'x',
      SingleSignOnUserIdentifier: 'UserName',
      SingleSignOnUserValue: 'x',
    }
    expect((await refusal(project.sagemaker.send(new CreateUserProfileCommand(input)))).code).toBe(
      'ValidationException',
    )
  })

  test('a space belongs to its owner where the policy says so', async () => {
    const space = (SpaceName: string, OwnerUserProfileName: string) =>
      new CreateSpaceCommand({
        DomainId: domainId,
        SpaceName,
        OwnershipSettings: { OwnerUserProfileName },
        SpaceSharingSettings: { SharingType: 'Private' },
        SpaceSettings: { AppType: 'JupyterLab' },
      })
    await makeRole(project.admin, 'own-space', [
      {
        Effect: 'Allow',
        Action: ['sagemaker:CreateSpace', 'sagemaker:CreateApp', 'sagemaker:DeleteApp'],
        Resource: '*',
        Condition: {
          ArnLike: {
            'sagemaker:OwnerUserProfileArn': `arn:aws:sagemaker:*:*:user-profile/${domainId}/\${aws:SourceIdentity}`,
          },
          StringEquals: { 'sagemaker:SpaceSharingType': 'Private' },
        },
      },
    ])
    const client = new SageMakerClient(await bench.as('claims', 'own-space', sam))
    await client.send(space('sam', sam))
    expect((await refusal(client.send(space('other', priya)))).code).toBe('AccessDeniedException')
    const app = { DomainId: domainId, SpaceName: 'sam', AppType: 'JupyterLab' as const, AppName: 'default' }
    await client.send(new CreateAppCommand(app))
    const asPriya = new SageMakerClient(await bench.as('claims', 'own-space', priya))
    expect((await refusal(asPriya.send(new DeleteAppCommand(app)))).code).toBe('AccessDeniedException')
    const busy = await refusal(project.sagemaker.send(new DeleteSpaceCommand({ DomainId: domainId, SpaceName: 'sam' })))
    expect(busy.code).toBe('ResourceInUse')
    await client.send(new DeleteAppCommand(app))
    await project.sagemaker.send(new DeleteSpaceCommand({ DomainId: domainId, SpaceName: 'sam' }))
    const gone = await refusal(
      project.sagemaker.send(new DescribeSpaceCommand({ DomainId: domainId, SpaceName: 'sam' })),
    )
    expect(gone.code).toBe('ResourceNotFound')
  })
})

describe('Studio', () => {
  const presign = (client: SageMakerClient, UserProfileName: string) =>
    client.send(new CreatePresignedDomainUrlCommand({ DomainId: domainId, UserProfileName, ExpiresInSeconds: 60 }))

  test('opens for one profile only, as the minting policy says, and once', async () => {
    await makeRole(project.admin, 'mint', [
      {
        Effect: 'Allow',
        Action: 'sagemaker:CreatePresignedDomainUrl',
        Resource: `arn:aws:sagemaker:eu-west-1:300000000003:user-profile/${domainId}/\${aws:SourceIdentity}`,
      },
    ])
    const client = new SageMakerClient(await bench.as('claims', 'mint', sam))
    expect((await refusal(presign(client, priya))).code).toBe('AccessDeniedException')
    const { AuthorizedUrl = '' } = await presign(client, sam)
    const opened = await fetch(AuthorizedUrl, { redirect: 'manual' })
    expect(opened.status).toBe(303)
    const cookie = opened.headers.get('set-cookie')?.split(';')[0] ?? ''
    const home = await fetch(new URL(opened.headers.get('location') ?? '', AuthorizedUrl), { headers: { cookie } })
    expect(home.status).toBe(200)
    expect((await fetch(AuthorizedUrl, { redirect: 'manual' })).status).toBe(403)
  })

  test('shows the data sources that the role was given, as S3 lists them for the person', async () => {
    const iam = new IAMClient(project.admin)
    const grant = (prefix: string, Action: string) =>
      JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          {
            ...{ Effect: 'Allow', Action, Resource: `arn:aws:s3:::${project.bucket}` },
            Condition: { StringLike: { 's3:prefix': [prefix, `${prefix}*`] } },
          },
        ],
      })
    const put = (PolicyName: string, PolicyDocument: string) =>
      iam.send(new PutRolePolicyCommand({ RoleName: 'studio', PolicyName, PolicyDocument }))
    await put('uais-data-penguins', grant('data/train/', 's3:ListBucket'))
    await put('uais-data-other', grant('data/test/', 's3:GetBucketLocation'))
    const opened = await fetch((await presign(project.sagemaker, sam)).AuthorizedUrl ?? '', { redirect: 'manual' })
    const cookie = opened.headers.get('set-cookie')?.split(';')[0] ?? ''
    const answer = await fetch(new URL('/_studio/api/data', opened.url), { headers: { cookie } })
    const { listings } = (await answer.json()) as { listings: { title: string; objects: { key: string }[] }[] }
    expect(listings.map(({ title }) => title)).toEqual(['Data: penguins', 'Models of the project', 'Your own files'])
    expect(listings[0]?.objects.map(({ key }) => key)).toEqual(['data/train/penguins.csv'])
  })

  test('marks what is made in it with domain and profile', async () => {
    const { kernel } = bench.sandbox
    const call = kernel.background(kernel.service('sagemaker'), { account: '300000000003', region: 'eu-west-1' })
    const session = await call.assumeAsService(studioRole, 'sagemaker.amazonaws.com', {
      sessionName: 'SageMaker',
      sourceIdentity: sam,
    })
    await call.invoke('sagemaker', 'CreateTrainingJob', trainingJob(project, 'from-studio'), { principal: session })
    await ended(project.sagemaker, 'from-studio')
    const ResourceArn = 'arn:aws:sagemaker:eu-west-1:300000000003:training-job/from-studio'
    const { Tags } = await project.sagemaker.send(new ListTagsCommand({ ResourceArn }))
    expect(Tags).toEqual([
      { Key: 'sagemaker:domain-arn', Value: `arn:aws:sagemaker:eu-west-1:300000000003:domain/${domainId}` },
      {
        Key: 'sagemaker:user-profile-arn',
        Value: `arn:aws:sagemaker:eu-west-1:300000000003:user-profile/${domainId}/${sam}`,
      },
    ])
  })

  test('a resource takes no more than 50 tags', async () => {
    await project.sagemaker.send(new CreateTrainingJobCommand(trainingJob(project, 'tagged')))
    const ResourceArn = 'arn:aws:sagemaker:eu-west-1:300000000003:training-job/tagged'
    const tags = (from: number, count: number) =>
      Array.from({ length: count }, (_, i) => ({ Key: `k${from + i}`, Value: 'v' }))
    await project.sagemaker.send(new AddTagsCommand({ ResourceArn, Tags: tags(0, 50) }))
    expect((await refusal(project.sagemaker.send(new AddTagsCommand({ ResourceArn, Tags: tags(50, 1) })))).code).toBe(
      'ValidationException',
    )
    await ended(project.sagemaker, 'tagged')
  })
})

test('a domain goes when its profiles are gone', async () => {
  const drop = new DeleteDomainCommand({ DomainId: domainId, RetentionPolicy: { HomeEfsFileSystem: 'Delete' } })
  expect((await refusal(project.sagemaker.send(drop))).code).toBe('ResourceInUse')
  for (const UserProfileName of [sam, priya])
    await project.sagemaker.send(new DeleteUserProfileCommand({ DomainId: domainId, UserProfileName }))
  await project.sagemaker.send(drop)
  const gone = await refusal(project.sagemaker.send(new DescribeDomainCommand({ DomainId: domainId })))
  expect(gone).toMatchObject({ code: 'ResourceNotFound', message: `Domain [${domainId}] does not exist.` })
})
