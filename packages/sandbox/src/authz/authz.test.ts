import { CloudTrailClient, LookupEventsCommand } from '@aws-sdk/client-cloudtrail'
import { CreateRoleCommand, IAMClient, ListRolesCommand, PutRolePolicyCommand } from '@aws-sdk/client-iam'
import { AttachPolicyCommand, CreatePolicyCommand, OrganizationsClient } from '@aws-sdk/client-organizations'
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findCredential } from '../kernel/credentials.ts'
import type { AccessCheck, CallOrigin } from '../kernel/operation.ts'
import { refusal, startTestBench, type TestBench } from '../services/test-bench.ts'

let bench: TestBench
beforeAll(async () => {
  bench = await startTestBench()
})
afterAll(() => bench.stop())

const account = '300000000003'

/** What IAM says of a role that has one statement: the shortest way to see a condition key's value. */
async function verdict(condition: object, check: Partial<AccessCheck> = {}, origin?: CallOrigin, identity?: string) {
  bench.role('claims', 'probe', [{ Effect: 'Allow', Action: '*', Resource: '*', Condition: condition }])
  const { credentials } = await bench.as('claims', 'probe', identity)
  const { kernel } = bench.sandbox
  const credential = findCredential(kernel.store, credentials.accessKeyId)
  if (!credential) throw new Error('the credential was not kept')
  const call = kernel.background(kernel.service('s3'), {
    account,
    region: 'eu-west-1',
    principal: credential.principal,
    userAgent: 'test-agent',
    ...(origin ? { origin } : { origin: { sourceIp: '203.0.113.9', secure: true } }),
  })
  return call.decide({ action: 's3:GetObject', resource: 'arn:aws:s3:::b/k', ...check }).decision
}

/** IAM User Guide, "AWS global condition context keys". */
describe('global condition keys', () => {
  it.each([
    [
      'principal',
      {
        StringEquals: {
          'aws:PrincipalArn': `arn:aws:iam::${account}:role/probe`,
          'aws:PrincipalAccount': account,
          'aws:PrincipalType': 'AssumedRole',
        },
      },
    ],
    ['user id', { StringLike: { 'aws:userid': 'AROA*:probe' } }],
    ['organization', { StringEquals: { 'aws:PrincipalOrgID': 'o-uaissandbox', 'aws:ResourceOrgID': 'o-uaissandbox' } }],
    [
      'organization paths',
      { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': 'o-uaissandbox/r-uais/ou-uais-workloads/*' } },
    ],
    [
      'request',
      {
        StringEquals: { 'aws:RequestedRegion': 'eu-west-1', 'aws:UserAgent': 'test-agent' },
        Bool: { 'aws:SecureTransport': 'true', 'aws:ViaAWSService': 'false', 'aws:PrincipalIsAWSService': 'false' },
      },
    ],
    [
      'address',
      { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' }, Null: { 'aws:SourceVpce': 'true', 'aws:SourceVpc': 'true' } },
    ],
    [
      'time',
      {
        DateGreaterThan: { 'aws:CurrentTime': '2020-01-01T00:00:00Z' },
        NumericGreaterThan: { 'aws:EpochTime': '1577836800' },
        Null: { 'aws:TokenIssueTime': 'false' },
      },
    ],
    ['resource', { StringEquals: { 'aws:ResourceAccount': account } }],
    [
      'absent: second factor, user name, source identity',
      { Null: { 'aws:MultiFactorAuthPresent': 'true', 'aws:username': 'true', 'aws:SourceIdentity': 'true' } },
    ],
  ])('%s', async (_name, condition) => {
    expect(await verdict(condition)).toBe('Allowed')
  })

  it('of a service: on whose behalf it acts, and of which organization that is', () => {
    const { kernel } = bench.sandbox
    const call = kernel.background(kernel.service('s3'), { account, region: 'eu-west-1' })
    const ask = (sourceAccount: string, Condition: object) => {
      const resource = 'arn:aws:s3:::b/k'
      const Statement = { Effect: 'Allow' as const, Principal: '*' as const, Action: '*', Resource: '*', Condition }
      const resourcePolicy = { Version: '2012-10-17' as const, Statement: [Statement as never] }
      const service = { type: 'service' as const, service: 'logs.eu-west-1.amazonaws.com', sourceAccount }
      return call.decide({ action: 's3:GetObject', resource, resourcePolicy }, service).decision
    }
    const ours = {
      StringEquals: { 'aws:SourceAccount': account, 'aws:SourceOrgID': 'o-uaissandbox' },
      'ForAnyValue:StringLike': { 'aws:SourceOrgPaths': 'o-uaissandbox/r-uais/*' },
      Bool: { 'aws:PrincipalIsAWSService': 'true' },
      Null: { 'aws:PrincipalOrgID': 'true', 'aws:PrincipalAccount': 'true' },
    }
    expect(ask(account, ours)).toBe('Allowed')
    expect(ask('999999999999', { Null: { 'aws:SourceOrgID': 'true', 'aws:SourceOrgPaths': 'true' } })).toBe('Allowed')
  })

  it('tags of request and resource', async () => {
    const condition = {
      StringEquals: { 'aws:RequestTag/a': '1', 'aws:ResourceTag/b': '2' },
      'ForAllValues:StringEquals': { 'aws:TagKeys': ['a', 'c'] },
    }
    const check = { requestTags: { a: '1' }, tagKeys: ['c'], resourceTags: { b: '2' } }
    expect(await verdict(condition, check)).toBe('Allowed')
    expect(await verdict(condition, { ...check, tagKeys: ['d'] })).toBe('ImplicitlyDenied')
  })

  it('source identity', async () => {
    expect(await verdict({ StringEquals: { 'aws:SourceIdentity': 'person-1' } }, {}, undefined, 'person-1')).toBe(
      'Allowed',
    )
  })
})

describe('calls through a VPC endpoint', () => {
  const origin = { sourceIp: '10.0.0.5', secure: true, vpcId: 'vpc-1', vpcEndpointId: 'vpce-1' }
  const endpoint = (statement: object) => {
    const { kernel } = bench.sandbox
    const call = kernel.background(kernel.service('ec2'), { account, region: 'eu-west-1' })
    call.table<object>('vpc-endpoint').put('vpce-1', {
      id: 'vpce-1',
      tags: {},
      PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: statement }),
    })
  }

  it('carry endpoint, VPC and private address instead of a public one', async () => {
    endpoint({ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' })
    const condition = {
      StringEquals: { 'aws:SourceVpce': 'vpce-1', 'aws:SourceVpc': 'vpc-1' },
      IpAddress: { 'aws:VpcSourceIp': '10.0.0.0/8' },
      Null: { 'aws:SourceIp': 'true' },
    }
    expect(await verdict(condition, {}, origin)).toBe('Allowed')
  })

  it('are bound by its policy, and pass no endpoint that is gone', async () => {
    endpoint({ Effect: 'Allow', Principal: '*', Action: 's3:PutObject', Resource: '*' })
    expect(await verdict({}, {}, origin)).toBe('ImplicitlyDenied')
    expect(await verdict({}, {}, { ...origin, vpcEndpointId: 'vpce-gone' })).toBe('ImplicitlyDenied')
  })
})

describe('what CloudTrail keeps of it', () => {
  const events = async (name: 'claims' | 'platform', eventName: string) => {
    const trail = new CloudTrailClient(await bench.as(name, 'admin'))
    const lookup = new LookupEventsCommand({
      LookupAttributes: [{ AttributeKey: 'EventName', AttributeValue: eventName }],
    })
    const { Events } = await trail.send(lookup)
    return (Events ?? []).map((event) => JSON.parse(event.CloudTrailEvent ?? '{}'))
  }

  it('names the statement that denied', async () => {
    const organizations = new OrganizationsClient(await bench.as('management', 'admin'))
    const Content = JSON.stringify({
      Version: '2012-10-17',
      Statement: { Sid: 'TrailStaysOn', Effect: 'Deny', Action: 'cloudtrail:LookupEvents', Resource: '*' },
    })
    const { Policy } = await organizations.send(
      new CreatePolicyCommand({ Name: 'trail', Description: '', Type: 'SERVICE_CONTROL_POLICY', Content }),
    )
    const PolicyId = Policy?.PolicySummary?.Id ?? ''
    await organizations.send(new AttachPolicyCommand({ PolicyId, TargetId: '400000000004' }))
    const trail = new CloudTrailClient(await bench.as('trials', 'admin'))
    const { code, message } = await refusal(trail.send(new LookupEventsCommand({})))
    expect([code, message]).toEqual([
      'AccessDeniedException',
      expect.stringContaining('with an explicit deny in a service control policy'),
    ])
    const { kernel } = bench.sandbox
    const rows = [...kernel.store.tables()]
      .filter(({ id }) => id.startsWith('cloudtrail|400000000004'))
      .flatMap(({ rows }) => [...rows.values()])
    expect(rows).toContainEqual(
      expect.objectContaining({
        errorCode: 'AccessDenied',
        additionalEventData: { 'uais:deniedBy': [{ type: 'scp', policy: 'trail', sid: 'TrailStaysOn' }] },
      }),
    )
  })

  it('names the kind of policy that allowed nothing', async () => {
    bench.role('claims', 'nobody', [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }])
    const iam = new IAMClient(await bench.as('claims', 'nobody'))
    await refusal(iam.send(new ListRolesCommand({})))
    const { kernel } = bench.sandbox
    const rows = [...kernel.store.tables()]
      .filter(({ id }) => id.startsWith('cloudtrail|300000000003'))
      .flatMap(({ rows }) => [...rows.values()])
    expect(rows).toContainEqual(
      expect.objectContaining({
        eventName: 'ListRoles',
        additionalEventData: { 'uais:deniedBy': [{ type: 'identity' }] },
      }),
    )
  })

  it('shows an owner who took one of his roles, and for which run', async () => {
    const iam = new IAMClient(await bench.as('claims', 'admin'))
    const trust = {
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::200000000002:role/uais-worker' },
      Action: ['sts:AssumeRole', 'sts:SetSourceIdentity'],
    }
    await iam.send(
      new CreateRoleCommand({
        RoleName: 'uais-audit',
        Path: '/uais/',
        AssumeRolePolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: trust }),
      }),
    )
    await iam.send(
      new PutRolePolicyCommand({
        RoleName: 'uais-audit',
        PolicyName: 'p',
        PolicyDocument: JSON.stringify({
          Version: '2012-10-17',
          Statement: { Effect: 'Allow', Action: 'iam:GetRole', Resource: '*' },
        }),
      }),
    )
    const worker = new STSClient(await bench.as('platform', 'uais-worker'))
    await worker.send(
      new AssumeRoleCommand({
        RoleArn: `arn:aws:iam::${account}:role/uais/uais-audit`,
        RoleSessionName: 'run',
        SourceIdentity: 'run-7',
      }),
    )
    const [owner] = await events('claims', 'AssumeRole')
    const [platform] = await events('platform', 'AssumeRole')
    expect(owner.userIdentity.sessionContext.sessionIssuer.arn).toBe('arn:aws:iam::200000000002:role/uais-worker')
    expect(owner.requestParameters.sourceIdentity).toBe('run-7')
    expect([owner.recipientAccountId, platform.recipientAccountId]).toEqual([account, '200000000002'])
    expect(owner.responseElements.credentials.secretAccessKey).toBe('HIDDEN_DUE_TO_SECURITY_REASONS')
  })
})
