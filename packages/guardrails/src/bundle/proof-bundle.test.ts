import { type Ability, compilePolicy, evaluate, type Invariant, type ProofBundle } from '@uais/iam'
import { describe, expect, it } from 'vitest'
import { params, strictest } from '../case-world.ts'
import { catalogue } from '../catalogue.ts'
import { compileAccount } from '../compile.ts'
import type { AccountParams, ProjectParams } from '../params.ts'
import { invariantsOf, proofBundle } from './proof-bundle.ts'

const standard: ProjectParams = { ...params, profile: 'standard' }
const { project: _, ...account } = params
const { network: __, keyArn: ___, domainId: ____, ...unbuilt } = account
const alone: ProjectParams = { ...params, organizationId: undefined }
const worlds: [string, AccountParams | ProjectParams][] = [
  ['regulated', params],
  ['everything agreed', strictest],
  ['standard', standard],
  ['an account without projects', account],
  ['an account before anything is built', unbuilt],
  ['no organization', alone],
]

const isAbility = (invariant: Invariant): invariant is Ability => 'mustBeAbleTo' in invariant

/** What AWS would answer, asked of the evaluator with the documents of the bundle. */
function decided(bundle: ProofBundle, { mustBeAbleTo: { principal, action, resource, context } }: Ability) {
  const who = bundle.principals.find(({ arn }) => arn === principal)
  if (!who) return 'nobody of that name'
  const on = bundle.resources.find(({ arn }) => arn === resource || resource.startsWith(`${arn}/`))
  const levels = bundle.serviceControlPolicies?.map(({ level, policies }) => ({
    level,
    policies: policies.map(({ name, policy }) => compilePolicy(policy, { name, type: 'scp' })),
  }))
  return evaluate(
    {
      principal,
      action,
      resource: { arn: resource, accountId: bundle.account },
      context: {
        'aws:PrincipalAccount': bundle.account,
        'aws:PrincipalArn': principal,
        'aws:PrincipalOrgID': bundle.organizationId ?? '',
        'aws:RequestedRegion': bundle.region,
        'aws:ResourceAccount': bundle.account,
        'aws:SecureTransport': true,
        ...Object.fromEntries(Object.entries(on?.tags ?? {}).map(([key, value]) => [`aws:ResourceTag/${key}`, value])),
        ...context,
      },
    },
    {
      identityPolicies: who.identityPolicies.map(({ name, policy }) => compilePolicy(policy, { name })),
      ...(who.permissionsBoundary
        ? { permissionsBoundaries: [compilePolicy(who.permissionsBoundary.policy, { name: 'boundary' })] }
        : {}),
      ...(levels ? { serviceControlPolicies: levels } : {}),
      ...(on?.resourcePolicy
        ? { resourcePolicy: compilePolicy(on.resourcePolicy, { name: on.arn, type: 'resource' }) }
        : {}),
    },
  ).decision
}

describe.each(worlds)('the bundle of %s', (_name, p) => {
  const bundle = proofBundle(p)

  it('names everything once', () => {
    for (const names of [
      bundle.principals.map(({ arn }) => arn),
      bundle.resources.map(({ arn }) => arn),
      bundle.invariants.map(({ id }) => id),
    ])
      expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
  })

  it('leaves possible what must stay possible', () => {
    const abilities = bundle.invariants.filter(isAbility)
    const refused = abilities.filter((one) => decided(bundle, one) !== 'Allowed')
    expect(refused.map(({ id, mustBeAbleTo }) => [id, mustBeAbleTo.principal, mustBeAbleTo.action])).toEqual([])
    expect(abilities.length).toBeGreaterThan(5)
  })
})

describe('invariants', () => {
  it('belong to the control whose id they start with', () => {
    for (const { id, invariants } of catalogue)
      for (const one of invariants?.(strictest) ?? []) expect(one.id).toMatch(new RegExp(`^${id}/[a-z0-9-]+$`))
  })

  it('are there for every control that a policy keeps', () => {
    const without = catalogue.filter(({ invariants }) => (invariants?.(strictest) ?? []).length === 0)
    const byPolicy = without.filter(({ statements }) => statements(strictest).length > 0)
    expect(byPolicy.map(({ id }) => id)).toEqual([])
  })

  it('spare nobody by a pattern that somebody could claim', () => {
    for (const one of invariantsOf(strictest)) {
      if (isAbility(one)) continue
      for (const arn of one.nobodyBut)
        expect(arn).toMatch(
          /^arn:aws:iam::(300000000003:root|300000000003:role\/(uais\/(projects\/\*|[\w-]+)|break-glass)|200000000002:role\/uais-(api|worker))$/,
        )
    }
  })
})

describe('what is given', () => {
  it('takes the place of what would be compiled', () => {
    const planned = compileAccount(standard).policies['data-bucket']!.replaceAll('DAT2OnlyTls', 'Planned')
    const bundle = proofBundle(params, {
      policies: { 'data-bucket': planned, 'guardrails-1': '{"Version":"2012-10-17","Statement":[]}' },
      principals: [{ arn: 'arn:aws:iam::300000000003:role/admin', identityPolicies: [] }],
      resources: [{ arn: 'arn:aws:s3:::claims-history', type: 'aws_s3_bucket' }],
    })
    const bucket = bundle.resources.find(({ arn }) => arn === 'arn:aws:s3:::uais-data-300000000003-eu-west-1')
    expect(JSON.stringify(bucket?.resourcePolicy)).toContain('"Planned"')
    expect(bundle.serviceControlPolicies?.at(-1)?.policies.map(({ name }) => name)).toEqual([
      'FullAWSAccess',
      'guardrails-1',
    ])
    expect(bundle.principals.filter(({ arn }) => arn.endsWith('role/admin'))).toEqual([
      { arn: 'arn:aws:iam::300000000003:role/admin', identityPolicies: [] },
    ])
    expect(bundle.resources.at(-1)?.arn).toBe('arn:aws:s3:::claims-history')
  })

  it('can be the policies as they are attached', () => {
    const level = { level: 'root', policies: [] }
    expect(proofBundle(params, { scps: [level] }).serviceControlPolicies).toEqual([level])
  })

  it('leaves service control policies out where there is no organization', () => {
    const bundle = proofBundle(alone)
    expect(bundle.serviceControlPolicies).toBeUndefined()
    expect(bundle.resourceControlPolicies).toBeUndefined()
  })
})
