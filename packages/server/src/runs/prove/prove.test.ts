import { describe, expect, it } from 'vitest'
import type { PlanJson, ResourceChange } from '../../terraform/plan-json.ts'
import type { Stack } from '../stack.ts'
import { prove } from './prove.ts'

const trust =
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"sagemaker.amazonaws.com"},"Action":"sts:AssumeRole"}]}'
const grant =
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/x/*"}]}'
const boundary = 'arn:aws:iam::111122223333:policy/uais/uais-boundary'

const stack = (change: Partial<Stack> = {}): Stack => ({
  kind: 'project',
  key: 'project/a/b',
  resource: { kind: 'Project', id: 'p', name: 'b', generation: 1, projectId: 'p' },
  account: {
    id: 'a',
    name: 'a',
    awsAccountId: '111122223333',
    region: 'eu-west-1',
    partition: 'aws',
    externalId: 'x',
    approval: 'destructive-only',
  },
  targetAccountId: '111122223333',
  targetRole: 'uais-provision',
  sessionPolicy: '{}',
  variables: {},
  policies: { trust, grant },
  denials: [],
  ...change,
})

const created = (type: string, after: Record<string, unknown>, unknown: object = {}): ResourceChange => ({
  address: `${type}.this`,
  mode: 'managed',
  type,
  name: 'this',
  change: { actions: ['create'], before: null, after, after_unknown: unknown },
})
const plan = (...resource_changes: ResourceChange[]): PlanJson => ({ format_version: '1.2', resource_changes })
const verdict = (of: Stack, json: PlanJson, id: string) => prove(of, json).find((check) => check.id === id)

describe('planned documents', () => {
  it('hold when they say what was compiled, in whatever order', () => {
    const reordered = JSON.stringify({ Statement: JSON.parse(trust).Statement[0], Version: '2012-10-17' })
    expect(
      verdict(
        stack(),
        plan(created('aws_iam_role', { assume_role_policy: reordered, permissions_boundary: boundary })),
        'documents',
      )?.passed,
    ).toBe(true)
  })
  it('fail when one grants more than was compiled', () => {
    const wider = grant.replace('x/*', '*')
    const check = verdict(stack(), plan(created('aws_iam_policy', { policy: wider })), 'documents')
    expect(check).toMatchObject({
      passed: false,
      message: expect.stringContaining('aws_iam_policy.this: policy was not compiled'),
    })
  })
  it('fail when one is known only after apply: it cannot be judged', () => {
    const check = verdict(stack(), plan(created('aws_s3_bucket_policy', {}, { policy: true })), 'documents')
    expect(check).toMatchObject({ passed: false, message: expect.stringContaining('known only after apply') })
  })
  it('leave out what AWS shows at the service of another company, and nothing else of the kind', () => {
    const open = JSON.stringify({ Statement: [{ Action: '*', Effect: 'Allow', Principal: '*', Resource: '*' }] })
    const endpoint = (service_name: string) =>
      verdict(stack(), plan(created('aws_vpc_endpoint', { policy: open, service_name })), 'documents')?.passed
    expect(endpoint('com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdef0')).toBe(true)
    expect(endpoint('com.amazonaws.eu-west-1.sts')).toBe(false)
  })
  it('count those that do not change, as the proof is of the whole', () => {
    const kept = created('aws_iam_policy', { policy: grant.replace('x/*', '*') })
    kept.change.actions = ['no-op']
    expect(verdict(stack(), plan(kept), 'documents')?.passed).toBe(false)
  })
})

it('measures documents as AWS does', () => {
  const long = `{"Version":"2012-10-17","Statement":[{"Sid":"${'a'.repeat(6200)}","Effect":"Deny","Action":"*","Resource":"*"}]}`
  const check = verdict(stack({ policies: { long } }), plan(created('aws_iam_policy', { policy: long })), 'sizes')
  expect(check).toMatchObject({ passed: false, message: expect.stringMatching(/of 6144 characters/) })
  const padded = grant.replaceAll(',', `,${' '.repeat(4000)}`)
  expect(
    verdict(stack({ policies: { padded } }), plan(created('aws_iam_policy', { policy: padded })), 'sizes')?.passed,
  ).toBe(true)
})

it('measures a resource control policy by its own limit, which is half of a service control policy’s', () => {
  const content = JSON.stringify({ Version: '2012-10-17', Id: 'x'.repeat(6000), Statement: [] })
  const sizes = (type: string) =>
    verdict(stack({ policies: { content } }), plan(created('aws_organizations_policy', { content, type })), 'sizes')
  expect(sizes('SERVICE_CONTROL_POLICY')?.passed).toBe(true)
  expect(sizes('RESOURCE_CONTROL_POLICY')).toMatchObject({
    passed: false,
    message: expect.stringMatching(/of 5120 characters \(AWS Organizations/),
  })
})

it.each([
  ['none', {}, {}],
  ["another's", { permissions_boundary: 'arn:aws:iam::111122223333:policy/mine' }, {}],
  ['one known only after apply', {}, { permissions_boundary: true }],
])('refuses a role whose boundary is %s', (_, after, unknown) => {
  const json = plan(created('aws_iam_role', { assume_role_policy: trust, ...after }, unknown))
  expect(verdict(stack(), json, 'boundaries')?.passed).toBe(false)
})

describe('what must be denied', () => {
  const denial = (action: string) => ({
    id: 'd',
    title: 'must not',
    identity: ['grant'],
    request: { principal: 'arn:aws:iam::111122223333:role/uais/projects/x', action, resource: 'arn:aws:s3:::b/x/1' },
  })
  it('holds when no policy allows it', () =>
    expect(verdict(stack({ denials: [denial('s3:PutObject')] }), plan(), 'd')).toMatchObject({
      passed: true,
      message: expect.stringContaining('ImplicitlyDenied'),
    }))
  it('fails when one does', () =>
    expect(verdict(stack({ denials: [denial('s3:GetObject')] }), plan(), 'd')?.passed).toBe(false))
  it('holds when the boundary that stands already denies it', () => {
    const fence = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"logs:*","Resource":"*"}]}'
    const fenced = stack({ denials: [{ ...denial('s3:GetObject'), boundary: 'fence' }], standing: { fence } })
    expect(verdict(fenced, plan(), 'd')?.passed).toBe(true)
  })
  it('fails when a document that should decide is missing', () =>
    expect(
      verdict(stack({ denials: [{ ...denial('s3:GetObject'), identity: ['absent'] }] }), plan(), 'd'),
    ).toMatchObject({
      passed: false,
      message: expect.stringContaining("no document 'absent'"),
    }))
})

describe('what is the owner’s to keep', () => {
  const bucket = (...actions: ResourceChange['change']['actions']): ResourceChange => ({
    ...created('aws_s3_bucket', {}),
    address: 'module.data_bucket.aws_s3_bucket.this',
    change: { actions, before: {}, after: null },
  })
  const keeping = stack({ keeps: ['module.data_bucket.aws_s3_bucket.'] })
  it.each([[['delete']], [['delete', 'create']], [['forget']]] as const)('holds against a plan to %s it', (actions) => {
    expect(verdict(keeping, plan(bucket(...actions)), 'keeps')).toMatchObject({
      passed: false,
      message: 'module.data_bucket.aws_s3_bucket.this would be destroyed',
    })
  })
  it('lets the rest of the stack end', () => {
    const policy = { ...bucket('delete'), address: 'module.data_bucket.aws_s3_bucket_policy.this' }
    expect(verdict(keeping, plan(policy, bucket('no-op')), 'keeps')?.passed).toBe(true)
  })
})
