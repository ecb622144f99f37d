import { CloudWatchLogsClient, CreateLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs'
import { CreateVpcCommand, EC2Client } from '@aws-sdk/client-ec2'
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam'
import { CreateKeyCommand, KMSClient } from '@aws-sdk/client-kms'
import {
  CreateBucketCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import {
  CreateModelCommand,
  CreateModelPackageGroupCommand,
  CreatePresignedDomainUrlCommand,
  CreateUserProfileCommand,
  SageMakerClient,
  UpdateModelPackageCommand,
} from '@aws-sdk/client-sagemaker'
import {
  listSessionPolicy,
  mintSessionPolicy,
  probeSessionPolicy,
  type RunScope,
  sessionPolicyFor,
  uploadSessionPolicy,
} from '@uais/guardrails'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AwsDoor, type AwsSession, createAwsDoor } from '../../packages/server/src/aws/session.ts'
import type { WorkerContext } from '../../packages/server/src/worker-context.ts'
import { account, type Bench, params, startBench } from './worker/bench.ts'
import { onboardAsOwner } from './worker/owner-account.ts'

/**
 * The sessions in which the platform acts, each by the real SDK against roles of the real bootstrap. What a session may
 * not do is denied by its session policy where the role itself could do it: the message names which it was.
 */
let bench: Bench
let ctx: WorkerContext & { end(): Promise<void> }
let api: AwsDoor
beforeAll(async () => {
  bench = await startBench('none')
  ctx = await bench.context()
  api = createAwsDoor({
    ...bench.config.platform,
    ...{ platformAccountId: bench.config.platform.accountId, endpointUrl: bench.sandboxUrl },
    credentialsUrl: `${bench.sandboxUrl}/_sandbox/container-credentials/platform/uais-api`,
  })
  await onboardAsOwner(bench, ctx)
})
afterAll(async () => {
  await ctx?.end()
  await bench?.stop()
})

const { awsAccountId, externalId } = account
const entry = { awsAccountId, externalId, region: 'eu-west-1', sourceIdentity: '0a2d0000-0000-4000-8000-0000000000aa' }
const provision = (scope: RunScope) =>
  ctx.aws.enter({ ...entry, role: 'uais-provision', sessionPolicy: sessionPolicyFor(scope, params) })
const mint = (sessionPolicy: string) => api.enter({ ...entry, role: 'uais-mint', sessionPolicy })

const bySession = /because no session policy allows the/
const denied = (call: Promise<unknown>, message = bySession) =>
  expect(call).rejects.toMatchObject({ name: expect.stringMatching(/AccessDenied|UnauthorizedOperation/), message })

const Tags = [{ Key: 'ManagedBy', Value: 'UAIS' }]
const tags = { ManagedBy: 'UAIS' }
const sagemakerArn = (rest: string) => `arn:aws:sagemaker:eu-west-1:${awsAccountId}:${rest}`
const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'sagemaker.amazonaws.com' }, Action: 'sts:AssumeRole' }],
})
const createRole = (session: AwsSession, RoleName: string) =>
  session.client(IAMClient).send(
    new CreateRoleCommand({
      ...{ RoleName, Path: '/uais/projects/', AssumeRolePolicyDocument: trust, Tags },
      PermissionsBoundary: `arn:aws:iam::${awsAccountId}:policy/uais/uais-boundary`,
    }),
  )
const createGroup = (session: AwsSession, ModelPackageGroupName: string) =>
  session.client(SageMakerClient).send(new CreateModelPackageGroupCommand({ ModelPackageGroupName, Tags }))
const createLogGroup = (session: AwsSession, logGroupName: string) =>
  session.client(CloudWatchLogsClient).send(new CreateLogGroupCommand({ logGroupName, tags }))

describe('a session of a run', () => {
  it('of a project makes what is this project’s', async () => {
    const session = await provision({ kind: 'project', project: 'fraud' })
    await createRole(session, 'uais-fraud-studio')
    await createRole(session, 'uais-fraud-training')
    await createGroup(session, 'uais-fraud')
    await createLogGroup(session, '/uais/projects/fraud')
  })

  it('of a project makes nothing of another’s, nor of the account', async () => {
    const session = await provision({ kind: 'project', project: 'fraud' })
    await denied(createRole(session, 'uais-pricing-studio'))
    await denied(createRole(session, 'uais-fraud-eu-studio'))
    await denied(createGroup(session, 'uais-pricing'))
    await denied(createLogGroup(session, '/uais/projects/fraud-eu'))
    await denied(
      session.client(KMSClient).send(new CreateKeyCommand({ Tags: [{ TagKey: 'ManagedBy', TagValue: 'UAIS' }] })),
    )
    const TagSpecifications = [{ ResourceType: 'vpc' as const, Tags }]
    await denied(session.client(EC2Client).send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16', TagSpecifications })))
  })

  it('of a data source grants it to this project’s roles and reads no data', async () => {
    const session = await provision({ kind: 'data-source', project: 'fraud', dataSource: 'strikes' })
    const grant = (RoleName: string) =>
      session
        .client(IAMClient)
        .send(new PutRolePolicyCommand({ RoleName, PolicyName: 'uais-data-strikes', PolicyDocument: readGrant }))
    await grant('uais-fraud-training')
    await createRole(await provision({ kind: 'project', project: 'pricing' }), 'uais-pricing-training')
    await denied(grant('uais-pricing-training'))
  })

  it('of an endpoint makes no model of another', async () => {
    const session = await provision({ kind: 'endpoint', project: 'fraud', deployment: 'live' })
    const ExecutionRoleArn = `arn:aws:iam::${awsAccountId}:role/uais/projects/uais-fraud-studio`
    const model = (ModelName: string) =>
      session.client(SageMakerClient).send(new CreateModelCommand({ ModelName, ExecutionRoleArn, Tags }))
    await denied(model('uais-pricing--live-0a1b2c3d'))
    // Its own name, but with a role that is not the inference role.
    await denied(model('uais-fraud--live-0a1b2c3d'), /iam:PassRole .*because no session policy allows the/)
  })

  it('of the account approves no model and makes no project role', async () => {
    const session = await provision({ kind: 'account' })
    await denied(createRole(session, 'uais-trade-studio'))
    await denied(approve(session, 1))
  })
})

describe('a session of one act', () => {
  const approvalOf = (number: number): RunScope => ({
    kind: 'model-approval',
    modelPackageArn: sagemakerArn(`model-package/uais-fraud/${number}`),
  })

  it('approves one model version: of a missing one SageMaker says that, of another AWS refuses', async () => {
    const session = await provision(approvalOf(1))
    await expect(approve(session, 1)).rejects.toMatchObject({ name: 'ValidationException' })
    await denied(approve(session, 2))
  })

  it('makes one person’s profile', async () => {
    const [sam, priya] = ['00000000-0000-4000-8000-00000000000a', '00000000-0000-4000-8000-00000000000b'] as const
    const place = { project: 'fraud', domainId: 'd-abcdefghijkl', userProfile: sam, space: sam }
    const session = await provision({ kind: 'workspace', ...place })
    const profile = (UserProfileName: string) =>
      session
        .client(SageMakerClient)
        .send(new CreateUserProfileCommand({ DomainId: 'd-abcdefghijkl', UserProfileName, Tags }))
    await expect(profile(sam)).rejects.toMatchObject({ name: 'ResourceNotFound' })
    await denied(profile(priya))
  })

  it('tries a way in and can do nothing there', async () => {
    const session = await ctx.aws.enter({ ...entry, role: 'uais-provision', sessionPolicy: probeSessionPolicy() })
    await denied(createRole(session, 'uais-fraud-inference'), /with an explicit deny in a session policy/)
  })
})

describe('a session of the mint role', () => {
  it('opens one person’s Studio', async () => {
    const session = await mint(mintSessionPolicy(sagemakerArn('user-profile/d-abcdefghijkl/sam')))
    const open = (UserProfileName: string) =>
      session
        .client(SageMakerClient)
        .send(new CreatePresignedDomainUrlCommand({ DomainId: 'd-abcdefghijkl', UserProfileName }))
    await expect(open('sam')).rejects.toMatchObject({ name: 'ResourceNotFound' })
    await denied(open('priya'))
  })

  it('takes one file, and lists one prefix', async () => {
    const Bucket = `uais-data-${awsAccountId}-eu-west-1`
    const prefix = 'projects/fraud/data/strikes/'
    const owner = { endpoint: bench.sandboxUrl, region: 'eu-west-1', forcePathStyle: true }
    const CreateBucketConfiguration = { LocationConstraint: 'eu-west-1' as const }
    const owned = new S3Client({ ...owner, credentials: await bench.admin() })
    await owned.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration }))
    const keyArn = `arn:aws:kms:eu-west-1:${awsAccountId}:key/11111111-2222-4333-8444-555555555555`
    const file = { bucket: Bucket, key: `${prefix}a.csv`, keyArn }
    const upload = (await mint(uploadSessionPolicy(params, file))).client(S3Client)
    await upload.send(new PutObjectCommand({ Bucket, Key: file.key, Body: 'x' }))
    await denied(upload.send(new PutObjectCommand({ Bucket, Key: `${prefix}b.csv`, Body: 'x' })))
    await denied(upload.send(new GetObjectCommand({ Bucket, Key: file.key })), /because no .* policy allows the/)
    const listing = (await mint(listSessionPolicy(params, { bucket: Bucket, prefix }))).client(S3Client)
    const list = (Prefix: string) => listing.send(new ListObjectsV2Command({ Bucket, Prefix }))
    expect((await list(prefix)).Contents).toMatchObject([{ Key: file.key }])
    await denied(list('projects/fraud/data/other/'))
    await denied(list(''))
  })
})

const readGrant = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/x/*' }],
})

const approve = (session: AwsSession, version: number) =>
  session.client(SageMakerClient).send(
    new UpdateModelPackageCommand({
      ModelPackageArn: sagemakerArn(`model-package/uais-fraud/${version}`),
      ModelApprovalStatus: 'Approved',
    }),
  )
