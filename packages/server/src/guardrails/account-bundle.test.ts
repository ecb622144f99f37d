import {
  type AccountParams,
  compileAccount,
  compileOrganization,
  compileProject,
  type ProjectParams,
} from '@uais/guardrails'
import { describe, expect, it } from 'vitest'
import { accountBundle, type BundleParts } from './account-bundle.ts'

const params: AccountParams = {
  ...{ partition: 'aws', awsAccountId: '300000000003', accountName: 'claims', region: 'eu-west-1' },
  ...{ platformAccountId: '200000000002', organizationId: 'o-0000000000', profile: 'regulated' },
  breakGlassPrincipal: 'arn:aws:iam::300000000003:role/break-glass',
  network: {
    vpcId: 'vpc-0a1b2c3d4e5f60718',
    subnetIds: ['subnet-0a1b2c3d4e5f60711'],
    securityGroupIds: ['sg-0a1b2c3d4e5f60733'],
  },
  keyArn: 'arn:aws:kms:eu-west-1:300000000003:key/11111111-2222-4333-8444-555555555555',
  domainId: 'd-abcdefghijkl',
}
const project = (name: string) => ({ ...params, project: { name } }) as ProjectParams
const stack = (
  kind: 'account' | 'organization' | 'project' | 'data-source',
  key: string,
  policies: Record<string, string>,
) => ({
  ...{ kind, key, policies },
})
const parts = (...names: string[]): BundleParts => ({
  params,
  projects: names.map(project),
  stacks: [
    stack('account', 'account/claims', compileAccount(params).policies),
    stack('organization', 'organization/claims', compileOrganization(params).policies),
    ...names.map((name) => stack('project', `project/claims/${name}`, compileProject(project(name)).policies)),
  ],
})
const studio = (name: string) => `arn:aws:iam::300000000003:role/uais/projects/uais-${name}-studio`

describe('the bundle of an account', () => {
  it('holds the roles of every project once, and a promise once unless it is another for each', () => {
    const { bundle, promises } = accountBundle(parts('fraud', 'churn'))
    const arns = bundle.principals.map(({ arn }) => arn)
    expect(arns).toEqual(expect.arrayContaining([studio('fraud'), studio('churn')]))
    expect(new Set(arns).size).toBe(arns.length)
    const ids = bundle.invariants.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    expect([...promises.keys()]).toEqual(ids)
    const perProject = ids.filter((id) => id.includes('@'))
    expect(perProject.filter((id) => id.endsWith('@fraud')).length).toBeGreaterThan(0)
    for (const id of perProject.filter((one) => one.endsWith('@churn'))) {
      expect(promises.get(id)).toEqual({
        ...{ control: id.split('/')[0], invariant: id.split('@')[0], project: 'churn' },
      })
    }
    expect(promises.get('IMM-2/takeover')).toEqual({ control: 'IMM-2', invariant: 'IMM-2/takeover', project: null })
  })

  it('is made from the given documents: planned, edited or compiled', () => {
    const given = parts('fraud')
    const edited = given.stacks.map((one) =>
      one.kind === 'project'
        ? { ...one, policies: { ...one.policies, studio: '{"Version":"2012-10-17","Statement":[]}' } }
        : one,
    )
    const { bundle } = accountBundle({ ...given, stacks: edited })
    const role = bundle.principals.find(({ arn }) => arn === studio('fraud'))
    expect(role?.identityPolicies.find(({ name }) => name === 'studio')?.policy.Statement).toEqual([])
  })

  it('gives studio and training roles what data sources of their project write into them', () => {
    const given = parts('fraud', 'churn')
    const read =
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*"}]}'
    const { bundle } = accountBundle({
      ...given,
      stacks: [...given.stacks, stack('data-source', 'data-source/claims/fraud/history', { read })],
    })
    const names = (arn: string) =>
      bundle.principals.find((one) => one.arn === arn)?.identityPolicies.map(({ name }) => name)
    expect(names(studio('fraud'))).toContain('data-source/claims/fraud/history:read')
    expect(names(studio('churn'))).not.toContain('data-source/claims/fraud/history:read')
    expect(names(studio('fraud').replace('studio', 'inference'))).not.toContain('data-source/claims/fraud/history:read')
  })

  it('takes what was read live in place of what was compiled', () => {
    const bucket = 'arn:aws:s3:::uais-data-300000000003-eu-west-1'
    const live = {
      principals: [{ arn: studio('fraud'), identityPolicies: [] }],
      scps: [{ level: 'r-uais', policies: [] }],
      resourcePolicies: new Map([[bucket, null]]),
    }
    const { bundle } = accountBundle({ ...parts('fraud'), live })
    expect(bundle.principals.find(({ arn }) => arn === studio('fraud'))?.identityPolicies).toEqual([])
    expect(bundle.serviceControlPolicies).toEqual(live.scps)
    expect(bundle.resources.find(({ arn }) => arn === bucket)).toMatchObject({
      ...{ resourcePolicy: null, tags: { ManagedBy: 'UAIS' } },
    })
  })

  it('is the same wherever its documents were read, so that what was proved of one is proved of the other', () => {
    const given = parts('fraud')
    const backwards = (text: string) =>
      JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(text) as object).reverse()))
    const stacks = given.stacks.map((one) => ({
      ...one,
      policies: Object.fromEntries(Object.entries(one.policies).map(([name, text]) => [name, backwards(text)])),
    }))
    const compiled = accountBundle(given).bundle
    expect(JSON.stringify(accountBundle({ ...given, stacks }).bundle)).toBe(JSON.stringify(compiled))
    const principals = [...compiled.principals].reverse().map((principal) => ({
      ...principal,
      identityPolicies: [...principal.identityPolicies].reverse(),
    }))
    expect(JSON.stringify(accountBundle({ ...given, live: { principals } }).bundle)).toBe(JSON.stringify(compiled))
  })

  it('asks of the actions first that say to people what is at stake', () => {
    const { bundle } = accountBundle(parts('fraud'))
    const takeover = bundle.invariants.find(({ id }) => id === 'IMM-2/takeover')
    expect(takeover).toMatchObject({ may: expect.arrayContaining(['iam:PassRole']) })
    expect(takeover && 'may' in takeover && takeover.may[0]).toBe('iam:PassRole')
  })
})
