import { generateKeyPairSync, sign } from 'node:crypto'
import { createServer } from 'node:http'
import {
  AttachRolePolicyCommand,
  CreateAccessKeyCommand,
  CreateOpenIDConnectProviderCommand,
  CreateRoleCommand,
  CreateUserCommand,
  DeleteRoleCommand,
  DetachRolePolicyCommand,
  GetRoleCommand,
  IAMClient,
  ListRolesCommand,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
  UpdateAccessKeyCommand,
} from '@aws-sdk/client-iam'
import {
  AssumeRoleCommand,
  type AssumeRoleCommandInput,
  AssumeRoleWithWebIdentityCommand,
  GetCallerIdentityCommand,
  GetSessionTokenCommand,
  STSClient,
} from '@aws-sdk/client-sts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ClientConfig, refusal, startTestBench, type TestBench } from '../test-bench.ts'

const worker = 'arn:aws:iam::200000000002:role/uais-worker'
const roleArn = 'arn:aws:iam::300000000003:role/uais/uais-provision'
const externalId = 'f1d2d2f924e986ac'

let bench: TestBench
let admin: ClientConfig
let sts: STSClient

beforeAll(async () => {
  bench = await startTestBench()
  admin = await bench.as('claims', 'admin')
  sts = new STSClient(await bench.as('platform', 'uais-worker'))
  await createRole('uais-provision', {
    Principal: { AWS: worker },
    Action: ['sts:AssumeRole', 'sts:SetSourceIdentity'],
    Condition: { StringEquals: { 'sts:ExternalId': externalId }, StringLike: { 'sts:SourceIdentity': '*' } },
  })
})
afterAll(() => bench.stop())

const document = (statement: object) =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...statement }] })

const createRole = (name: string, trust: object) =>
  new IAMClient(admin).send(
    new CreateRoleCommand({ RoleName: name, Path: '/uais/', AssumeRolePolicyDocument: document(trust) }),
  )

const wanted: AssumeRoleCommandInput = {
  RoleArn: roleArn,
  RoleSessionName: 'run-1',
  ExternalId: externalId,
  SourceIdentity: '6b0f0d5e-7d0c-4f0e-9d5b-2f6c8f1e2a3b',
}

/** Client configuration of the session that an AssumeRole answer holds. */
function session(answer: {
  Credentials?:
    | { AccessKeyId?: string | undefined; SecretAccessKey?: string | undefined; SessionToken?: string | undefined }
    | undefined
}): ClientConfig {
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = answer.Credentials ?? {}
  return {
    ...admin,
    credentials: { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken },
  }
}

describe('AssumeRole across accounts', () => {
  it('gives a session of the role, with source identity', async () => {
    const answer = await sts.send(new AssumeRoleCommand(wanted))
    expect(answer.AssumedRoleUser?.Arn).toBe('arn:aws:sts::300000000003:assumed-role/uais-provision/run-1')
    expect(answer.SourceIdentity).toBe(wanted.SourceIdentity)
    const who = await new STSClient(session(answer)).send(new GetCallerIdentityCommand({}))
    expect([who.Account, who.Arn]).toEqual(['300000000003', answer.AssumedRoleUser?.Arn])
  })

  it.each([
    ['the wrong external id', { ExternalId: 'guess' }],
    ['no external id', { ExternalId: undefined }],
    ['no source identity', { SourceIdentity: undefined }],
    ['tags that the trust policy does not foresee', { Tags: [{ Key: 'a', Value: 'b' }] }],
    ['a role that is not there', { RoleArn: 'arn:aws:iam::300000000003:role/uais/nobody' }],
    ['the right name on the wrong path', { RoleArn: 'arn:aws:iam::300000000003:role/uais-provision' }],
  ])('is refused with %s', async (_name, change) => {
    const { code, status, message } = await refusal(sts.send(new AssumeRoleCommand({ ...wanted, ...change })))
    expect([code, status]).toEqual(['AccessDenied', 403])
    expect(message).toMatch(
      /^User: arn:aws:sts::200000000002:assumed-role\/uais-worker\/uais-worker is not authorized to perform: sts:(AssumeRole|TagSession) on resource: arn:aws:iam::300000000003:role\//,
    )
  })

  it('is refused to an administrator whom the trust policy does not name, in the same account', async () => {
    const { code } = await refusal(new STSClient(admin).send(new AssumeRoleCommand(wanted)))
    expect(code).toBe('AccessDenied')
  })

  it('is refused to a role that may not assume, though it is trusted', async () => {
    await createRole('trusts-api', { Principal: { AWS: 'arn:aws:iam::200000000002:root' }, Action: 'sts:AssumeRole' })
    const api = new STSClient(await bench.as('platform', 'uais-api'))
    const call = api.send(
      new AssumeRoleCommand({ RoleArn: 'arn:aws:iam::300000000003:role/uais/trusts-api', RoleSessionName: 'xy' }),
    )
    expect((await refusal(call)).message).toContain('because no identity-based policy allows the sts:AssumeRole action')
  })

  it('limits duration by the role and by chaining', async () => {
    expect(await refusal(sts.send(new AssumeRoleCommand({ ...wanted, DurationSeconds: 3601 })))).toMatchObject({
      code: 'ValidationError',
      message: 'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining',
    })
  })

  it('ends with the role: one made anew under its name is another', async () => {
    const iam = new IAMClient(admin)
    bench.role('platform', 'assumer', [{ Effect: 'Allow', Action: 'sts:AssumeRole', Resource: '*' }])
    await createRole('short-lived', {
      Principal: { AWS: 'arn:aws:iam::200000000002:role/assumer' },
      Action: 'sts:AssumeRole',
    })
    await iam.send(
      new AttachRolePolicyCommand({
        RoleName: 'short-lived',
        PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess',
      }),
    )
    const assumer = new STSClient(await bench.as('platform', 'assumer'))
    const answer = await assumer.send(
      new AssumeRoleCommand({ RoleArn: 'arn:aws:iam::300000000003:role/uais/short-lived', RoleSessionName: 'xy' }),
    )
    const mine = new IAMClient(session(answer))
    await mine.send(new ListRolesCommand({}))
    await iam.send(
      new DetachRolePolicyCommand({
        RoleName: 'short-lived',
        PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess',
      }),
    )
    await iam.send(new DeleteRoleCommand({ RoleName: 'short-lived' }))
    await createRole('short-lived', {
      Principal: { AWS: 'arn:aws:iam::200000000002:role/assumer' },
      Action: 'sts:AssumeRole',
    })
    await iam.send(
      new AttachRolePolicyCommand({
        RoleName: 'short-lived',
        PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess',
      }),
    )
    expect((await refusal(mine.send(new ListRolesCommand({})))).code).toBe('AccessDenied')
  })
})

describe('what a session carries', () => {
  const assume = async (change: Partial<AssumeRoleCommandInput>) => {
    bench.role('platform', 'chainer', [{ Effect: 'Allow', Action: 'sts:*', Resource: '*' }])
    const client = new STSClient(await bench.as('platform', 'chainer'))
    return client.send(
      new AssumeRoleCommand({
        RoleArn: 'arn:aws:iam::300000000003:role/uais/tagged',
        RoleSessionName: 'xy',
        ...change,
      }),
    )
  }
  beforeAll(async () => {
    bench.role('platform', 'chainer', [{ Effect: 'Allow', Action: 'sts:*', Resource: '*' }])
    const trust = {
      Principal: { AWS: ['arn:aws:iam::200000000002:role/chainer', 'arn:aws:iam::300000000003:root'] },
      Action: ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'],
    }
    await createRole('tagged', trust)
    await new IAMClient(admin).send(
      new PutRolePolicyCommand({
        RoleName: 'tagged',
        PolicyName: 'p',
        PolicyDocument: document({
          Action: ['iam:GetRole', 'sts:*'],
          Resource: '*',
          Condition: { StringEquals: { 'aws:PrincipalTag/team': 'fraud' } },
        }),
      }),
    )
    await createRole('second', {
      Principal: { AWS: 'arn:aws:iam::300000000003:role/uais/tagged' },
      Action: ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'],
    })
  })
  const read = (config: ClientConfig) => new IAMClient(config).send(new GetRoleCommand({ RoleName: 'admin' }))

  it('session tags become principal tags', async () => {
    await read(session(await assume({ Tags: [{ Key: 'team', Value: 'fraud' }] })))
    expect((await refusal(read(session(await assume({ Tags: [{ Key: 'team', Value: 'other' }] }))))).code).toBe(
      'AccessDenied',
    )
  })

  it('a session policy narrows', async () => {
    const Tags = [{ Key: 'team', Value: 'fraud' }]
    const narrowed = session(await assume({ Tags, Policy: document({ Action: 's3:*', Resource: '*' }) }))
    expect((await refusal(read(narrowed))).message).toContain('because no session policy allows the iam:GetRole action')
    const same = await assume({ Tags, Policy: document({ Action: '*', Resource: '*' }) })
    expect(same.PackedPolicySize).toBeGreaterThan(0)
    await read(session(same))
  })

  it('a malformed session policy is refused', async () => {
    expect((await refusal(assume({ Policy: '{"Version":"2012-10-17"}' }))).code).toBe(
      'MalformedPolicyDocumentException',
    )
  })

  it('source identity and transitive tags stay through a chain and cannot be changed', async () => {
    const first = session(
      await assume({
        SourceIdentity: 'person-1',
        Tags: [{ Key: 'team', Value: 'fraud' }],
        TransitiveTagKeys: ['team'],
      }),
    )
    const second = { RoleArn: 'arn:aws:iam::300000000003:role/uais/second', RoleSessionName: 'zz' }
    const chain = (change: object) => new STSClient(first).send(new AssumeRoleCommand({ ...second, ...change }))
    expect((await chain({})).SourceIdentity).toBe('person-1')
    expect((await refusal(chain({ SourceIdentity: 'person-2' }))).code).toBe('AccessDenied')
    expect((await refusal(chain({ Tags: [{ Key: 'Team', Value: 'x' }] }))).message).toContain(
      'conflicts with a transitive tag key',
    )
  })
})

describe('users', () => {
  it('sign with long-term keys until those are deactivated, and can have temporary ones', async () => {
    const iam = new IAMClient(admin)
    await iam.send(new CreateUserCommand({ UserName: 'legacy' }))
    await iam.send(
      new PutUserPolicyCommand({
        UserName: 'legacy',
        PolicyName: 'p',
        PolicyDocument: document({ Action: 'iam:ListRoles', Resource: '*' }),
      }),
    )
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: 'legacy' }))
    const credentials = { accessKeyId: AccessKey?.AccessKeyId ?? '', secretAccessKey: AccessKey?.SecretAccessKey ?? '' }
    const own = new STSClient({ ...admin, credentials })
    expect((await own.send(new GetCallerIdentityCommand({}))).Arn).toBe('arn:aws:iam::300000000003:user/legacy')
    await new IAMClient({ ...admin, credentials }).send(new ListRolesCommand({}))
    await new IAMClient(session(await own.send(new GetSessionTokenCommand({})))).send(new ListRolesCommand({}))
    await iam.send(
      new UpdateAccessKeyCommand({ UserName: 'legacy', AccessKeyId: credentials.accessKeyId, Status: 'Inactive' }),
    )
    expect((await refusal(own.send(new GetCallerIdentityCommand({})))).code).toBe('InvalidClientTokenId')
  })

  it('only they may ask for a session token', async () => {
    expect((await refusal(new STSClient(admin).send(new GetSessionTokenCommand({})))).code).toBe('AccessDenied')
  })
})

describe('AssumeRoleWithWebIdentity', () => {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const jwk = { ...publicKey.export({ format: 'jwk' }), kid: 'k1', alg: 'RS256', use: 'sig' }
  let issuer: string
  let close: () => void

  beforeAll(async () => {
    const server = createServer((request, response) => {
      const keys = request.url === '/keys'
      response.end(JSON.stringify(keys ? { keys: [jwk] } : { issuer, jwks_uri: `${issuer}/keys` }))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    issuer = `http://127.0.0.1:${(server.address() as { port: number }).port}`
    close = () => server.close()
    const iam = new IAMClient(admin)
    const { OpenIDConnectProviderArn: provider } = await iam.send(
      new CreateOpenIDConnectProviderCommand({ Url: issuer, ClientIDList: ['uais'] }),
    )
    const name = issuer.slice('http://'.length)
    await createRole('web', {
      Principal: { Federated: provider },
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: { StringEquals: { [`${name}:sub`]: 'ada', [`${name}:aud`]: 'uais' } },
    })
  })
  afterAll(() => close())

  const token = (claims: object, key = privateKey) => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const text = `${part({ alg: 'RS256', kid: 'k1' })}.${part({ iss: issuer, sub: 'ada', aud: 'uais', exp: Date.now() / 1000 + 600, ...claims })}`
    return `${text}.${sign('RSA-SHA256', Buffer.from(text), key).toString('base64url')}`
  }
  const assume = (WebIdentityToken: string) =>
    new STSClient({
      endpoint: bench.sandbox.url,
      region: 'eu-west-1',
      credentials: admin.credentials,
      maxAttempts: 1,
    }).send(
      new AssumeRoleWithWebIdentityCommand({
        RoleArn: 'arn:aws:iam::300000000003:role/uais/web',
        RoleSessionName: 'ada',
        WebIdentityToken,
      }),
    )

  it('gives a session for a token of a known provider', async () => {
    const answer = await assume(token({}))
    expect([answer.SubjectFromWebIdentityToken, answer.Audience]).toEqual(['ada', 'uais'])
    expect((await new STSClient(session(answer)).send(new GetCallerIdentityCommand({}))).Arn).toContain(
      'assumed-role/web/ada',
    )
  })

  it.each([
    ['another person', () => token({ sub: 'sam' }), 'AccessDenied'],
    ['another audience', () => token({ aud: 'other' }), 'AccessDenied'],
    ['an expired token', () => token({ exp: 1 }), 'ExpiredTokenException'],
    ['an unknown issuer', () => token({ iss: 'https://evil.example' }), 'InvalidIdentityTokenException'],
    [
      'a foreign signature',
      () => token({}, generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey),
      'InvalidIdentityTokenException',
    ],
    ['no token at all', () => 'abcd', 'InvalidIdentityTokenException'],
  ])('refuses %s', async (_name, make, code) => {
    expect((await refusal(assume(make()))).code).toBe(code)
  })
})
