import { CreateSubnetCommand, CreateVpcCommand, EC2Client } from '@aws-sdk/client-ec2'
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam'
import { CreateKeyCommand, KMSClient } from '@aws-sdk/client-kms'
import {
  CreateBucketCommand,
  GetObjectCommand,
  PutBucketPolicyCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import {
  CreateDomainCommand,
  CreateUserProfileCommand,
  DescribeDomainCommand,
  DescribeUserProfileCommand,
  SageMakerClient,
} from '@aws-sdk/client-sagemaker'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ApiStack, furnish, observed, startApiStack } from './api-stack.ts'

/**
 * What the API itself does in an account, by the real SDK against the sandbox: it may mint links and grants, each for one
 * person and one thing, and nothing else. The owner's side is made by hand here; Terraform's part is tested with the stacks.
 */
let stack: ApiStack
let day: Awaited<ReturnType<typeof furnish>>
let admin: Awaited<ReturnType<typeof administrator>>
let keyArn: string
const bucket = 'uais-data-300000000003-eu-west-1'

async function administrator(url: string) {
  const answer = await fetch(`${url}/_sandbox/credentials`, {
    method: 'POST',
    headers: { 'x-uais-sandbox': '1', 'content-type': 'application/json' },
    body: JSON.stringify({ account: 'claims', role: 'admin' }),
  })
  const { accessKeyId, secretAccessKey, sessionToken } = (await answer.json()) as Record<string, string>
  const credentials = { accessKeyId: accessKeyId!, secretAccessKey: secretAccessKey!, sessionToken: sessionToken! }
  return { region: 'eu-west-1', endpoint: url, credentials, forcePathStyle: true }
}

const json = (value: object) => JSON.stringify(value)
const trust = (principal: object, condition: object = {}, actions: string[] = ['sts:AssumeRole']) =>
  json({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: principal, Action: actions, Condition: condition }],
  })

async function makeMintRole(externalId: string) {
  const iam = new IAMClient(admin)
  const api = { AWS: 'arn:aws:iam::200000000002:role/uais-api' }
  await iam.send(
    new CreateRoleCommand({
      ...{ Path: '/uais/', RoleName: 'uais-mint' },
      AssumeRolePolicyDocument: trust(api, { StringEquals: { 'sts:ExternalId': externalId } }, [
        'sts:AssumeRole',
        'sts:SetSourceIdentity',
      ]),
    }),
  )
  const statements = [
    { Effect: 'Allow', Action: 'sagemaker:CreatePresignedDomainUrl', Resource: '*' },
    { Effect: 'Allow', Action: 's3:PutObject', Resource: `arn:aws:s3:::${bucket}/projects/*/data/*` },
    { Effect: 'Allow', Action: 's3:ListBucket', Resource: `arn:aws:s3:::${bucket}` },
    { Effect: 'Allow', Action: 'kms:GenerateDataKey', Resource: '*' },
  ]
  await iam.send(
    new PutRolePolicyCommand({
      ...{ RoleName: 'uais-mint', PolicyName: 'mint' },
      PolicyDocument: json({ Version: '2012-10-17', Statement: statements }),
    }),
  )
}

beforeAll(async () => {
  stack = await startApiStack()
  day = await furnish(stack)
  admin = await administrator(stack.stack.urls.aws)
  const made = await new KMSClient(admin).send(new CreateKeyCommand({}))
  keyArn = made.KeyMetadata?.Arn ?? ''
  await new S3Client(admin).send(
    new CreateBucketCommand({ Bucket: bucket, CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } }),
  )
  await observed(stack.pool, day.account.id, 'Ready', { keyArn })
  const { rows } = await stack.pool.query('select external_id from account_link where account_id = $1', [
    day.account.id,
  ])
  await makeMintRole(rows[0].external_id)
})
afterAll(() => stack.stop())

describe('an upload', () => {
  const grant = (fileName: string, bytes: number) =>
    day.sam.client.call('data-sources.upload', {
      params: { id: day.data.id },
      body: { fileName, bytes, contentType: 'text/csv' },
    })
  const send = (
    given: { url: string; fields: Record<string, string> },
    content: string,
    change: Record<string, string> = {},
  ) => {
    const form = new FormData()
    for (const [name, value] of Object.entries({ ...given.fields, ...change })) form.set(name, value)
    form.set('file', new Blob([content]), 'claims.csv')
    return fetch(given.url, { method: 'POST', body: form })
  }

  it('goes from the browser to the owner’s bucket, encrypted with the owner’s key, and is listed', async () => {
    const content = 'claim,fraud\n1,0\n'
    const given = await grant('claims 2026.csv', content.length)
    expect(given.key).toBe('projects/fraud/data/history/claims 2026.csv')
    expect(given.url).toContain(new URL(stack.stack.urls.aws).host)
    const posted = await send(given, content)
    expect(posted.status, await posted.text()).toBe(204)
    const object = await new S3Client(admin).send(new GetObjectCommand({ Bucket: bucket, Key: given.key }))
    expect(await object.Body?.transformToString()).toBe(content)
    expect(object).toMatchObject({ ServerSideEncryption: 'aws:kms', SSEKMSKeyId: keyArn, ContentType: 'text/csv' })
    const page = await day.sam.client.call('data-sources.objects', { params: { id: day.data.id } })
    expect(page.items).toMatchObject([{ key: given.key, bytes: content.length }])
  })

  it('is for this size, this key and this encryption only', async () => {
    const given = await grant('small.csv', 4)
    expect((await send(given, 'more than four bytes')).status).toBe(400)
    expect((await send(given, '1234', { key: 'projects/other/data/x/y.csv' })).status).toBe(403)
    expect((await send(given, '1234', { 'x-amz-server-side-encryption': 'AES256' })).status).toBe(403)
    expect((await send(given, '1234')).status).toBe(204)
  })
})

describe('data that stays in the owner’s own bucket', () => {
  const objects = (id: string) => day.sam.client.call('data-sources.objects', { params: { id } })
  const own = 'claims-history-300000000003'
  const allow = (prefix: string) =>
    new S3Client(admin).send(
      new PutBucketPolicyCommand({
        Bucket: own,
        Policy: json({
          Version: '2012-10-17',
          Statement: [
            {
              ...{ Effect: 'Allow', Action: 's3:ListBucket', Resource: `arn:aws:s3:::${own}` },
              Principal: { AWS: 'arn:aws:iam::300000000003:role/uais/uais-mint' },
              Condition: { StringLike: { 's3:prefix': `${prefix}*` } },
            },
          ],
        }),
      }),
    )

  it('is listed below the source’s prefix where its owner allows it, and nowhere else', async () => {
    const { id } = await day.owen.client.call('data-sources.create', {
      params: { id: day.project.id },
      body: {
        name: 'past',
        spec: {
          source: 's3',
          bucket: own,
          prefix: 'claims/2026/',
          purpose: 'training',
          classification: 'confidential',
        },
      },
    })
    await observed(stack.pool, id, 'Ready')
    await expect(objects(id)).rejects.toMatchObject({ code: 'not-found', message: expect.stringContaining(own) })
    const s3 = new S3Client(admin)
    await s3.send(
      new CreateBucketCommand({ Bucket: own, CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } }),
    )
    for (const Key of ['claims/2026/a.csv', 'claims/2025/b.csv', 'salaries/c.csv'])
      await s3.send(new PutObjectCommand({ Bucket: own, Key, Body: 'a,b\n' }))
    const refused = expect.stringMatching(
      /^listing data 'past': UAIS may not list the bucket '[^']+'\. .*can allow arn:aws:iam::300000000003:role\/uais\/uais-mint/,
    )
    await expect(objects(id)).rejects.toMatchObject({ code: 'not-ready', message: refused })
    await allow('salaries/')
    await expect(objects(id)).rejects.toMatchObject({ code: 'not-ready' })
    await allow('')
    expect((await objects(id)).items.map((object) => object.key)).toEqual(['claims/2026/a.csv'])
  })
})

describe('a workspace', () => {
  const studio = async () => {
    const ec2 = new EC2Client(admin)
    const vpc = (await ec2.send(new CreateVpcCommand({ CidrBlock: '10.60.0.0/20' }))).Vpc?.VpcId ?? ''
    const subnet =
      (await ec2.send(new CreateSubnetCommand({ VpcId: vpc, CidrBlock: '10.60.0.0/24' }))).Subnet?.SubnetId ?? ''
    const role = await new IAMClient(admin).send(
      new CreateRoleCommand({
        RoleName: 'studio',
        AssumeRolePolicyDocument: trust({ Service: 'sagemaker.amazonaws.com' }),
      }),
    )
    const sagemaker = new SageMakerClient(admin)
    const domain = await sagemaker.send(
      new CreateDomainCommand({
        ...{ DomainName: 'claims', AuthMode: 'IAM', VpcId: vpc, SubnetIds: [subnet] },
        DefaultUserSettings: { ExecutionRole: role.Role?.Arn ?? '' },
      }),
    )
    const DomainId = domain.DomainArn?.split('/')[1] ?? ''
    await expect
      .poll(async () => (await sagemaker.send(new DescribeDomainCommand({ DomainId }))).Status, { timeout: 60_000 })
      .toBe('InService')
    const key = { DomainId, UserProfileName: day.sam.oid }
    const { UserProfileArn } = await sagemaker.send(new CreateUserProfileCommand(key))
    await expect
      .poll(async () => (await sagemaker.send(new DescribeUserProfileCommand(key))).Status, { timeout: 60_000 })
      .toBe('InService')
    return { domainId: DomainId, userProfileName: day.sam.oid, userProfileArn: UserProfileArn ?? '' }
  }

  it('opens for its member with a link of one minute that is kept nowhere', async () => {
    await observed(stack.pool, day.workspace.id, 'Ready', await studio())
    const opened = await day.sam.client.call('workspaces.open', { params: { id: day.workspace.id }, body: {} })
    expect(Date.parse(opened.expiresAt) - Date.now()).toBeLessThan(61_000)
    const page = await fetch(opened.url, { redirect: 'manual' })
    expect(page.status).toBeLessThan(400)
    const { rows } = await stack.pool.query(
      `select detail from audit where action = 'OpenWorkspace' and outcome = 'done'
       union all select spec::text || status::text from resource where kind = 'Workspace'`,
    )
    const secret = new URL(opened.url).search
    expect(secret.length).toBeGreaterThan(10)
    expect(rows.map((row) => row.detail).join()).not.toContain(secret)
  })

  it('of an account whose roles the owner has removed does not open, and AWS’s own words say why', async () => {
    await stack.pool.query(`update account_link set external_id = 'uais-wrong' where account_id = $1`, [day.account.id])
    const open = day.sam.client.call('workspaces.open', { params: { id: day.workspace.id }, body: {} })
    await expect(open).rejects.toMatchObject({
      code: 'account-unreachable',
      message: expect.stringMatching(
        /entering account 300000000003 as .*uais-mint: AccessDenied: User: .* is not authorized to perform: sts:AssumeRole/,
      ),
    })
  })
})
