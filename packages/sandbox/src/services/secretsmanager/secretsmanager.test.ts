import { CreateKeyCommand, DisableKeyCommand, KMSClient } from '@aws-sdk/client-kms'
import {
  BatchGetSecretValueCommand,
  CreateSecretCommand,
  DeleteSecretCommand,
  DescribeSecretCommand,
  GetRandomPasswordCommand,
  GetResourcePolicyCommand,
  GetSecretValueCommand,
  ListSecretsCommand,
  ListSecretVersionIdsCommand,
  PutResourcePolicyCommand,
  PutSecretValueCommand,
  RestoreSecretCommand,
  SecretsManagerClient,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateSecretCommand,
  UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accounts, refusal, startTestBench, type TestBench } from '../test-bench.ts'

let bench: TestBench
let admin: SecretsManagerClient

beforeAll(async () => {
  bench = await startTestBench()
  admin = new SecretsManagerClient(await bench.as('claims', 'admin'))
})
afterAll(() => bench.stop())

const create = (Name: string, more: object = {}) => admin.send(new CreateSecretCommand({ Name, ...more }))
const read = (SecretId: string, more: object = {}, client = admin) =>
  client.send(new GetSecretValueCommand({ SecretId, ...more }))

async function clientOf(role: string, statements: object[], account: 'claims' | 'trials' = 'claims') {
  bench.role(account, role, statements)
  return new SecretsManagerClient(await bench.as(account, role))
}

describe('values', () => {
  it('come back by name, by ARN and by ARN without its end', async () => {
    const { ARN, VersionId } = await create('uais/fraud/db', {
      SecretString: 'hunter2',
      Tags: [{ Key: 'a', Value: '1' }],
    })
    expect(ARN).toMatch(/^arn:aws:secretsmanager:eu-west-1:300000000003:secret:uais\/fraud\/db-[A-Za-z0-9]{6}$/)
    for (const id of ['uais/fraud/db', ARN ?? '', (ARN ?? '').slice(0, -7)])
      expect(await read(id)).toMatchObject({ SecretString: 'hunter2', VersionId, VersionStages: ['AWSCURRENT'] })
    const described = await admin.send(new DescribeSecretCommand({ SecretId: ARN }))
    expect(described).toMatchObject({
      Name: 'uais/fraud/db',
      Tags: [{ Key: 'a', Value: '1' }],
      VersionIdsToStages: { [VersionId ?? '']: ['AWSCURRENT'] },
    })
    expect(described).not.toHaveProperty('KmsKeyId')
  })

  it('may be bytes', async () => {
    await create('bytes', { SecretBinary: Buffer.from([0, 1, 255]) })
    expect(Buffer.from((await read('bytes')).SecretBinary ?? [])).toEqual(Buffer.from([0, 1, 255]))
  })

  it('move through stages', async () => {
    await create('staged', { SecretString: 'one' })
    const two = await admin.send(new PutSecretValueCommand({ SecretId: 'staged', SecretString: 'two' }))
    expect((await read('staged')).SecretString).toBe('two')
    expect((await read('staged', { VersionStage: 'AWSPREVIOUS' })).SecretString).toBe('one')
    const three = await admin.send(
      new PutSecretValueCommand({ SecretId: 'staged', SecretString: 'three', VersionStages: ['PENDING'] }),
    )
    expect((await read('staged')).SecretString).toBe('two')
    await admin.send(
      new UpdateSecretVersionStageCommand({
        SecretId: 'staged',
        VersionStage: 'AWSCURRENT',
        MoveToVersionId: three.VersionId,
        RemoveFromVersionId: two.VersionId,
      }),
    )
    expect((await read('staged')).SecretString).toBe('three')
    expect((await read('staged', { VersionStage: 'AWSPREVIOUS' })).SecretString).toBe('two')
    const { Versions } = await admin.send(new ListSecretVersionIdsCommand({ SecretId: 'staged' }))
    expect(Versions).toHaveLength(2)
    expect(await refusal(read('staged', { VersionStage: 'NONE' }))).toMatchObject({ code: 'ResourceNotFoundException' })
  })

  it('are never changed under a token that was used', async () => {
    const ClientRequestToken = '0123456789abcdef0123456789abcdef'
    await create('token', { SecretString: 'x', ClientRequestToken })
    await create('token', { SecretString: 'x', ClientRequestToken })
    expect(await refusal(create('token', { SecretString: 'y', ClientRequestToken }))).toMatchObject({
      code: 'ResourceExistsException',
    })
    const changed = new PutSecretValueCommand({ SecretId: 'token', SecretString: 'y', ClientRequestToken })
    expect(await refusal(admin.send(changed))).toMatchObject({ code: 'ResourceExistsException' })
    expect(await refusal(create('token', { SecretString: 'x' }))).toMatchObject({
      code: 'ResourceExistsException',
      message: 'The operation failed because the secret token already exists.',
    })
  })

  it('lie on disk only encrypted, and are not recorded', async () => {
    await create('hidden', { SecretString: 'find-me-if-you-can' })
    const { kernel } = bench.sandbox
    const kept = JSON.stringify([...kernel.store.tables()].map(({ rows }) => [...rows.values()]))
    expect(kept).toContain('"hidden"')
    expect(kept).not.toContain('find-me-if-you-can')
  })

  it('need the key that encrypts them', async () => {
    const kms = new KMSClient(await bench.as('claims', 'admin'))
    const { KeyMetadata } = await kms.send(new CreateKeyCommand({}))
    const KmsKeyId = KeyMetadata?.Arn
    const { ARN } = await create('keyed', { SecretString: 'x', KmsKeyId })
    const reader = await clientOf('sm-reader', [
      { Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource: ARN },
    ])
    expect(await refusal(read('keyed', {}, reader))).toMatchObject({
      code: 'AccessDeniedException',
      message: 'Access to KMS is not allowed',
    })
    const both = await clientOf('sm-reader-kms', [
      { Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource: ARN },
      {
        Effect: 'Allow',
        Action: 'kms:Decrypt',
        Resource: KmsKeyId,
        Condition: {
          StringEquals: {
            'kms:ViaService': 'secretsmanager.eu-west-1.amazonaws.com',
            'kms:EncryptionContext:SecretARN': ARN,
          },
        },
      },
    ])
    expect((await read('keyed', {}, both)).SecretString).toBe('x')
    await kms.send(new DisableKeyCommand({ KeyId: KmsKeyId }))
    expect(await refusal(read('keyed'))).toMatchObject({ code: 'DecryptionFailure' })
  })
})

describe('secrets', () => {
  it('are deleted after a window, or at once, and restored', async () => {
    await create('gone', { SecretString: 'x' })
    const { DeletionDate } = await admin.send(new DeleteSecretCommand({ SecretId: 'gone', RecoveryWindowInDays: 7 }))
    expect(DeletionDate?.getTime()).toBeGreaterThan(Date.now() + 6 * 86_400_000)
    expect(await refusal(read('gone'))).toMatchObject({
      code: 'InvalidRequestException',
      message: "You can't perform this operation on the secret because it was marked for deletion.",
    })
    expect(await refusal(create('gone'))).toMatchObject({ code: 'InvalidRequestException' })
    const described = await admin.send(new DescribeSecretCommand({ SecretId: 'gone' }))
    expect(described.DeletedDate).toBeInstanceOf(Date)
    await admin.send(new RestoreSecretCommand({ SecretId: 'gone' }))
    expect((await read('gone')).SecretString).toBe('x')
    await admin.send(new DeleteSecretCommand({ SecretId: 'gone', ForceDeleteWithoutRecovery: true }))
    expect(await refusal(read('gone'))).toMatchObject({
      code: 'ResourceNotFoundException',
      message: "Secrets Manager can't find the specified secret.",
    })
    const again = await create('gone', { SecretString: 'new' })
    expect(again.VersionId).toBeTruthy()
  })

  it('refuse what makes no sense', async () => {
    await create('odd')
    const both = { SecretId: 'odd', ForceDeleteWithoutRecovery: true, RecoveryWindowInDays: 7 }
    for (const [call, code] of [
      [admin.send(new DeleteSecretCommand(both)), 'InvalidParameterException'],
      [admin.send(new DeleteSecretCommand({ SecretId: 'odd', RecoveryWindowInDays: 3 })), 'InvalidParameterException'],
      [admin.send(new PutSecretValueCommand({ SecretId: 'odd' })), 'InvalidParameterException'],
      [create('no spaces'), 'InvalidParameterException'],
      [create('both', { SecretString: 'x', SecretBinary: Buffer.from('y') }), 'InvalidParameterException'],
      [read('odd'), 'ResourceNotFoundException'],
    ] as const)
      expect(await refusal(call)).toMatchObject({ code })
  })

  it('are listed, filtered, tagged and described anew', async () => {
    await create('list/one', { Description: 'first' })
    await create('list/two')
    const { SecretList } = await admin.send(
      new ListSecretsCommand({ Filters: [{ Key: 'name', Values: ['list/'] }], MaxResults: 1 }),
    )
    expect(SecretList).toHaveLength(1)
    await admin.send(new TagResourceCommand({ SecretId: 'list/one', Tags: [{ Key: 'team', Value: 'fraud' }] }))
    await admin.send(new UpdateSecretCommand({ SecretId: 'list/one', Description: 'changed', SecretString: 'v' }))
    expect(await admin.send(new DescribeSecretCommand({ SecretId: 'list/one' }))).toMatchObject({
      Description: 'changed',
      Tags: [{ Key: 'team', Value: 'fraud' }],
    })
    await admin.send(new UntagResourceCommand({ SecretId: 'list/one', TagKeys: ['team'] }))
    expect((await admin.send(new DescribeSecretCommand({ SecretId: 'list/one' }))).Tags).toEqual([])
  })
})

describe('permissions', () => {
  it('follow the ARN, the tags and the stage', async () => {
    await create('uais/a/x', { SecretString: 'a', Tags: [{ Key: 'project', Value: 'a' }] })
    await create('uais/b/x', { SecretString: 'b', Tags: [{ Key: 'project', Value: 'b' }] })
    const byArn = await clientOf('sm-arn', [
      {
        Effect: 'Allow',
        Action: 'secretsmanager:*',
        Resource: 'arn:aws:secretsmanager:eu-west-1:300000000003:secret:uais/a/*',
      },
    ])
    const byTag = await clientOf('sm-tag', [
      {
        Effect: 'Allow',
        Action: 'secretsmanager:GetSecretValue',
        Resource: '*',
        Condition: { StringEquals: { 'aws:ResourceTag/project': 'a', 'secretsmanager:VersionStage': 'AWSCURRENT' } },
      },
    ])
    for (const client of [byArn, byTag]) {
      expect((await read('uais/a/x', {}, client)).SecretString).toBe('a')
      expect(await refusal(read('uais/b/x', {}, client))).toMatchObject({
        code: 'AccessDeniedException',
        message: expect.stringContaining(
          'is not authorized to perform: secretsmanager:GetSecretValue on resource: arn:',
        ),
      })
    }
    expect(await refusal(read('uais/a/x', { VersionStage: 'AWSPREVIOUS' }, byTag))).toMatchObject({
      code: 'AccessDeniedException',
    })
    await byArn.send(new CreateSecretCommand({ Name: 'uais/a/new', SecretString: 'x' }))
    expect(await refusal(byArn.send(new CreateSecretCommand({ Name: 'uais/b/new' })))).toMatchObject({
      code: 'AccessDeniedException',
    })
    expect(await refusal(read('uais/nothing', {}, byArn))).toMatchObject({ code: 'AccessDeniedException' })
  })

  it('come from the resource policy for another account, with its own IAM', async () => {
    const kms = new KMSClient(await bench.as('claims', 'admin'))
    const trials = { AWS: `arn:aws:iam::${accounts.trials}:root` }
    const own = { AWS: `arn:aws:iam::${accounts.claims}:root` }
    const everyone = [
      { Effect: 'Allow', Principal: own, Action: 'kms:*', Resource: '*' },
      { Effect: 'Allow', Principal: trials, Action: 'kms:Decrypt', Resource: '*' },
    ]
    const { KeyMetadata } = await kms.send(
      new CreateKeyCommand({ Policy: JSON.stringify({ Version: '2012-10-17', Statement: everyone }) }),
    )
    const { ARN } = await create('shared', { SecretString: 'x', KmsKeyId: KeyMetadata?.Arn })
    const foreign = await clientOf(
      'sm-foreign',
      [{ Effect: 'Allow', Action: ['secretsmanager:GetSecretValue', 'kms:Decrypt'], Resource: '*' }],
      'trials',
    )
    expect(await refusal(read(ARN ?? '', {}, foreign))).toMatchObject({ code: 'AccessDeniedException' })
    const statement = { Effect: 'Allow', Principal: trials, Action: 'secretsmanager:GetSecretValue', Resource: '*' }
    const ResourcePolicy = JSON.stringify({ Version: '2012-10-17', Statement: [statement] })
    await admin.send(new PutResourcePolicyCommand({ SecretId: ARN, ResourcePolicy }))
    expect(await admin.send(new GetResourcePolicyCommand({ SecretId: ARN }))).toMatchObject({ ResourcePolicy })
    expect((await read(ARN ?? '', {}, foreign)).SecretString).toBe('x')
    const open = JSON.stringify({ Version: '2012-10-17', Statement: [{ ...statement, Principal: '*' }] })
    const put = new PutResourcePolicyCommand({ SecretId: ARN, ResourcePolicy: open, BlockPublicPolicy: true })
    expect(await refusal(admin.send(put))).toMatchObject({ code: 'PublicPolicyException' })
    const bad = new PutResourcePolicyCommand({ SecretId: ARN, ResourcePolicy: '{"Statement":[]}' })
    expect(await refusal(admin.send(bad))).toMatchObject({ code: 'MalformedPolicyDocumentException' })
  })

  it('are asked for one by one in a batch', async () => {
    await create('batch/a', { SecretString: 'a' })
    await create('batch/b', { SecretString: 'b' })
    const client = await clientOf('sm-batch', [
      { Effect: 'Allow', Action: 'secretsmanager:BatchGetSecretValue', Resource: '*' },
      {
        Effect: 'Allow',
        Action: 'secretsmanager:GetSecretValue',
        Resource: 'arn:aws:secretsmanager:*:*:secret:batch/a-*',
      },
    ])
    const answer = await client.send(new BatchGetSecretValueCommand({ SecretIdList: ['batch/a', 'batch/b'] }))
    expect(answer.SecretValues?.map((value) => value.SecretString)).toEqual(['a'])
    expect(answer.Errors).toMatchObject([{ SecretId: 'batch/b', ErrorCode: 'AccessDeniedException' }])
  })
})

it('makes random passwords of what is allowed', async () => {
  const ask = (input: object) => admin.send(new GetRandomPasswordCommand(input))
  expect((await ask({})).RandomPassword).toHaveLength(32)
  expect((await ask({ PasswordLength: 20, ExcludePunctuation: true, ExcludeUppercase: true })).RandomPassword).toMatch(
    /^(?=.*[a-z])(?=.*\d)[a-z\d]{20}$/,
  )
  const nothing = { ExcludeLowercase: true, ExcludeUppercase: true, ExcludeNumbers: true, ExcludePunctuation: true }
  expect(await refusal(ask(nothing))).toMatchObject({ code: 'InvalidParameterException' })
})
