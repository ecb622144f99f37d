import { compilePolicy, evaluate } from '@uais/iam'
import { describe, expect, it } from 'vitest'
import { params } from './case-world.ts'
import {
  listSessionPolicy,
  mintSessionPolicy,
  probeSessionPolicy,
  type RunScope,
  sessionPolicyFor,
  uploadSessionPolicy,
} from './session-policy.ts'

const everything = compilePolicy(
  { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] },
  { name: 'everything' },
)

/** What a session may do of a role that may do everything: the session policy alone decides. */
function may(session: string, action: string, resource: string, context: Record<string, string> = {}): boolean {
  const { decision } = evaluate(
    {
      principal: 'arn:aws:iam::300000000003:role/uais/uais-provision',
      action,
      resource: { arn: resource, accountId: '300000000003' },
      context,
    },
    { identityPolicies: [everything], sessionPolicies: [compilePolicy(session, { name: 'session' })] },
  )
  return decision === 'Allowed'
}

const role = (name: string) => `arn:aws:iam::300000000003:role/uais/projects/${name}`
const policy = (name: string) => `arn:aws:iam::300000000003:policy/uais/projects/${name}`
const sagemaker = (rest: string) => `arn:aws:sagemaker:eu-west-1:300000000003:${rest}`
const logGroup = (name: string) => `arn:aws:logs:eu-west-1:300000000003:log-group:${name}`
const bucket = 'uais-data-300000000003-eu-west-1'
const object = (key: string) => `arn:aws:s3:::${bucket}/${key}`
const person = '00000000-0000-4000-8000-000000000004'

describe('session of the worker', () => {
  const longest = { project: 'p'.repeat(32), userProfile: person, space: person, domainId: `d-${'x'.repeat(61)}` }
  const scopes: RunScope[] = [
    { kind: 'account' },
    { kind: 'organization' },
    { kind: 'project', project: longest.project },
    { kind: 'data-source', project: longest.project, dataSource: 'd'.repeat(32) },
    { kind: 'endpoint', project: longest.project, deployment: 'd'.repeat(32) },
    { kind: 'workspace', ...longest },
    { kind: 'model-approval', modelPackageArn: sagemaker(`model-package/${'m'.repeat(63)}/12345`) },
  ]
  it.each(scopes)('$kind fits in 2,048 characters with the longest names', (scope) => {
    const long = { ...params, partition: 'aws-us-gov', region: 'ap-southeast-2' }
    expect(sessionPolicyFor(scope, long).length).toBeLessThanOrEqual(2_048)
  })

  it('of a project touches no other project, however alike its name', () => {
    const session = sessionPolicyFor({ kind: 'project', project: 'fraud' }, params)
    expect(may(session, 'iam:CreateRole', role('uais-fraud-studio'))).toBe(true)
    expect(may(session, 'iam:CreateRole', role('uais-fraud-eu-studio'))).toBe(false)
    expect(may(session, 'iam:CreatePolicyVersion', policy('uais-fraud-studio-guards'))).toBe(true)
    expect(may(session, 'iam:CreatePolicyVersion', policy('uais-fraud-eu-studio'))).toBe(false)
    expect(may(session, 'logs:PutRetentionPolicy', logGroup('/uais/projects/fraud'))).toBe(true)
    expect(may(session, 'logs:PutRetentionPolicy', logGroup('/uais/projects/fraud-eu'))).toBe(false)
    expect(may(session, 'sagemaker:CreateModelPackageGroup', sagemaker('model-package-group/uais-pricing'))).toBe(false)
    expect(may(session, 'kms:ScheduleKeyDeletion', params.keyArn)).toBe(false)
  })

  it('of a data source writes its grants and its marker, and touches no data', () => {
    const session = sessionPolicyFor({ kind: 'data-source', project: 'fraud', dataSource: 'strikes' }, params)
    expect(may(session, 'iam:PutRolePolicy', role('uais-fraud-training'))).toBe(true)
    expect(may(session, 'iam:PutRolePolicy', role('uais-pricing-training'))).toBe(false)
    expect(may(session, 'iam:AttachRolePolicy', role('uais-fraud-training'))).toBe(false)
    expect(may(session, 's3:PutObject', object('projects/fraud/data/strikes/.uais-source.json'))).toBe(true)
    expect(may(session, 's3:GetObject', object('projects/fraud/data/strikes/a.csv'))).toBe(false)
    expect(may(session, 's3:PutObject', object('projects/fraud/data/other/.uais-source.json'))).toBe(false)
  })

  it('of an endpoint makes no other endpoint', () => {
    const session = sessionPolicyFor({ kind: 'endpoint', project: 'fraud', deployment: 'live' }, params)
    expect(may(session, 'sagemaker:CreateEndpoint', sagemaker('endpoint/uais-fraud--live'))).toBe(true)
    expect(may(session, 'sagemaker:CreateModel', sagemaker('model/uais-fraud--live-0a1b2c3d'))).toBe(true)
    expect(may(session, 'sagemaker:CreateEndpoint', sagemaker('endpoint/uais-fraud--live-eu'))).toBe(false)
    expect(may(session, 'sagemaker:CreateEndpoint', sagemaker('endpoint/uais-pricing--live'))).toBe(false)
    expect(may(session, 'iam:PassRole', role('uais-fraud-studio'))).toBe(false)
  })

  it('of an account makes no project role and approves no model', () => {
    const session = sessionPolicyFor({ kind: 'account' }, params)
    expect(may(session, 'sagemaker:CreateDomain', sagemaker('domain/d-1'))).toBe(true)
    expect(may(session, 'iam:CreateRole', role('uais-fraud-studio'))).toBe(false)
    expect(may(session, 'sagemaker:UpdateModelPackage', sagemaker('model-package/uais-fraud/1'))).toBe(false)
  })

  it("of a workspace makes one person's profile and space, with the project's own role", () => {
    const named = { project: 'fraud', domainId: 'd-1', userProfile: person, space: person }
    const session = sessionPolicyFor({ kind: 'workspace', ...named }, params)
    expect(may(session, 'sagemaker:CreateUserProfile', sagemaker(`user-profile/d-1/${person}`))).toBe(true)
    expect(may(session, 'sagemaker:DeleteApp', sagemaker(`app/d-1/${person}/JupyterLab/default`))).toBe(true)
    expect(may(session, 'sagemaker:DeleteUserProfile', sagemaker('user-profile/d-1/someone-else'))).toBe(false)
    expect(may(session, 'iam:PassRole', role('uais-pricing-studio'))).toBe(false)
  })

  it('of a decision approves that one version', () => {
    const version = (number: number) => sagemaker(`model-package/uais-fraud/${number}`)
    const session = sessionPolicyFor({ kind: 'model-approval', modelPackageArn: version(1) }, params)
    expect(may(session, 'sagemaker:UpdateModelPackage', version(1))).toBe(true)
    expect(may(session, 'sagemaker:UpdateModelPackage', version(2))).toBe(false)
    expect(may(session, 'sagemaker:CreateEndpoint', sagemaker('endpoint/uais-fraud--live'))).toBe(false)
  })

  it('of a probe does nothing', () => {
    expect(may(probeSessionPolicy(), 'iam:GetRole', role('uais-fraud-studio'))).toBe(false)
  })
})

describe('session of the mint role', () => {
  it("opens exactly one person's Studio", () => {
    const session = mintSessionPolicy(sagemaker('user-profile/d-1/sam'))
    expect(may(session, 'sagemaker:CreatePresignedDomainUrl', sagemaker('user-profile/d-1/sam'))).toBe(true)
    expect(may(session, 'sagemaker:CreatePresignedDomainUrl', sagemaker('user-profile/d-1/priya'))).toBe(false)
    expect(may(session, 's3:PutObject', object('x'))).toBe(false)
  })

  it('uploads exactly one file', () => {
    const key = 'projects/fraud/data/strikes/a.csv'
    const session = uploadSessionPolicy(params, { bucket, key, keyArn: params.keyArn })
    expect(may(session, 's3:PutObject', object(key))).toBe(true)
    expect(may(session, 's3:PutObject', object('projects/fraud/data/strikes/b.csv'))).toBe(false)
    expect(may(session, 's3:GetObject', object(key))).toBe(false)
    expect(may(session, 'kms:GenerateDataKey', params.keyArn.replace(/.$/, 'x'))).toBe(false)
  })

  it('lists below one prefix', () => {
    const session = listSessionPolicy(params, { bucket, prefix: 'projects/fraud/data/strikes/' })
    const list = (prefix: string) => may(session, 's3:ListBucket', `arn:aws:s3:::${bucket}`, { 's3:prefix': prefix })
    expect(list('projects/fraud/data/strikes/')).toBe(true)
    expect(list('projects/fraud/data/strikes/2026/')).toBe(true)
    expect(list('projects/fraud/data/')).toBe(false)
    expect(may(session, 's3:GetObject', object('projects/fraud/data/strikes/a.csv'))).toBe(false)
  })
})
