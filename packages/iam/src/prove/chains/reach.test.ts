import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { decide } from '../../evaluate/evaluate.ts'
import type { PolicyPrincipal, PolicyStatement } from '../../policy/document.ts'
import type { NamedDocument, ProofBundle, ProofPrincipal } from '../bundle.ts'
import { compileWorld } from '../world.ts'
import { type Reached, reachable } from './reach.ts'

/** A principal in short: `policies` are statements, `managed` the ARN of the managed policy that they are. */
interface ShortPrincipal {
  policies: PolicyStatement[]
  managed?: string
  boundary?: { arn: string; policies: PolicyStatement[] }
  trust?: PolicyPrincipal
  trustActions?: string[]
  trustWhen?: PolicyStatement['Condition']
  tags?: Record<string, string>
}

/** A fact about what one can become: who, by which steps, and an SCP that closes every way. */
interface Case {
  name: string
  source: string
  principals: Record<string, ShortPrincipal>
  resources?: Record<string, { role?: string }>
  scp?: PolicyStatement[]
  exempt: string[]
  /** Who is reached, and how; names without `arn:aws:iam::111122223333:`, steps as `principal action resource`. */
  reaches?: Record<string, string[]>
  /** Principals that can act anyway, and become able to do everything. */
  widens?: Record<string, string[]>
  /** Nobody reaches a principal of such a name. */
  never?: string[]
  unknown?: string
  closedBy?: PolicyStatement[]
}

const account = 'arn:aws:iam::111122223333:'
const full = (name: string) => (name.startsWith('arn:') ? name : `${account}${name}`)
const policy = (Statement: PolicyStatement[]) => ({ Version: '2012-10-17' as const, Statement })
const directory = new URL('../../../cases/chains/', import.meta.url)

const unnamed: Pick<Case, 'name' | 'source' | 'exempt'> = { name: '', source: '', exempt: [] }

function principalOf([name, one]: [string, ShortPrincipal]): ProofPrincipal {
  const { policies, managed, boundary, trust, trustActions = 'sts:AssumeRole', trustWhen, tags = {} } = one
  const trusts: PolicyStatement[] = trust
    ? [{ Effect: 'Allow', Principal: trust, Action: trustActions, ...(trustWhen && { Condition: trustWhen }) }]
    : []
  const document: NamedDocument = { name: 'own', policy: policy(policies), ...(managed && { arn: full(managed) }) }
  return {
    arn: full(name),
    tags,
    identityPolicies: policies.length > 0 ? [document] : [],
    permissionsBoundary: boundary ? { name: 'limit', arn: boundary.arn, policy: policy(boundary.policies) } : null,
    trustPolicy: trusts.length > 0 ? policy(trusts) : null,
  }
}

function bundleOf({ principals, resources = {}, scp = [] }: Case, closedBy: PolicyStatement[] = []): ProofBundle {
  const fullAccess: PolicyStatement = { Effect: 'Allow', Action: '*', Resource: '*' }
  return {
    account: '111122223333',
    partition: 'aws',
    region: 'eu-west-1',
    serviceControlPolicies: [
      { level: 'root', policies: [{ name: 'guard', policy: policy([fullAccess, ...scp, ...closedBy]) }] },
    ],
    principals: Object.entries(principals).map(principalOf),
    resources: Object.entries(resources).map(([arn, { role }]) => ({ arn, ...(role && { role: full(role) }) })),
    invariants: [],
  }
}

function stepsTo({ candidates }: Reached, name: string, isWidened: boolean): string[][] {
  const found = candidates.filter(({ arn, steps }) => matches(full(name), arn) && steps.length > 0)
  const wanted = isWidened ? found.filter(isUnlimited) : found
  return wanted.map(({ steps }) =>
    steps.map(({ principal, action, resource }) => [principal, action, resource].join(' ').replaceAll(account, '')),
  )
}

function isUnlimited({ arn, policies }: Reached['candidates'][number]): boolean {
  const ask = { principal: arn, action: 'sagemaker:DeleteModel', context: {} }
  const resource = { arn: 'arn:aws:sagemaker:eu-west-1:111122223333:model/m', accountId: '111122223333' }
  const { serviceControlPolicies: _, ...own } = policies
  return (
    decide({ ...ask, resource }, own) === 'Allowed' &&
    decide({ ...ask, action: 's3:GetObject', resource }, own) === 'Allowed'
  )
}

function matches(pattern: string, text: string): boolean {
  const escaped = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${escaped.join('.*')}$`).test(text)
}

function expectSteps(found: string[][], expected: string[]): void {
  const fits = (steps: string[]) =>
    steps.length === expected.length && expected.every((one, at) => matches(one, steps[at]!))
  expect(found.some(fits), `${JSON.stringify(found)} should hold ${JSON.stringify(expected)}`).toBe(true)
}

/** Every step on IAM itself, where no resource has a policy, is allowed to somebody who can act as its principal. */
function expectAllowed({ candidates }: Reached): void {
  const steps = candidates.flatMap((candidate) => candidate.steps)
  for (const { principal, action, resource, context } of steps.filter((step) => step.action.startsWith('iam:'))) {
    const request = { principal, action, resource: { arn: resource, accountId: '111122223333' }, context }
    const actors = candidates.filter(({ arn }) => arn === principal)
    expect(actors.map(({ policies }) => decide(request, policies))).toContain('Allowed')
  }
}

for (const file of readdirSync(directory)) {
  const cases = JSON.parse(readFileSync(new URL(file, directory), 'utf8')) as Case[]
  describe(file, () => {
    it.each(cases.map((one) => [one.name, one] as const))('%s', async (_name, one) => {
      expect(one.source).toMatch(/\S/)
      const reached = await reachable(await compileWorld(bundleOf(one)), one.exempt)
      expectAllowed(reached)
      if (one.unknown) expect(reached.unknown).toContain(one.unknown)
      else expect(reached.unknown).toBeUndefined()
      for (const [name, steps] of Object.entries(one.reaches ?? {})) expectSteps(stepsTo(reached, name, false), steps)
      for (const [name, steps] of Object.entries(one.widens ?? {})) expectSteps(stepsTo(reached, name, true), steps)
      for (const name of one.never ?? []) expect(stepsTo(reached, name, false)).toEqual([])
      if (!one.closedBy) return
      const closed = await reachable(await compileWorld(bundleOf(one, one.closedBy)), one.exempt)
      expect(closed.unknown).toBeUndefined()
      const last = Object.keys(one.reaches ?? {}).at(-1)
      if (last) expect(stepsTo(closed, last, false)).toEqual([])
      for (const name of Object.keys(one.widens ?? {})) expect(stepsTo(closed, name, true)).toEqual([])
    })
  })
}

describe('reachable', () => {
  const admin: ShortPrincipal = { policies: [{ Effect: 'Allow', Action: '*', Resource: '*' }] }
  const guard: PolicyStatement = {
    Effect: 'Deny',
    Action: ['iam:*', 'sts:AssumeRole'],
    Resource: full('role/uais/*'),
    Condition: { ArnNotLike: { 'aws:PrincipalArn': full('role/uais/*') } },
  }
  const worker: ShortPrincipal = { policies: [], trust: { AWS: full('role/uais/worker') } }
  const admins = Object.fromEntries([...Array(50).keys()].map((index) => [`role/admin-${index}`, admin]))
  const fifty: Case = { ...unnamed, principals: { ...admins, 'role/uais/worker': worker }, scp: [guard] }

  it('asks for fifty administrators as for one', async () => {
    const world = await compileWorld(bundleOf(fifty))
    await reachable(world, [])
    const started = process.cpuUsage()
    const { candidates, unknown } = await reachable(await compileWorld(bundleOf(fifty)), [full('role/uais/*')])
    // 300 ms is what it takes of one core; the rest is for machines that are slower or busy.
    expect(process.cpuUsage(started).user / 1000).toBeLessThan(1500)
    expect(unknown).toBeUndefined()
    expect(candidates.map(({ arn }) => arn)).toEqual(Object.keys(admins).map(full))
  })

  it('compares exempt patterns part by part, as the Arn operators do', async () => {
    const world = await compileWorld(bundleOf({ ...unnamed, principals: { 'role/a': admin, 'role/b': admin } }))
    const reached = await reachable(world, ['arn:aws:iam::*:role/a', 'arn:aws:iam*role/b'])
    expect(reached.candidates.filter(({ steps }) => steps.length === 0).map(({ arn }) => arn)).toEqual([full('role/b')])
  })
})
