import { describe, expect, it } from 'vitest'
import { compilePolicy } from '../policy/compile.ts'
import { parsePolicy } from '../policy/parse.ts'
import { PolicyError } from '../policy/policy-error.ts'
import { evaluate } from './evaluate.ts'
import { explain } from './explain.ts'
import type { AuthorizationRequest, PolicySet } from './request.ts'

const account = '111122223333'
const request: AuthorizationRequest = {
  principal: `arn:aws:sts::${account}:assumed-role/Scientist/sam`,
  action: 's3:GetObject',
  resource: { arn: 'arn:aws:s3:::bucket/a', accountId: account },
  context: { 'aws:SecureTransport': 'false' },
}
const identity = compilePolicy(
  {
    Version: '2012-10-17',
    Statement: [
      { Sid: 'Other', Effect: 'Allow', Action: 'sqs:*', Resource: '*' },
      { Sid: 'Elsewhere', Effect: 'Allow', Action: 's3:*', Resource: 'arn:aws:s3:::other/*' },
      {
        Sid: 'Tls',
        Effect: 'Deny',
        Action: '*',
        Resource: '*',
        Condition: { Bool: { 'aws:SecureTransport': 'true' } },
      },
      {
        Sid: 'Read',
        Effect: 'Allow',
        Action: 's3:Get*',
        Resource: '*',
        Condition: { Null: { 'aws:SourceVpc': 'true' } },
      },
    ],
  },
  { name: 'identity', type: 'identity' },
)
const policies: PolicySet = { identityPolicies: [identity] }

describe('explain', () => {
  it('reports every statement with what did not match', () => {
    const { decision, statements } = explain(request, policies)
    expect(decision).toBe('Allowed')
    expect(statements.map(({ sid, applied, why }) => [sid, applied, why])).toEqual([
      ['Other', false, 'action s3:GetObject is not covered'],
      ['Elsewhere', false, 'resource arn:aws:s3:::bucket/a is not covered'],
      ['Tls', false, 'condition Bool aws:SecureTransport [true] does not hold: the request has "false"'],
      ['Read', true, 'allows s3:GetObject on arn:aws:s3:::bucket/a (Null aws:SourceVpc: the request does not have it)'],
    ])
  })

  it('names the principal that a resource policy does not', () => {
    const statement = { Effect: 'Deny', Principal: { AWS: '444455556666' }, Action: '*', Resource: '*' }
    const resourcePolicy = compilePolicy({ Statement: statement }, { name: 'bucket', type: 'resource' })
    const { statements } = explain(request, { ...policies, resourcePolicy })
    expect(statements[0]).toMatchObject({
      policy: 'bucket',
      applied: false,
      why: `principal ${request.principal} is not named`,
    })
  })

  it('names the level of the organization at which nothing allows', () => {
    const scp = compilePolicy(
      { Statement: { Effect: 'Allow', Action: 'sqs:*', Resource: '*' } },
      { name: 'narrow', type: 'scp' },
    )
    const full = compilePolicy(
      { Statement: { Effect: 'Allow', Action: '*', Resource: '*' } },
      { name: 'full', type: 'scp' },
    )
    const levels = [
      { level: 'root', policies: [full] },
      { level: 'ou-uais-workloads', policies: [scp] },
    ]
    const { because, statements } = explain(request, { ...policies, serviceControlPolicies: levels })
    expect(because).toEqual([
      {
        policy: 'ou-uais-workloads',
        statement: -1,
        effect: 'Deny',
        type: 'scp',
        why: 'no service control policy allows the s3:GetObject action',
      },
    ])
    expect(statements.find(({ policy }) => policy === 'narrow')?.level).toBe('ou-uais-workloads')
  })

  it('lists all kinds that had no allow, the first one in the order of AWS', () => {
    const { because } = explain(request, {
      ...policies,
      identityPolicies: [],
      permissionsBoundaries: [],
      endpointPolicies: [],
    })
    expect(because.map(({ type }) => type)).toEqual(['endpoint', 'identity', 'boundary'])
  })
})

describe('evaluate', () => {
  it('allows without reasons and allocates no new decision', () => {
    expect(evaluate(request, policies)).toEqual({ decision: 'Allowed', because: [] })
    expect(evaluate(request, policies)).toBe(evaluate(request, policies))
  })

  it.each([
    'bob',
    '',
    'arn:aws:s3:::bucket',
    `arn:aws:sts::${account}:assumed-role/Scientist`,
    `arn:aws:iam::${account}:group/x`,
  ])('refuses to judge for principal %j', (principal) => {
    expect(() => evaluate({ ...request, principal }, policies)).toThrowError(
      expect.objectContaining({ code: 'INVALID_PRINCIPAL' }),
    )
  })

  it('fails loudly on a policy that was not compiled', () => {
    expect(() => evaluate(request, { identityPolicies: [{ name: 'fake' }] })).toThrowError(TypeError)
  })
})

describe('compilePolicy', () => {
  it('says where a fault is', () => {
    const broken = {
      Statement: [
        { Effect: 'Allow', Action: '*', Resource: '*' },
        { Effect: 'Deny', Action: '*', Resource: '*', Condition: { Bool: { x: true } } },
      ],
    }
    expect(() => compilePolicy(broken, { name: 'x' })).toThrowError(PolicyError)
    expect(() => compilePolicy(broken, { name: 'x' })).toThrowError(/^Statement\[1\]\.Condition\.Bool: 'x'/)
  })

  it('finds a broken variable, as parsePolicy does', () => {
    const statement = { Effect: 'Allow', Action: '*', Resource: 'arn:aws:s3:::b/${aws:username' }
    const fault = expect.objectContaining({ code: 'MISSING_BRACE_IN_VARIABLE', path: 'Statement[0].Resource' })
    const document = { Version: '2012-10-17', Statement: [statement] }
    expect(() => compilePolicy(document, { name: 'x' })).toThrowError(fault)
    expect(() => parsePolicy(document)).toThrowError(fault)
    expect(() => parsePolicy({ ...document, Version: '2008-10-17' })).not.toThrow()
  })

  it('takes the text of a document', () => {
    const text = JSON.stringify({ Statement: { Effect: 'Allow', Action: '*', Resource: '*' } })
    expect(
      evaluate(request, { identityPolicies: [compilePolicy(text, { name: 'x', type: 'identity' })] }).decision,
    ).toBe('Allowed')
  })
})
