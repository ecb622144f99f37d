import { request } from 'node:http'
import { CreatePolicyCommand, CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam'
import { CreateBucketCommand, PutBucketPolicyCommand, S3Client } from '@aws-sdk/client-s3'
import { CreateModelPackageGroupCommand, CreateTrainingJobCommand, SageMakerClient } from '@aws-sdk/client-sagemaker'
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts'
import { type Sandbox, startSandbox } from '@uais/sandbox'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { clientConfig, inventory, type Keys, keysOf, type RawCall, send } from './bad-input-wire.ts'

/**
 * Wrong input on the AWS wire: each is refused with AWS's code and words, and leaves nothing behind. What the API refuses
 * is in api-bad-input.test.ts, keys, links and forms of S3 in bad-input-s3.test.ts, the command line in cli-*.test.ts, the portal in test/whole.
 */
const bucket = 'claims-wrong-input'
let sandbox: Sandbox
let keys: Keys
let config: ReturnType<typeof clientConfig>

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0 })
  keys = await keysOf(sandbox.url, 'claims')
  config = clientConfig(sandbox.url, keys)
  const location = { LocationConstraint: 'eu-west-1' as const }
  await new S3Client(config).send(new CreateBucketCommand({ Bucket: bucket, CreateBucketConfiguration: location }))
  await new IAMClient(config).send(
    new CreateRoleCommand({ RoleName: 'victim', AssumeRolePolicyDocument: trusted({ 'sts:ExternalId': 'right' }) }),
  )
})
afterAll(() => sandbox.stop())

const json = JSON.stringify
const trusted = (equals: object) =>
  json({
    Version: '2012-10-17',
    Statement: [
      {
        ...{ Effect: 'Allow', Action: 'sts:AssumeRole', Condition: { StringEquals: equals } },
        Principal: { AWS: 'arn:aws:iam::200000000002:role/uais-worker' },
      },
    ],
  })
const unchanged = async <T>(act: () => Promise<T>): Promise<T> => {
  const before = await inventory(sandbox.url, keys, 'victim', bucket)
  const result = await act()
  expect(await inventory(sandbox.url, keys, 'victim', bucket)).toEqual(before)
  return result
}
/** Code and message of an SDK call that must fail and leave nothing. */
const refused = (call: () => Promise<unknown>) =>
  unchanged(async () => {
    try {
      await call()
    } catch (error) {
      const { name, message, $metadata } = error as Error & { $metadata?: { httpStatusCode?: number } }
      return { code: name, message, status: $metadata?.httpStatusCode }
    }
    return expect.fail('the call should have been refused')
  })

const form = { 'content-type': 'application/x-www-form-urlencoded' }
const target = (name: string) => ({ 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': name })
const createRole: RawCall = {
  service: 'iam',
  region: 'us-east-1',
  headers: form,
  body: new URLSearchParams({
    ...{ Action: 'CreateRole', Version: '2010-05-08', RoleName: 'sneaked-in' },
    AssumeRolePolicyDocument: trusted({}),
  }).toString(),
}
const createGroup: RawCall = {
  service: 'sagemaker',
  headers: target('SageMaker.CreateModelPackageGroup'),
  body: json({ ModelPackageGroupName: 'sneaked-in' }),
}
const putObject: RawCall = { service: 's3', method: 'PUT', path: `/${bucket}/sneaked-in`, body: 'x' }
const bare = ({ authorization: _, ...headers }: Record<string, string>) => headers
const forged = (headers: Record<string, string>) => ({
  ...headers,
  authorization: (headers.authorization ?? '').replace(/Signature=../, 'Signature=00'),
})
const old = new Date(Date.now() - 20 * 60_000)

describe('a call that is not rightly signed makes nothing', () => {
  it.each<[string, RawCall, number, string, RegExp]>([
    ['unsigned (query)', { ...createRole, tamper: bare }, 403, 'MissingAuthenticationToken', /Missing Authentication/],
    ['unsigned (json)', { ...createGroup, tamper: bare }, 400, 'MissingAuthenticationTokenException', /Missing Auth/],
    ['unsigned (S3)', { ...putObject, tamper: bare }, 403, 'AccessDenied', /Access Denied|not authorized/],
    [
      'a wrong secret',
      { ...createRole, keys: { secretAccessKey: 'guess' } },
      403,
      'SignatureDoesNotMatch',
      /Check your/,
    ],
    [
      'a wrong token',
      { ...createRole, keys: { sessionToken: 'guess' } },
      403,
      'InvalidClientTokenId',
      /token .* invalid/,
    ],
    ['a tampered signature (query)', { ...createRole, tamper: forged }, 403, 'SignatureDoesNotMatch', /does not match/],
    ['a tampered signature (json)', { ...createGroup, tamper: forged }, 400, 'InvalidSignatureException', /not match/],
    ['a tampered signature (S3)', { ...putObject, tamper: forged }, 403, 'SignatureDoesNotMatch', /does not match/],
    ['a replay of an old call', { ...createRole, date: old }, 403, 'SignatureDoesNotMatch', /Signature expired: /],
    ['a replay of an old call (S3)', { ...putObject, date: old }, 403, 'RequestTimeTooSkewed', /too large/],
    [
      'a header added on the way',
      { ...putObject, tamper: (headers) => ({ ...headers, 'x-amz-acl': 'public-read' }) },
      ...([403, 'AccessDenied', /headers present in the request which were not signed/] as const),
    ],
    [
      'another region in the scope than was signed',
      {
        ...createGroup,
        tamper: (h) => ({ ...h, authorization: (h.authorization ?? '').replace('eu-west-1', 'eu-west-2') }),
      },
      ...([400, 'InvalidSignatureException', /does not match/] as const),
    ],
  ])('%s', async (_what, call, status, code, told) => {
    const answer = await unchanged(() => send(sandbox.url, keys, call))
    expect({ status: answer.status, code: answer.code }).toEqual({ status, code })
    expect(answer.text).toMatch(told)
  })

  it('nor does one with a token that has expired', async () => {
    const fault = (method: string, body?: object) =>
      fetch(`${sandbox.url}/_sandbox/faults`, {
        ...{ method, headers: { 'x-uais-sandbox': '1', 'content-type': 'application/json' } },
        ...(body ? { body: json(body) } : {}),
      })
    const { code, message } = await (async () => {
      const before = await inventory(sandbox.url, keys, 'victim', bucket)
      await fault('POST', { call: 'iam:CreateRole', kind: 'expired-token' })
      const answer = await send(sandbox.url, keys, createRole)
      await fault('DELETE')
      expect(await inventory(sandbox.url, keys, 'victim', bucket)).toEqual(before)
      return { code: answer.code, message: answer.text }
    })()
    expect([code, /security token included in the request is expired/.test(message)]).toEqual(['ExpiredToken', true])
  })
})

describe('a body that is not what it says it is makes nothing', () => {
  const query = (body: string): RawCall => ({ ...createRole, body })
  it.each<[string, RawCall, number, string, RegExp]>([
    ['no JSON', { ...createGroup, body: '{"ModelPackageGroupName": ' }, 400, 'SerializationException', /./],
    [
      'JSON of another type',
      { ...createGroup, body: json({ ModelPackageGroupName: ['x'] }) },
      400,
      'SerializationException',
      /./,
    ],
    ['a list instead of an object', { ...createGroup, body: '[]' }, 400, 'SerializationException', /./],
    [
      'no XML',
      { ...putObject, path: `/${bucket}`, query: { versioning: '' }, body: '<Versioning' },
      400,
      'MalformedXML',
      /not well-formed/,
    ],
    [
      'a document type (XXE)',
      {
        ...{ ...putObject, path: `/${bucket}`, query: { tagging: '' } },
        body: '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><Tagging>&x;</Tagging>',
      },
      ...([400, 'MalformedXML', /./] as const),
    ],
    ['a query without an action', query('Version=2010-05-08'), 400, 'MissingAction', /is missing an action/],
    ['a query with an unknown action', query('Action=MakeRole&Version=2010-05-08'), 400, 'InvalidAction', /MakeRole/],
    [
      'an operation of AWS that is not built',
      query('Action=CreateSAMLProvider&Version=2010-05-08'),
      501,
      'NotImplemented',
      /iam:CreateSAMLProvider/,
    ],
    [
      'a JSON body of 11 MB to IAM',
      query(json({ x: 'y'.repeat(11 * 1024 ** 2) })),
      413,
      'RequestEntityTooLarge',
      /6291456/,
    ],
  ])('%s', async (_what, call, status, code, told) => {
    const answer = await unchanged(() => send(sandbox.url, keys, call))
    expect({ status: answer.status, code: answer.code }, answer.text).toEqual({ status, code })
    expect(answer.text).toMatch(told)
  })
})

describe('policies', () => {
  const allow = (more: object) =>
    json({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:*', ...more }] })
  it('of a role, when malformed, are not stored', async () => {
    const put = (PolicyDocument: string) => () =>
      new IAMClient(config).send(new PutRolePolicyCommand({ RoleName: 'victim', PolicyName: 'p', PolicyDocument }))
    for (const document of [
      'nonsense',
      '{"Version":"2012-10-17"}',
      allow({}),
      allow({ Resource: '*', Effect: 'Maybe' }),
    ])
      expect(await refused(put(document))).toMatchObject({ code: 'MalformedPolicyDocumentException', status: 400 })
  })

  it('of a bucket, when malformed or of another bucket, are not stored', async () => {
    const put = (Policy: string) => () =>
      new S3Client(config).send(new PutBucketPolicyCommand({ Bucket: bucket, Policy }))
    const cases: [string, RegExp][] = [
      ['nonsense', /invalid Json|valid JSON/],
      [allow({ Resource: `arn:aws:s3:::${bucket}/*` }), /principal/i],
      [allow({ Principal: '*', Resource: 'arn:aws:s3:::other/*' }), /resource/i],
    ]
    for (const [policy, told] of cases) {
      const { code, status, message } = await refused(put(policy))
      expect([code, status]).toEqual(['MalformedPolicy', 400])
      expect(message).toMatch(told)
    }
  })

  it('over the quota are not made', async () => {
    const PolicyDocument = allow({ Resource: `arn:aws:s3:::${'x'.repeat(6144)}` })
    const make = () => new IAMClient(config).send(new CreatePolicyCommand({ PolicyName: 'large', PolicyDocument }))
    expect(await refused(make)).toMatchObject({
      ...{ code: 'LimitExceededException', status: 409, message: 'Cannot exceed quota for PolicySize: 6144' },
    })
  })
})

describe('values outside their constraints, in AWS’s words', () => {
  const sagemaker = () => new SageMakerClient(config)
  it('a pattern', async () => {
    const make = () => sagemaker().send(new CreateModelPackageGroupCommand({ ModelPackageGroupName: '<b>x</b>' }))
    expect(await refused(make)).toMatchObject({
      code: 'ValidationException',
      message: expect.stringMatching(
        /^1 validation error detected: Value '<b>x<\/b>' at 'modelPackageGroupName' failed to satisfy constraint: Member must satisfy regular expression pattern: /,
      ),
    })
  })
  it('a length', async () => {
    const make = () => sagemaker().send(new CreateModelPackageGroupCommand({ ModelPackageGroupName: 'x'.repeat(64) }))
    expect((await refused(make)).message).toMatch(/Member must have length less than or equal to 63/)
  })
  it('an enum, a range and what is missing, all at once', async () => {
    const make = () =>
      sagemaker().send(
        new CreateTrainingJobCommand({
          ...{
            TrainingJobName: 'wrong',
            RoleArn: 'arn:aws:iam::300000000003:role/victim',
            OutputDataConfig: undefined,
          },
          AlgorithmSpecification: { TrainingImage: 'x', TrainingInputMode: 'Telepathy' as never },
          ResourceConfig: { InstanceType: 'ml.m5.large', InstanceCount: -1, VolumeSizeInGB: 1 },
          StoppingCondition: { MaxRuntimeInSeconds: 60 },
        }),
      )
    const { code, message } = await refused(make)
    expect(code).toBe('ValidationException')
    expect(message).toMatch(/^3 validation errors detected: /)
    expect(message).toMatch(/'outputDataConfig' failed to satisfy constraint: Member must not be null/)
    expect(message).toMatch(
      /Value 'Telepathy' at '[^']+' failed to satisfy constraint: Member must satisfy enum value set/,
    )
    expect(message).toMatch(/Value '-1' at '[^']+' failed to satisfy constraint: Member must have value greater than/)
  })
})

describe('trust', () => {
  it.each([
    ['a wrong ExternalId', 'wrong'],
    ['no ExternalId', undefined],
    ['an ExternalId that is SQL', "' or '1'='1"],
  ])('gives no session for %s', async (_what, ExternalId) => {
    const worker = clientConfig(sandbox.url, await keysOf(sandbox.url, 'platform', 'uais-worker'))
    const RoleArn = 'arn:aws:iam::300000000003:role/victim'
    const assume = () =>
      new STSClient(worker).send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'me', ExternalId }))
    const { code, message } = await refused(assume)
    expect(code).toMatch(/^(AccessDenied|ValidationError)$/)
    expect(message).toMatch(
      ExternalId?.startsWith("'") ? /externalId.*pattern/ : /is not authorized to perform: sts:AssumeRole/,
    )
  })
})

describe('the sandbox’s own doors', () => {
  const ask = (path: string, headers: Record<string, string>, method = 'POST') =>
    new Promise<{ status: number; text: string }>((resolve) => {
      const { hostname, port } = new URL(sandbox.url)
      const asked = request({ hostname, port, path, method, headers }, async (answer) => {
        const chunks: Buffer[] = []
        for await (const chunk of answer) chunks.push(chunk as Buffer)
        resolve({ status: answer.statusCode ?? 0, text: Buffer.concat(chunks).toString() })
      })
      asked.end(method === 'GET' ? undefined : json({ account: 'claims', role: 'admin' }))
    })

  it.each<[string, string, Record<string, string>, string?]>([
    ['without the header', '/_sandbox/credentials', { 'content-type': 'application/json' }],
    ['under a foreign Host', '/_sandbox/credentials', { host: 'evil.example', 'x-uais-sandbox': '1' }],
    [
      'under a Host that begins like ours',
      '/_sandbox/credentials',
      { host: '127.0.0.1.evil.example', 'x-uais-sandbox': '1' },
    ],
    [
      'container credentials under a foreign Host',
      '/_sandbox/container-credentials/claims/admin',
      { host: 'evil.example' },
      'GET',
    ],
  ])('stay shut %s', async (_what, path, headers, method) => {
    const { status, text } = await ask(path, headers, method)
    expect(status).toBe(403)
    expect(text).toMatch(/loopback name|demands the header/)
    expect(text).not.toMatch(/accessKeyId/i)
  })
})
