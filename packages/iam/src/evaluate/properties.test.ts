import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compilePolicy } from '../policy/compile.ts'
import type { PolicyPrincipal, PolicyStatement } from '../policy/document.ts'
import { normaliseContext } from './context.ts'
import type { PolicyType } from './decision.ts'
import { decide, evaluate } from './evaluate.ts'
import { explain } from './explain.ts'
import type { AuthorizationRequest, PolicySet } from './request.ts'

const account = '111122223333'
const role = `arn:aws:iam::${account}:role/Scientist`
const actions = ['s3:GetObject', 's3:PutObject', 's3:ListBucket', 'sqs:SendMessage', 'sts:AssumeRole', 'kms:Decrypt']
const arns = [
  'arn:aws:s3:::b/u/bob/1',
  'arn:aws:s3:::b',
  `arn:aws:sqs:eu-west-1:${account}:q`,
  role,
  `arn:aws:kms:eu-west-1:${account}:key/1`,
]
const principals = [
  role,
  `arn:aws:sts::${account}:assumed-role/Scientist/sam`,
  `arn:aws:iam::${account}:user/bob`,
  `arn:aws:iam::${account}:root`,
  'arn:aws:iam::444455556666:role/Partner',
  'cloudtrail.amazonaws.com',
  '*',
]

const values = fc.constantFrom(
  'a',
  'b',
  'A',
  '',
  'x*',
  '5',
  'true',
  '10.0.0.1',
  '2026-01-01',
  '${aws:PrincipalTag/t}',
  role,
)
const keys = fc.constantFrom(
  'aws:TagKeys',
  'aws:PrincipalTag/t',
  'aws:ResourceTag/t',
  'aws:PrincipalArn',
  'aws:SourceIp',
)
const operators = fc.constantFrom(
  'StringEquals',
  'StringNotEquals',
  'StringLike',
  'StringEqualsIfExists',
  'ForAllValues:StringEquals',
  'ForAnyValue:StringLike',
  'ForAnyValue:StringNotEquals',
  'NumericLessThan',
  'DateGreaterThan',
  'Bool',
  'NotIpAddress',
  'ArnLike',
  'ArnNotLike',
  'Null',
)
const condition = fc.dictionary(
  operators,
  fc.dictionary(keys, fc.array(values, { maxLength: 2 }), { minKeys: 1, maxKeys: 2 }),
  { maxKeys: 2 },
)
const action = fc.oneof(fc.constantFrom(...actions), fc.constantFrom('*', 's3:*', 's3:Get*', 'sts:*', 'kms:*'))
const resource = fc.oneof(
  fc.constantFrom(...arns),
  fc.constantFrom('*', 'arn:aws:s3:::b/*', 'arn:aws:s3:::b/u/${aws:PrincipalTag/t}/*', 'arn:aws:sqs:*'),
)

const statement = (effect?: 'Allow' | 'Deny'): fc.Arbitrary<PolicyStatement> =>
  fc
    .record({
      effect: effect ? fc.constant(effect) : fc.constantFrom('Allow' as const, 'Allow' as const, 'Deny' as const),
      invertedAction: fc.boolean(),
      invertedResource: fc.integer({ max: 4, min: 0 }),
      action: fc.array(action, { minLength: 1, maxLength: 2 }),
      resource: fc.array(resource, { minLength: 1, maxLength: 2 }),
      condition: fc.option(condition),
    })
    .map(
      ({
        effect: Effect,
        invertedAction,
        invertedResource,
        action: names,
        resource: patterns,
        condition: Condition,
      }) => ({
        Effect,
        ...(invertedAction ? { NotAction: names } : { Action: names }),
        ...(invertedResource === 0 ? { NotResource: patterns } : { Resource: patterns }),
        ...(Condition ? { Condition } : {}),
      }),
    )

const everyone = fc.constantFrom(
  '*' as const,
  { AWS: account },
  { AWS: principals.slice(0, 3) },
  { Service: 'cloudtrail.amazonaws.com' },
)
const named = (one: fc.Arbitrary<PolicyStatement>): fc.Arbitrary<PolicyStatement> =>
  fc
    .tuple(one, everyone, fc.boolean())
    .map(([rest, Principal, inverted]) =>
      inverted && rest.Effect === 'Deny' ? { ...rest, NotPrincipal: Principal } : { ...rest, Principal },
    )
/** RCPs and endpoint policies speak of everyone; RCPs have no NotAction. */
const forAll = (one: fc.Arbitrary<PolicyStatement>) => one.map(toEveryone)
const toEveryone = ({ NotAction, ...rest }: PolicyStatement): PolicyStatement => ({
  ...rest,
  ...(NotAction ? { Action: NotAction } : {}),
  Principal: '*',
})
const some = (one: fc.Arbitrary<PolicyStatement>) => fc.array(one, { minLength: 1, maxLength: 4 })

interface Documents {
  identity: PolicyStatement[]
  boundary?: PolicyStatement[] | undefined
  session?: PolicyStatement[] | undefined
  scp?: PolicyStatement[] | undefined
  rcp?: PolicyStatement[] | undefined
  resource?: PolicyStatement[] | undefined
  endpoint?: PolicyStatement[] | undefined
}
type Kind = keyof Documents

const documents: fc.Arbitrary<Documents> = fc.record({
  identity: some(statement()),
  boundary: fc.option(some(statement()), { nil: undefined }),
  session: fc.option(some(statement()), { nil: undefined }),
  scp: fc.option(some(statement()), { nil: undefined }),
  rcp: fc.option(some(forAll(statement())), { nil: undefined }),
  resource: fc.option(some(named(statement())), { nil: undefined }),
  endpoint: fc.option(some(forAll(statement())), { nil: undefined }),
})

const request: fc.Arbitrary<AuthorizationRequest> = fc.record({
  principal: fc.constantFrom(...principals),
  action: fc.constantFrom(...actions),
  resource: fc.record({ arn: fc.constantFrom(...arns), accountId: fc.constantFrom(account, account, '444455556666') }),
  context: fc.dictionary(
    fc.constantFrom('aws:TagKeys', 'aws:PrincipalTag/t', 'aws:ResourceTag/t', 'aws:SourceIp'),
    fc.oneof(
      fc.constantFrom('a', 'b', '', '5', 'bob', '10.0.0.1'),
      fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 3 }),
    ),
  ),
})

function policySet(given: Documents): PolicySet {
  const compile = (type: PolicyType, statements: PolicyStatement[]) =>
    compilePolicy({ Version: '2012-10-17', Statement: statements }, { name: type, type })
  const list = (type: 'boundary' | 'session' | 'endpoint') => given[type] && [compile(type, given[type])]
  const levels = (type: 'scp' | 'rcp') => given[type] && [{ level: 'root', policies: [compile(type, given[type])] }]
  return {
    identityPolicies: [compile('identity', given.identity)],
    permissionsBoundaries: list('boundary'),
    sessionPolicies: list('session'),
    endpointPolicies: list('endpoint'),
    serviceControlPolicies: levels('scp'),
    resourceControlPolicies: levels('rcp'),
    resourcePolicy: given.resource && compile('resource', given.resource),
  }
}

/** The statement in the form that its kind of policy takes. */
function addition(kind: Kind, added: PolicyStatement, principal: PolicyPrincipal): PolicyStatement {
  if (kind === 'resource') return { ...added, Principal: principal }
  return kind === 'rcp' || kind === 'endpoint' ? toEveryone(added) : added
}

const isAllowed = (asked: AuthorizationRequest, given: Documents) => decide(asked, policySet(given)) === 'Allowed'
const runs = { numRuns: 300 }

describe('laws of evaluation', () => {
  it('adding a Deny to any policy never allows more', () => {
    const kinds = fc.constantFrom<Kind>('identity', 'boundary', 'session', 'scp', 'rcp', 'resource', 'endpoint')
    fc.assert(
      fc.property(request, documents, kinds, statement('Deny'), everyone, (asked, given, kind, deny, principal) => {
        const before = given[kind]
        if (before === undefined) return
        const added = addition(kind, deny, principal)
        if (isAllowed(asked, { ...given, [kind]: [...before, added] })) expect(isAllowed(asked, given)).toBe(true)
      }),
      runs,
    )
  })

  it('adding an Allow to any policy never denies more', () => {
    const kinds = fc.constantFrom<Kind>('identity', 'boundary', 'session', 'scp', 'rcp', 'resource', 'endpoint')
    fc.assert(
      fc.property(request, documents, kinds, statement('Allow'), everyone, (asked, given, kind, allow, principal) => {
        const before = given[kind]
        if (before === undefined) return
        const added = addition(kind, allow, principal)
        if (isAllowed(asked, given)) expect(isAllowed(asked, { ...given, [kind]: [...before, added] })).toBe(true)
      }),
      runs,
    )
  })

  it.each(['boundary', 'session', 'scp', 'rcp', 'endpoint'] as const)('a %s policy only takes away', (kind) => {
    fc.assert(
      fc.property(request, documents, (asked, given) => {
        if (isAllowed(asked, given)) expect(isAllowed(asked, { ...given, [kind]: undefined })).toBe(true)
      }),
      runs,
    )
  })

  it('the order of statements does not matter', () => {
    fc.assert(
      fc.property(request, documents, (asked, given) => {
        const turned = Object.fromEntries(
          Object.entries(given).map(([kind, list]) => [kind, list?.toReversed()]),
        ) as unknown as Documents
        expect(decide(asked, policySet(turned))).toBe(decide(asked, policySet(given)))
      }),
      runs,
    )
  })

  it('splitting a policy into one policy per statement does not matter', () => {
    fc.assert(
      fc.property(request, documents, (asked, given) => {
        const whole = policySet(given)
        const split = given.identity.map((one, index) =>
          compilePolicy({ Version: '2012-10-17', Statement: one }, { name: String(index) }),
        )
        expect(decide(asked, { ...whole, identityPolicies: split })).toBe(decide(asked, whole))
      }),
      runs,
    )
  })

  it('both passes agree, a denial has a reason, and the case of keys does not matter', () => {
    fc.assert(
      fc.property(request, documents, (asked, given) => {
        const policies = policySet(given)
        const verdict = decide(asked, policies)
        const explained = explain(asked, policies)
        expect(explained.decision).toBe(verdict)
        expect(evaluate(asked, policies).decision).toBe(verdict)
        expect(explained.because.length).toBeGreaterThan(0)
        const upper = Object.fromEntries(
          Object.entries(asked.context).map(([key, value]) => [key.toUpperCase(), value]),
        )
        expect(decide({ ...asked, context: normaliseContext(upper) }, policies)).toBe(verdict)
      }),
      runs,
    )
  })

  it('an explicit denial names a statement that denies; an allow one that allows', () => {
    fc.assert(
      fc.property(request, documents, (asked, given) => {
        const { decision, because } = explain(asked, policySet(given))
        if (decision === 'ExplicitlyDenied')
          expect(because.every((one) => one.effect === 'Deny' && one.statement >= 0)).toBe(true)
        if (decision === 'ImplicitlyDenied')
          expect(because.every((one) => one.effect === 'Deny' && one.statement === -1)).toBe(true)
        if (decision === 'Allowed') expect(because.every((one) => one.effect === 'Allow')).toBe(true)
      }),
      runs,
    )
  })
})
