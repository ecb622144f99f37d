import {
  CopyObjectCommand,
  CreateBucketCommand,
  DeleteObjectsCommand,
  GetBucketEncryptionCommand,
  GetBucketPolicyStatusCommand,
  GetObjectCommand,
  GetPublicAccessBlockCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutBucketAbacCommand,
  PutBucketPolicyCommand,
  PutBucketTaggingCommand,
  PutObjectAclCommand,
  PutObjectCommand,
  PutPublicAccessBlockCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AccountName, accounts, refusal, startTestBench, type TestBench } from '../test-bench.ts'

let bench: TestBench
let admin: S3Client
const Bucket = 'access-test'
const arn = `arn:aws:s3:::${Bucket}`

beforeAll(async () => {
  bench = await startTestBench()
  admin = new S3Client(await bench.as('claims', 'admin'))
  await create(Bucket)
  for (const Key of ['users/u1/a', 'users/u2/b', 'open/c'])
    await admin.send(new PutObjectCommand({ Bucket, Key, Body: Key, Tagging: `owner=${Key.split('/')[1]}` }))
})
afterAll(() => bench.stop())

const create = (name: string) =>
  admin.send(new CreateBucketCommand({ Bucket: name, CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } }))
const get = (client: S3Client, Key: string, more: object = {}) =>
  client.send(new GetObjectCommand({ Bucket, Key, ...more }))
const setPolicy = (Statement: object[], bucket = Bucket) =>
  admin.send(
    new PutBucketPolicyCommand({ Bucket: bucket, Policy: JSON.stringify({ Version: '2012-10-17', Statement }) }),
  )

let roles = 0
async function clientOf(statements: object[], account: AccountName = 'claims', sourceIdentity?: string) {
  const name = `s3-role-${roles++}`
  bench.role(account, name, statements)
  return new S3Client(await bench.as(account, name, sourceIdentity))
}

const allow = (Action: string | string[], Resource: string | string[], Condition?: object) => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...(Condition ? { Condition } : {}),
})

describe('actions', () => {
  it('are those of the Service Authorization Reference, not the operations', async () => {
    const reader = await clientOf([allow('s3:GetObject', `${arn}/*`)])
    await reader.send(new HeadObjectCommand({ Bucket, Key: 'open/c' }))
    const refused = await refusal(reader.send(new HeadBucketCommand({ Bucket })))
    expect(refused.status).toBe(403)
    const settings = await clientOf([allow(['s3:GetEncryptionConfiguration', 's3:GetBucketPublicAccessBlock'], arn)])
    await settings.send(new GetBucketEncryptionCommand({ Bucket }))
    await settings.send(new GetPublicAccessBlockCommand({ Bucket }))
    expect(await refusal(get(settings, 'open/c'))).toMatchObject({
      code: 'AccessDenied',
      status: 403,
      message: expect.stringMatching(
        /^User: arn:aws:sts::300000000003:assumed-role\/s3-role-\d+\/.+ is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::access-test\/open\/c" because no identity-based policy allows the s3:GetObject action$/,
      ),
    })
  })

  it('hide whether a key exists from who may not list', async () => {
    const reader = await clientOf([allow('s3:GetObject', `${arn}/*`)])
    expect(await refusal(get(reader, 'nothing'))).toMatchObject({ code: 'AccessDenied', status: 403 })
    const lister = await clientOf([allow(['s3:GetObject', 's3:ListBucket'], [arn, `${arn}/*`])])
    expect(await refusal(get(lister, 'nothing'))).toMatchObject({ code: 'NoSuchKey', status: 404 })
  })

  it('ask for versions by their own', async () => {
    const current = await clientOf([allow(['s3:GetObject', 's3:ListBucket*'], [arn, `${arn}/*`])])
    expect(await refusal(get(current, 'open/c', { VersionId: 'null' }))).toMatchObject({ code: 'AccessDenied' })
    const versions = await clientOf([allow('s3:GetObjectVersion', `${arn}/*`)])
    await get(versions, 'open/c', { VersionId: 'null' })
  })

  it('of a copy are reading there and writing here', async () => {
    const copy = (client: S3Client) =>
      client.send(new CopyObjectCommand({ Bucket, Key: 'copied/c', CopySource: `${Bucket}/open/c` }))
    const writer = await clientOf([allow(['s3:PutObject', 's3:PutObjectTagging'], `${arn}/*`)])
    expect(await refusal(copy(writer))).toMatchObject({ code: 'AccessDenied' })
    const both = await clientOf([
      allow(['s3:GetObject', 's3:GetObjectTagging'], `${arn}/open/*`),
      allow(['s3:PutObject', 's3:PutObjectTagging'], `${arn}/copied/*`),
    ])
    await copy(both)
  })

  it('of DeleteObjects are asked key by key', async () => {
    for (const Key of ['del/yes', 'keep/no']) await admin.send(new PutObjectCommand({ Bucket, Key, Body: 'x' }))
    const client = await clientOf([allow('s3:DeleteObject', `${arn}/del/*`)])
    const answer = await client.send(
      new DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key: 'del/yes' }, { Key: 'keep/no' }] } }),
    )
    expect(answer.Deleted).toEqual([{ Key: 'del/yes' }])
    expect(answer.Errors).toMatchObject([{ Key: 'keep/no', Code: 'AccessDenied' }])
    await get(admin, 'keep/no')
  })
})

describe('conditions', () => {
  it('keep each one to his own prefix, listing included', async () => {
    const own = (path: string) => `users/\${aws:SourceIdentity}/${path}`
    const client = await clientOf(
      [
        allow('s3:ListBucket', arn, {
          StringLike: { 's3:prefix': [own('*'), own('')] },
          Null: { 'aws:SourceIdentity': 'false' },
        }),
        allow(['s3:GetObject', 's3:PutObject'], `${arn}/${own('*')}`),
      ],
      'claims',
      'u1',
    )
    const list = (more: object) => client.send(new ListObjectsV2Command({ Bucket, ...more }))
    expect((await list({ Prefix: 'users/u1/' })).Contents).toHaveLength(1)
    await get(client, 'users/u1/a')
    for (const call of [list({}), list({ Prefix: '' }), list({ Prefix: 'users/u2/' }), get(client, 'users/u2/b')])
      expect(await refusal(call)).toMatchObject({ code: 'AccessDenied' })
    const tricks = ['users/u1/../u2/b', 'users/u1/%2e%2e/u2/b', '/users/u1/a']
    for (const Key of tricks) expect((await refusal(get(client, Key))).status).toBe(403)
  })

  it('read what a write asks for', async () => {
    const put = (client: S3Client, more: object) =>
      client.send(new PutObjectCommand({ Bucket, Key: 'cond', Body: 'x', ...more }))
    const encrypting = await clientOf([
      allow('s3:PutObject', `${arn}/*`, { StringEquals: { 's3:x-amz-server-side-encryption': 'AES256' } }),
    ])
    await put(encrypting, { ServerSideEncryption: 'AES256' })
    expect(await refusal(put(encrypting, {}))).toMatchObject({ code: 'AccessDenied' })
    const tagging = await clientOf([
      allow(['s3:PutObject', 's3:PutObjectTagging'], `${arn}/*`, {
        StringEquals: { 's3:RequestObjectTag/project': 'fraud' },
      }),
    ])
    await put(tagging, { Tagging: 'project=fraud' })
    expect(await refusal(put(tagging, { Tagging: 'project=other' }))).toMatchObject({ code: 'AccessDenied' })
    const plain = await clientOf([allow('s3:PutObject', `${arn}/*`)])
    expect(await refusal(put(plain, { Tagging: 'project=fraud' }))).toMatchObject({
      message: expect.stringContaining('s3:PutObjectTagging'),
    })
  })

  it('read the tags of an object, but those of a bucket only once that is enabled', async () => {
    const byObject = await clientOf([
      allow('s3:GetObject', `${arn}/*`, { StringEquals: { 's3:ExistingObjectTag/owner': 'u1' } }),
    ])
    await get(byObject, 'users/u1/a')
    expect(await refusal(get(byObject, 'users/u2/b'))).toMatchObject({ code: 'AccessDenied' })
    await create('abac-test')
    const TagSet = [{ Key: 'project', Value: 'fraud' }]
    await admin.send(new PutBucketTaggingCommand({ Bucket: 'abac-test', Tagging: { TagSet } }))
    const byBucket = await clientOf([
      allow('s3:ListBucket', '*', { StringEquals: { 'aws:ResourceTag/project': 'fraud' } }),
    ])
    const list = () => byBucket.send(new ListObjectsV2Command({ Bucket: 'abac-test' }))
    expect(await refusal(list())).toMatchObject({ code: 'AccessDenied' })
    await admin.send(new PutBucketAbacCommand({ Bucket: 'abac-test', AbacStatus: { Status: 'Enabled' } }))
    await list()
  })
})

describe('bucket policies', () => {
  it('let another account in, together with its own IAM', async () => {
    const foreign = await clientOf([allow('s3:GetObject', `${arn}/*`)], 'trials')
    const bare = await clientOf([allow('sqs:*', '*')], 'trials')
    expect(await refusal(get(foreign, 'open/c'))).toMatchObject({ code: 'AccessDenied' })
    const Principal = { AWS: `arn:aws:iam::${accounts.trials}:root` }
    await setPolicy([{ Effect: 'Allow', Principal, Action: 's3:GetObject', Resource: `${arn}/open/*` }])
    await get(foreign, 'open/c')
    expect(await refusal(get(foreign, 'users/u1/a'))).toMatchObject({ code: 'AccessDenied' })
    expect(await refusal(get(bare, 'open/c'))).toMatchObject({ code: 'AccessDenied' })
  })

  it('deny whatever IAM allows, with the statement named as a resource-based policy', async () => {
    const deny = { Effect: 'Deny', Principal: '*', Action: 's3:GetObject', Resource: `${arn}/users/*` }
    await setPolicy([deny])
    expect(await refusal(get(admin, 'users/u1/a'))).toMatchObject({
      code: 'AccessDenied',
      message: expect.stringContaining('with an explicit deny in a resource-based policy'),
    })
    await get(admin, 'open/c')
    await setPolicy([{ ...deny, Resource: `${arn}/nothing/*` }])
  })

  it('are refused as S3 refuses them', async () => {
    const good = { Effect: 'Allow', Principal: { AWS: accounts.trials }, Action: 's3:GetObject', Resource: `${arn}/*` }
    const cases: [object, string][] = [
      [{ ...good, Action: 's3:Get Object' }, 'Policy has invalid action'],
      [{ ...good, Action: 'kms:Decrypt' }, 'Policy has invalid action'],
      [{ ...good, Resource: 'arn:aws:s3:::other/*' }, 'Policy has invalid resource'],
      [{ ...good, Resource: arn }, 'Action does not apply to any resource(s) in statement'],
      [{ ...good, Action: 's3:ListBucket' }, 'Action does not apply to any resource(s) in statement'],
      [{ ...good, Principal: undefined }, 'Missing required field Principal'],
      [{ ...good, Principal: { AWS: 'arn:aws:iam::1:role/x' } }, 'Invalid principal in policy'],
      [{ ...good, Principal: { AWS: `arn:aws:iam::${accounts.trials}:role/nobody` } }, 'Invalid principal in policy'],
      [{ ...good, Condition: { 'aws:SourceAccount': '' } }, 'Invalid Condition type : aws:SourceAccount'],
      [{ ...good, Effect: 'Permit' }, 'Invalid effect: Permit'],
    ]
    for (const [statement, message] of cases)
      expect(await refusal(setPolicy([statement]))).toMatchObject({ code: 'MalformedPolicy', status: 400, message })
    const texts: [string, string][] = [
      ['no policy', "Policies must be valid JSON and the first byte must be '{'"],
      ['[]', "Policies must be valid JSON and the first byte must be '{'"],
      ['{"Version":', 'This policy contains invalid Json'],
    ]
    for (const [Policy, message] of texts) {
      const put = admin.send(new PutBucketPolicyCommand({ Bucket, Policy }))
      expect(await refusal(put)).toMatchObject({ code: 'MalformedPolicy', status: 400, message })
    }
    const huge = { ...good, Sid: 'x'.repeat(21_000) }
    expect(await refusal(setPolicy([huge]))).toMatchObject({ code: 'MalformedPolicy' })
  })
})

describe('public access', () => {
  const statement = (bucket: string) => ({
    Effect: 'Allow',
    Principal: '*',
    Action: 's3:GetObject',
    Resource: `arn:aws:s3:::${bucket}/*`,
  })
  const block = (bucket: string, on: object) =>
    admin.send(new PutPublicAccessBlockCommand({ Bucket: bucket, PublicAccessBlockConfiguration: on }))
  const fetchIt = (bucket: string) => fetch(`${bench.sandbox.url}/${bucket}/k`)

  it('is blocked unless the owner unblocks it', async () => {
    const name = 'public-test'
    await create(name)
    await admin.send(new PutObjectCommand({ Bucket: name, Key: 'k', Body: 'public' }))
    expect(await refusal(setPolicy([statement(name)], name))).toMatchObject({
      code: 'AccessDenied',
      message: expect.stringContaining('public policies are prevented by the BlockPublicPolicy setting'),
    })
    expect((await fetchIt(name)).status).toBe(403)
    await block(name, { BlockPublicPolicy: false, RestrictPublicBuckets: true })
    await setPolicy([statement(name)], name)
    const status = await admin.send(new GetBucketPolicyStatusCommand({ Bucket: name }))
    expect(status.PolicyStatus?.IsPublic).toBe(true)
    expect((await fetchIt(name)).status).toBe(403)
    await block(name, {})
    expect(await (await fetchIt(name)).text()).toBe('public')
  })

  it('is judged by the conditions of a statement', async () => {
    const name = 'judged-test'
    await create(name)
    for (const [Condition, isPublic] of [
      [{ StringEquals: { 'aws:PrincipalOrgID': 'o-uaissandbox' } }, false],
      [{ StringEquals: { 'aws:SourceVpce': 'vpce-1' } }, false],
      [{ StringLike: { 'aws:SourceVpce': 'vpce-*' } }, true],
      [{ StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } }, true],
      [{ IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } }, false],
      [{ IpAddress: { 'aws:SourceIp': '0.0.0.0/0' } }, true],
      [{ StringLike: { 'aws:UserAgent': 'x' } }, true],
    ] as const) {
      const put = setPolicy([{ ...statement(name), Condition }], name)
      if (isPublic) expect(await refusal(put)).toMatchObject({ code: 'AccessDenied' })
      else await put
    }
  })

  it('cannot be given by access control lists', async () => {
    const put = (more: object) => admin.send(new PutObjectCommand({ Bucket, Key: 'acl', Body: 'x', ...more }))
    await put({ ACL: 'bucket-owner-full-control' })
    expect(await refusal(put({ ACL: 'public-read' }))).toMatchObject({ code: 'AccessControlListNotSupported' })
    const later = new PutObjectAclCommand({ Bucket, Key: 'acl', ACL: 'public-read' })
    expect(await refusal(admin.send(later))).toMatchObject({ code: 'AccessControlListNotSupported' })
  })
})
