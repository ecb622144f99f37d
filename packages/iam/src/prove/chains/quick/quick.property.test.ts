import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { catalogueAction } from '../../../catalogue/catalogue.ts'
import { decide } from '../../../evaluate/evaluate.ts'
import type { PolicyStatement } from '../../../policy/document.ts'
import type { Prohibition, ProofBundle } from '../../bundle.ts'
import { search } from '../../search.ts'
import { compileWorld } from '../../world.ts'
import { pinnedBy } from './pinned.ts'
import { plainRequest } from './plain-request.ts'
import { isSurelyDenied } from './surely-denied.ts'

const account = 'arn:aws:iam::111122223333:'
const dev = `${account}role/team/dev`
const worker = `${account}role/uais/worker`
const actions = ['iam:PutRolePolicy', 'iam:AttachRolePolicy', 'iam:PassRole', 'sts:AssumeRole']

const condition = fc.constantFrom<PolicyStatement['Condition']>(
  undefined,
  { ArnLike: { 'aws:PrincipalArn': `${account}role/team/*` } },
  { ArnNotLike: { 'aws:PrincipalArn': [`${account}role/uais/*`, `${account}role/team/dev`] } },
  { StringEquals: { 'aws:PrincipalTag/team': 'ml' } },
  { StringNotEquals: { 'iam:PermissionsBoundary': `${account}policy/limit` } },
  { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } },
  { StringEquals: { 'aws:ResourceTag/ManagedBy': 'UAIS' } },
  { Null: { 'iam:PermissionsBoundary': 'true' } },
  { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
  { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } },
  { Null: { 'aws:SourceVpce': 'true' } },
  { 'ForAnyValue:StringNotEquals': { 'aws:SourceVpce': ['vpce-1'] } },
  { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } },
  { ArnEquals: { 'iam:PolicyARN': 'arn:aws:iam::aws:policy/ReadOnlyAccess' } },
)
const statement = fc.record({
  Effect: fc.constantFrom<'Allow' | 'Deny'>('Allow', 'Allow', 'Deny'),
  Action: fc.constantFrom('*', 'iam:*', 'sts:*', 'iam:PutRolePolicy', 'iam:PassRole'),
  Resource: fc.constantFrom(
    '*',
    `${account}role/uais/*`,
    `${account}role/team/*`,
    `${account}role/\${aws:PrincipalTag/team}/*`,
  ),
  Condition: condition,
})
const statements = fc.array(statement, { minLength: 1, maxLength: 3 })
const when = fc.constantFrom<Prohibition['when']>(
  undefined,
  { Null: { 'iam:PermissionsBoundary': 'true' } },
  { StringEquals: { 'iam:PermissionsBoundary': `${account}policy/limit` } },
  { StringEquals: { 'iam:PassedToService': 'glue.amazonaws.com' } },
  { StringEquals: { 'iam:PolicyARN': 'arn:aws:iam::aws:policy/AdministratorAccess' } },
)

const policy = (list: PolicyStatement[]) => ({
  Version: '2012-10-17' as const,
  Statement: list.map(({ Condition, ...one }) => (Condition ? { ...one, Condition } : one)),
})

interface Drawn {
  identity: PolicyStatement[]
  scp: PolicyStatement[]
  boundary: PolicyStatement[] | undefined
}

function bundleOf({ identity, scp, boundary }: Drawn): ProofBundle {
  const trusts: PolicyStatement = { Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: 'sts:AssumeRole' }
  return {
    account: '111122223333',
    partition: 'aws',
    region: 'eu-west-1',
    serviceControlPolicies: [{ level: 'root', policies: [{ name: 'guard', policy: policy(scp) }] }],
    principals: [
      {
        arn: dev,
        identityPolicies: [{ name: 'dev', policy: policy(identity) }],
        permissionsBoundary: boundary ? { name: 'limit', policy: policy(boundary) } : null,
      },
      { arn: worker, tags: { ManagedBy: 'UAIS' }, identityPolicies: [], trustPolicy: policy([trusts]) },
    ],
    resources: [],
    invariants: [],
  }
}

const drawn = fc.record({ identity: statements, scp: statements, boundary: fc.option(statements, { nil: undefined }) })

describe('what is decided at once', () => {
  it('is what the search finds', { timeout: 120_000 }, async () => {
    let decided = 0
    const agrees = fc.asyncProperty(drawn, fc.constantFrom(...actions), when, async (policies, action, asked) => {
      const world = await compileWorld(bundleOf(policies))
      const [candidate] = world.candidates
      const entry = (await catalogueAction(action))!
      const pinned = pinnedBy(asked)
      const denied = isSurelyDenied(world, { candidate: candidate!, action, arn: worker, pinned })
      const plain = denied ? undefined : plainRequest(world, candidate!, entry, { arn: worker, pinned })
      const question = {
        candidates: [candidate!],
        actions: [entry],
        on: { arns: [worker] },
        ...(asked && { when: asked }),
      }
      const { kind } = search(world, question)
      if (denied) expect(kind).toBe('none')
      if (plain) expect(kind).toBe('found')
      if (denied || plain) decided++
      if (!plain) return
      const trust = world.resources.find(({ arn }) => arn === worker)?.resourcePolicy
      const request = { ...plain, resource: { arn: worker, accountId: '111122223333' } }
      expect(decide(request, { ...candidate!.policies, resourcePolicy: trust })).toBe('Allowed')
    })
    await fc.assert(agrees, { numRuns: 150, seed: 7 })
    expect(decided).toBeGreaterThan(60)
  })
})
