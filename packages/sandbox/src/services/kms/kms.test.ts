import {
  CancelKeyDeletionCommand,
  CreateAliasCommand,
  CreateGrantCommand,
  CreateKeyCommand,
  DecryptCommand,
  DeleteAliasCommand,
  DescribeKeyCommand,
  DisableKeyCommand,
  EnableKeyCommand,
  EnableKeyRotationCommand,
  EncryptCommand,
  GenerateDataKeyCommand,
  GenerateDataKeyWithoutPlaintextCommand,
  GenerateRandomCommand,
  GetKeyPolicyCommand,
  GetKeyRotationStatusCommand,
  KMSClient,
  ListAliasesCommand,
  ListGrantsCommand,
  ListResourceTagsCommand,
  PutKeyPolicyCommand,
  ReEncryptCommand,
  RetireGrantCommand,
  RevokeGrantCommand,
  RotateKeyOnDemandCommand,
  ScheduleKeyDeletionCommand,
  type Tag,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateAliasCommand,
} from '@aws-sdk/client-kms'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accounts, refusal, startTestBench, type TestBench } from '../test-bench.ts'

let bench: TestBench
let admin: KMSClient

beforeAll(async () => {
  bench = await startTestBench()
  admin = new KMSClient(await bench.as('claims', 'admin'))
})
afterAll(() => bench.stop())

const grantee = `arn:aws:iam::${accounts.claims}:role/kms-grantee`
const Plaintext = Buffer.from('a secret')

async function newKey(policy?: object, Tags: Tag[] = []) {
  const { KeyMetadata } = await admin.send(
    new CreateKeyCommand({ ...(policy ? { Policy: JSON.stringify(policy) } : {}), Tags }),
  )
  return KeyMetadata?.Arn ?? ''
}

async function clientOf(role: string, statements: object[], account: 'claims' | 'trials' = 'claims') {
  bench.role(account, role, statements)
  return new KMSClient(await bench.as(account, role))
}

const allow = (Action: string | string[], Resource: string, Condition?: object) => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...(Condition ? { Condition } : {}),
})

describe('encryption', () => {
  it('gives back what was encrypted, under the same context only', async () => {
    const KeyId = await newKey()
    const EncryptionContext = { project: 'fraud', stage: 'raw' }
    const { CiphertextBlob } = await admin.send(new EncryptCommand({ KeyId, Plaintext, EncryptionContext }))
    expect(Buffer.from(CiphertextBlob ?? []).includes(Plaintext)).toBe(false)
    const reordered = { stage: 'raw', project: 'fraud' }
    const opened = await admin.send(new DecryptCommand({ CiphertextBlob, EncryptionContext: reordered }))
    expect(Buffer.from(opened.Plaintext ?? [])).toEqual(Plaintext)
    expect(opened.KeyId).toBe(KeyId)
    const wrongs: (Record<string, string> | undefined)[] = [
      undefined,
      { project: 'fraud' },
      { ...reordered, stage: 'clean' },
    ]
    for (const wrong of wrongs)
      expect(await refusal(admin.send(new DecryptCommand({ CiphertextBlob, EncryptionContext: wrong })))).toMatchObject(
        { code: 'InvalidCiphertextException', status: 400 },
      )
  })

  it('refuses a changed ciphertext and another key', async () => {
    const KeyId = await newKey()
    const { CiphertextBlob } = await admin.send(new EncryptCommand({ KeyId, Plaintext }))
    const changed = Buffer.from(CiphertextBlob ?? [])
    changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1
    for (const blob of [changed, Buffer.from('no ciphertext'), Buffer.alloc(1)])
      expect(await refusal(admin.send(new DecryptCommand({ CiphertextBlob: blob })))).toMatchObject({
        code: 'InvalidCiphertextException',
      })
    const other = new DecryptCommand({ CiphertextBlob, KeyId: await newKey() })
    expect(await refusal(admin.send(other))).toMatchObject({ code: 'IncorrectKeyException' })
  })

  it('makes data keys that decrypt to their plaintext', async () => {
    const KeyId = await newKey()
    const made = await admin.send(new GenerateDataKeyCommand({ KeyId, KeySpec: 'AES_256' }))
    const opened = await admin.send(new DecryptCommand({ CiphertextBlob: made.CiphertextBlob }))
    expect(opened.Plaintext).toEqual(made.Plaintext)
    expect(made.Plaintext).toHaveLength(32)
    const hidden = await admin.send(new GenerateDataKeyWithoutPlaintextCommand({ KeyId, NumberOfBytes: 64 }))
    expect(hidden).not.toHaveProperty('Plaintext')
    const shown = await admin.send(new DecryptCommand({ CiphertextBlob: hidden.CiphertextBlob }))
    expect(shown.Plaintext).toHaveLength(64)
    expect(await refusal(admin.send(new GenerateDataKeyCommand({ KeyId })))).toMatchObject({
      code: 'ValidationException',
    })
    expect((await admin.send(new GenerateRandomCommand({ NumberOfBytes: 16 }))).Plaintext).toHaveLength(16)
  })

  it('re-encrypts under another key and reads old ciphertexts after a rotation', async () => {
    const [from, to] = [await newKey(), await newKey()]
    const { CiphertextBlob } = await admin.send(new EncryptCommand({ KeyId: from, Plaintext }))
    const moved = await admin.send(new ReEncryptCommand({ CiphertextBlob, DestinationKeyId: to }))
    expect(moved).toMatchObject({ SourceKeyId: from, KeyId: to })
    await admin.send(new RotateKeyOnDemandCommand({ KeyId: to }))
    const opened = await admin.send(new DecryptCommand({ CiphertextBlob: moved.CiphertextBlob, KeyId: to }))
    expect(Buffer.from(opened.Plaintext ?? [])).toEqual(Plaintext)
  })
})

describe('key states', () => {
  it('are in force', async () => {
    const KeyId = await newKey()
    const { CiphertextBlob } = await admin.send(new EncryptCommand({ KeyId, Plaintext }))
    await admin.send(new DisableKeyCommand({ KeyId }))
    expect(await refusal(admin.send(new DecryptCommand({ CiphertextBlob })))).toMatchObject({
      code: 'DisabledException',
      message: `${KeyId} is disabled.`,
    })
    await admin.send(new EnableKeyCommand({ KeyId }))
    const scheduled = await admin.send(new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 7 }))
    expect(scheduled).toMatchObject({ KeyId, KeyState: 'PendingDeletion', PendingWindowInDays: 7 })
    expect(await refusal(admin.send(new DecryptCommand({ CiphertextBlob })))).toMatchObject({
      code: 'KMSInvalidStateException',
      message: `${KeyId} is pending deletion.`,
    })
    expect(await refusal(admin.send(new EnableKeyCommand({ KeyId })))).toMatchObject({
      code: 'KMSInvalidStateException',
    })
    await admin.send(new CancelKeyDeletionCommand({ KeyId }))
    const { KeyMetadata } = await admin.send(new DescribeKeyCommand({ KeyId }))
    expect(KeyMetadata).toMatchObject({ KeyState: 'Disabled', Enabled: false })
    expect(KeyMetadata?.DeletionDate).toBeUndefined()
  })

  it('know rotation, tags and unknown keys', async () => {
    const KeyId = await newKey(undefined, [{ TagKey: 'a', TagValue: '1' }])
    expect(await admin.send(new GetKeyRotationStatusCommand({ KeyId }))).toMatchObject({ KeyRotationEnabled: false })
    await admin.send(new EnableKeyRotationCommand({ KeyId, RotationPeriodInDays: 180 }))
    expect(await admin.send(new GetKeyRotationStatusCommand({ KeyId }))).toMatchObject({
      KeyRotationEnabled: true,
      RotationPeriodInDays: 180,
    })
    await admin.send(new TagResourceCommand({ KeyId, Tags: [{ TagKey: 'b', TagValue: '2' }] }))
    await admin.send(new UntagResourceCommand({ KeyId, TagKeys: ['a'] }))
    const { Tags } = await admin.send(new ListResourceTagsCommand({ KeyId }))
    expect(Tags).toEqual([{ TagKey: 'b', TagValue: '2' }])
    const unknown = 'arn:aws:kms:eu-west-1:300000000003:key/00000000-0000-4000-8000-000000000000'
    expect(await refusal(admin.send(new DescribeKeyCommand({ KeyId: unknown })))).toMatchObject({
      code: 'NotFoundException',
      message: `Key '${unknown}' does not exist`,
    })
    const elsewhere = unknown.replace('eu-west-1', 'us-east-1')
    expect(await refusal(admin.send(new DescribeKeyCommand({ KeyId: elsewhere })))).toMatchObject({
      code: 'NotFoundException',
    })
    expect(await refusal(admin.send(new CreateKeyCommand({ KeySpec: 'RSA_2048' })))).toMatchObject({
      code: 'UnsupportedOperationException',
    })
  })
})

describe('aliases', () => {
  it('name a key and can be pointed elsewhere', async () => {
    const [one, two] = [await newKey(), await newKey()]
    const AliasName = 'alias/test'
    await admin.send(new CreateAliasCommand({ AliasName, TargetKeyId: one }))
    expect(await refusal(admin.send(new CreateAliasCommand({ AliasName, TargetKeyId: two })))).toMatchObject({
      code: 'AlreadyExistsException',
    })
    expect((await admin.send(new DescribeKeyCommand({ KeyId: AliasName }))).KeyMetadata?.Arn).toBe(one)
    await admin.send(new UpdateAliasCommand({ AliasName, TargetKeyId: two }))
    const { Aliases } = await admin.send(new ListAliasesCommand({ KeyId: two }))
    expect(Aliases).toMatchObject([{ AliasName, TargetKeyId: two.split('/')[1] }])
    await admin.send(new DeleteAliasCommand({ AliasName }))
    expect(await refusal(admin.send(new DescribeKeyCommand({ KeyId: AliasName })))).toMatchObject({
      code: 'NotFoundException',
      message: 'Alias arn:aws:kms:eu-west-1:300000000003:alias/test is not found.',
    })
    for (const [name, code] of [
      ['alias/aws/mine', 'NotAuthorizedException'],
      ['no-prefix', 'InvalidAliasNameException'],
    ] as const)
      expect(await refusal(admin.send(new CreateAliasCommand({ AliasName: name, TargetKeyId: one })))).toMatchObject({
        code,
      })
  })

  it('make AWS managed keys on first use, which serve their service only', async () => {
    const { KeyMetadata } = await admin.send(new DescribeKeyCommand({ KeyId: 'alias/aws/s3' }))
    expect(KeyMetadata).toMatchObject({ KeyManager: 'AWS', KeyState: 'Enabled' })
    expect(await refusal(admin.send(new EncryptCommand({ KeyId: 'alias/aws/s3', Plaintext })))).toMatchObject({
      code: 'AccessDeniedException',
    })
    const remove = new ScheduleKeyDeletionCommand({ KeyId: KeyMetadata?.KeyId })
    expect(await refusal(admin.send(remove))).toMatchObject({ code: 'AccessDeniedException' })
    expect(await refusal(admin.send(new DescribeKeyCommand({ KeyId: 'alias/aws/nothing' })))).toMatchObject({
      code: 'NotFoundException',
    })
  })
})

describe('key policies', () => {
  const root = (account: string) => ({ AWS: `arn:aws:iam::${account}:root` })
  const own = { Effect: 'Allow', Principal: root(accounts.claims), Action: 'kms:*', Resource: '*' }
  const policy = (...Statement: object[]) => ({ Version: '2012-10-17', Statement })

  it('decide: IAM alone gives nothing where the policy does not hand over to the account', async () => {
    const user = await clientOf('kms-user', [allow('kms:*', '*')])
    const mine = policy({ ...own, Principal: { AWS: `arn:aws:iam::${accounts.claims}:role/admin` } })
    const KeyId = await newKey(mine)
    expect(await refusal(user.send(new EncryptCommand({ KeyId, Plaintext })))).toMatchObject({
      code: 'AccessDeniedException',
      message: expect.stringContaining(`is not authorized to perform: kms:Encrypt on resource: ${KeyId}`),
    })
    expect(await admin.send(new GetKeyPolicyCommand({ KeyId }))).toMatchObject({ Policy: JSON.stringify(mine) })
    await admin.send(new PutKeyPolicyCommand({ KeyId, Policy: JSON.stringify(policy(own)) }))
    await user.send(new EncryptCommand({ KeyId, Plaintext }))
  })

  it('let another account in only together with its own IAM', async () => {
    const KeyId = await newKey(
      policy(own, { Effect: 'Allow', Principal: root(accounts.trials), Action: 'kms:Encrypt', Resource: '*' }),
    )
    const allowed = await clientOf('kms-foreign', [allow('kms:Encrypt', KeyId)], 'trials')
    const bare = await clientOf('kms-bare', [allow('s3:*', '*')], 'trials')
    await allowed.send(new EncryptCommand({ KeyId, Plaintext }))
    for (const client of [bare, allowed])
      expect(await refusal(client.send(new DescribeKeyCommand({ KeyId })))).toMatchObject({
        code: 'AccessDeniedException',
      })
    expect(await refusal(bare.send(new EncryptCommand({ KeyId, Plaintext })))).toMatchObject({
      code: 'AccessDeniedException',
    })
  })

  it('read the encryption context, the alias and the service a call comes through', async () => {
    const context = { StringEquals: { 'kms:EncryptionContext:project': 'fraud' } }
    const KeyId = await newKey()
    const user = await clientOf('kms-context', [allow('kms:Encrypt', KeyId, context)])
    await user.send(new EncryptCommand({ KeyId, Plaintext, EncryptionContext: { project: 'fraud' } }))
    const other = new EncryptCommand({ KeyId, Plaintext, EncryptionContext: { project: 'other' } })
    expect(await refusal(user.send(other))).toMatchObject({ code: 'AccessDeniedException' })
    const through = await clientOf('kms-via', [
      allow('kms:Encrypt', KeyId, { StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } }),
    ])
    expect(await refusal(through.send(new EncryptCommand({ KeyId, Plaintext })))).toMatchObject({
      code: 'AccessDeniedException',
    })
    await admin.send(new CreateAliasCommand({ AliasName: 'alias/named', TargetKeyId: KeyId }))
    const named = await clientOf('kms-named', [
      allow('kms:Encrypt', '*', { StringEquals: { 'kms:RequestAlias': 'alias/named' } }),
    ])
    await named.send(new EncryptCommand({ KeyId: 'alias/named', Plaintext }))
    expect(await refusal(named.send(new EncryptCommand({ KeyId, Plaintext })))).toMatchObject({
      code: 'AccessDeniedException',
    })
  })

  it('are refused when malformed or when they would lock their author out', async () => {
    const KeyId = await newKey()
    const statement = { Effect: 'Allow', Principal: '*', Action: 'kms:*', Resource: '*' }
    const bad: [string, string][] = [
      ['not json', 'contains invalid Json'],
      [JSON.stringify(policy({ ...statement, Effect: 'Maybe' })), 'Invalid effect'],
      [JSON.stringify(policy({ ...statement, Principal: undefined })), 'Missing required field Principal'],
      [JSON.stringify(policy({ ...statement, Principal: { AWS: 'arn:aws:iam::1:role/*' } })), 'Invalid principal'],
      [JSON.stringify(policy({ ...statement, Principal: { AWS: grantee } })), 'one or more invalid principals'],
      [JSON.stringify(policy({ ...statement, Condition: { 'aws:SourceAccount': '' } })), 'Invalid Condition type'],
      [JSON.stringify(policy({ ...statement, Principal: root(accounts.trials) })), 'will not allow you to update'],
    ]
    for (const [Policy, message] of bad)
      expect(await refusal(admin.send(new PutKeyPolicyCommand({ KeyId, Policy })))).toMatchObject({
        code: 'MalformedPolicyDocumentException',
        message: expect.stringContaining(message),
      })
  })
})

describe('grants', () => {
  it('permit their operations under their constraints until they end', async () => {
    const KeyId = await newKey()
    const user = await clientOf('kms-grantee', [allow('s3:GetObject', '*')])
    const encrypt = (project: string) =>
      user.send(new EncryptCommand({ KeyId, Plaintext, EncryptionContext: { project, x: '1' } }))
    expect(await refusal(encrypt('fraud'))).toMatchObject({ code: 'AccessDeniedException' })
    const { GrantId } = await admin.send(
      new CreateGrantCommand({
        KeyId,
        GranteePrincipal: grantee,
        Operations: ['Encrypt', 'DescribeKey'],
        Constraints: { EncryptionContextSubset: { project: 'fraud' } },
      }),
    )
    const { CiphertextBlob } = await encrypt('fraud')
    expect(await refusal(encrypt('other'))).toMatchObject({ code: 'AccessDeniedException' })
    const EncryptionContext = { project: 'fraud', x: '1' }
    expect(await refusal(user.send(new DecryptCommand({ CiphertextBlob, EncryptionContext })))).toMatchObject({
      code: 'AccessDeniedException',
    })
    const { Grants } = await admin.send(new ListGrantsCommand({ KeyId }))
    expect(Grants).toMatchObject([{ GrantId, GranteePrincipal: grantee, Operations: ['Encrypt', 'DescribeKey'] }])
    await admin.send(new RevokeGrantCommand({ KeyId, GrantId }))
    expect(await refusal(encrypt('fraud'))).toMatchObject({ code: 'AccessDeniedException' })
  })

  it('are retired by their own parties, and made once per name', async () => {
    const KeyId = await newKey()
    const user = await clientOf('kms-grantee', [allow('s3:GetObject', '*')])
    const wanted = {
      KeyId,
      Name: 'once',
      GranteePrincipal: grantee,
      RetiringPrincipal: grantee,
      Operations: ['Decrypt' as const],
    }
    const first = await admin.send(new CreateGrantCommand(wanted))
    expect((await admin.send(new CreateGrantCommand(wanted))).GrantId).toBe(first.GrantId)
    await user.send(new RetireGrantCommand({ KeyId, GrantId: first.GrantId }))
    expect((await admin.send(new ListGrantsCommand({ KeyId }))).Grants).toEqual([])
    const second = await admin.send(new CreateGrantCommand({ ...wanted, RetiringPrincipal: undefined }))
    const retire = new RetireGrantCommand({ KeyId, GrantId: second.GrantId })
    expect(await refusal(user.send(retire))).toMatchObject({ code: 'AccessDeniedException' })
    const loose = new CreateGrantCommand({ ...wanted, GranteePrincipal: 'arn:aws:s3:::bucket' })
    expect(await refusal(admin.send(loose))).toMatchObject({ code: 'InvalidArnException' })
  })

  it('can be kept for services by kms:GrantIsForAWSResource', async () => {
    const KeyId = await newKey()
    const user = await clientOf('kms-granter', [
      allow('kms:CreateGrant', KeyId, { Bool: { 'kms:GrantIsForAWSResource': 'true' } }),
    ])
    const grant = new CreateGrantCommand({ KeyId, GranteePrincipal: grantee, Operations: ['Decrypt'] })
    expect(await refusal(user.send(grant))).toMatchObject({ code: 'AccessDeniedException' })
  })
})
