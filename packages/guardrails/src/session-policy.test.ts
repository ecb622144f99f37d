import { compilePolicy, evaluate } from '@uais/iam'
import { describe, expect, it } from 'vitest'
import { params } from './case-world.ts'
import { mintSessionPolicy, type RunScope, sessionPolicyFor, uploadSessionPolicy } from './session-policy.ts'

const everything = compilePolicy(
  { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] },
  { name: 'everything' },
)

/** What a session may do of a role that may do everything: the session policy alone decides. */
function may(session: string, action: string, resource: string): boolean {
  const { decision } = evaluate(
    {
      principal: 'arn:aws:iam::300000000003:role/uais/uais-provision',
      action,
      resource: { arn: resource, accountId: '300000000003' },
      context: {},
    },
    { identityPolicies: [everything], sessionPolicies: [compilePolicy(session, { name: 'session' })] },
  )
  return decision === 'Allowed'
}

const role = (name: string) => `arn:aws:iam::300000000003:role/uais/projects/${name}`
const sagemaker = (rest: string) => `arn:aws:sagemaker:eu-west-1:300000000003:${rest}`

describe('session of a run', () => {
  const scopes: RunScope[] = [
    { kind: 'account' },
    { kind: 'organization' },
    { kind: 'project', project: 'p'.repeat(32) },
    { kind: 'data-source', project: 'p'.repeat(32), dataSource: 'd'.repeat(32) },
    { kind: 'endpoint', project: 'p'.repeat(32), deployment: 'd'.repeat(32) },
  ]
  it.each(scopes)('$kind fits in 2,048 characters with the longest names', (scope) => {
    const long = { ...params, partition: 'aws-us-gov', region: 'ap-southeast-2' }
    expect(sessionPolicyFor(scope, long).length).toBeLessThanOrEqual(2_048)
  })

  it('of a project touches no other project', () => {
    const session = sessionPolicyFor({ kind: 'project', project: 'fraud' }, params)
    expect(may(session, 'iam:CreateRole', role('uais-fraud-studio'))).toBe(true)
    expect(may(session, 'iam:CreateRole', role('uais-fraud-eu-studio'))).toBe(false)
    expect(may(session, 'sagemaker:CreateModelPackageGroup', sagemaker('model-package-group/uais-pricing'))).toBe(false)
    expect(may(session, 'kms:ScheduleKeyDeletion', params.keyArn)).toBe(false)
  })

  it('of an endpoint makes no other endpoint', () => {
    const session = sessionPolicyFor({ kind: 'endpoint', project: 'fraud', deployment: 'live' }, params)
    expect(may(session, 'sagemaker:CreateEndpoint', sagemaker('endpoint/uais-fraud--live'))).toBe(true)
    expect(may(session, 'sagemaker:CreateEndpoint', sagemaker('endpoint/uais-pricing--live'))).toBe(false)
    expect(may(session, 'iam:PassRole', role('uais-fraud-studio'))).toBe(false)
  })

  it('of an account makes no project role and approves no model', () => {
    const session = sessionPolicyFor({ kind: 'account' }, params)
    expect(may(session, 'sagemaker:CreateDomain', sagemaker('domain/d-1'))).toBe(true)
    expect(may(session, 'iam:CreateRole', role('uais-fraud-studio'))).toBe(false)
    expect(may(session, 'sagemaker:UpdateModelPackage', sagemaker('model-package/uais-fraud/1'))).toBe(false)
  })
})

describe('session of the mint role', () => {
  it("opens exactly one person's Studio", () => {
    const session = mintSessionPolicy(sagemaker('user-profile/d-1/sam'))
    expect(may(session, 'sagemaker:CreatePresignedDomainUrl', sagemaker('user-profile/d-1/sam'))).toBe(true)
    expect(may(session, 'sagemaker:CreatePresignedDomainUrl', sagemaker('user-profile/d-1/priya'))).toBe(false)
    expect(may(session, 's3:PutObject', 'arn:aws:s3:::uais-data-300000000003-eu-west-1/x')).toBe(false)
  })

  it('uploads into exactly one data source', () => {
    const session = uploadSessionPolicy(params, 'fraud', 'strikes')
    const key = (path: string) => `arn:aws:s3:::uais-data-300000000003-eu-west-1/projects/fraud/data/${path}`
    expect(may(session, 's3:PutObject', key('strikes/a.csv'))).toBe(true)
    expect(may(session, 's3:PutObject', key('other/a.csv'))).toBe(false)
    expect(may(session, 's3:GetObject', key('strikes/a.csv'))).toBe(false)
  })
})
