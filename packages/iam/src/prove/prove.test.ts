import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { decide } from '../evaluate/evaluate.ts'
import type { PolicyDocument, PolicyStatement } from '../policy/document.ts'
import type { Invariant, ProofBundle, ProofPrincipal, ProofRequest, ProofResource } from './bundle.ts'
import { prove } from './prove.ts'
import { readBundle } from './read-bundle.ts'
import { defaultKeyPolicy } from './search/element.ts'
import { compileWorld } from './world.ts'

/** A principal in short: statements instead of documents. */
interface ShortPrincipal {
  allow?: string
  policies?: PolicyStatement[]
  boundary?: PolicyStatement[]
  tags?: Record<string, string>
  trust?: PolicyStatement
}

/** What a bundle proves or does not: a fact about AWS's policies, with its source. */
interface Case {
  name: string
  source: string
  /** Statements of one SCP at the root, beside FullAWSAccess. */
  scp?: PolicyStatement[]
  rcp?: PolicyStatement[]
  organizationId?: string
  principals: Record<string, ShortPrincipal>
  resources?: Record<string, { tags?: Record<string, string>; policy?: PolicyStatement[] }>
  assume?: ProofBundle['assume']
  invariant: Omit<Invariant, 'id'>
  verdict: 'proved' | 'disproved' | 'unknown'
  counterexample?: { [Field in keyof ProofRequest]?: unknown }
  /** Text of `why`. */
  why?: string
}

const account = '111122223333'
const everything: PolicyStatement = { Sid: 'FullAWSAccess', Effect: 'Allow', Action: '*', Resource: '*' }
const documentOf = (Statement: PolicyStatement[]): PolicyDocument => ({ Version: '2012-10-17', Statement })
const named = (name: string, statements: PolicyStatement[]) => ({ name, policy: documentOf(statements) })
const levels = (name: string, statements?: PolicyStatement[]) =>
  statements && [{ level: 'root', policies: [named(name, statements)] }]

function principalOf([name, one]: [string, ShortPrincipal]): ProofPrincipal {
  const statements = one.policies ?? [{ Effect: 'Allow', Action: one.allow ?? '*', Resource: '*' }]
  return {
    arn: `arn:aws:iam::${account}:${name}`,
    tags: one.tags,
    identityPolicies: [named(`policy of ${name}`, statements)],
    permissionsBoundary: one.boundary && named(`boundary of ${name}`, one.boundary),
    trustPolicy: one.trust && documentOf([one.trust]),
  }
}

function bundleOf(one: Case): ProofBundle {
  const resources = Object.entries(one.resources ?? {}).map(
    ([arn, { tags, policy }]): ProofResource => ({
      arn,
      tags,
      resourcePolicy: policy && documentOf(policy),
    }),
  )
  return {
    account,
    partition: 'aws',
    region: 'eu-west-1',
    organizationId: one.organizationId,
    serviceControlPolicies: levels('scp', one.scp && [everything, ...one.scp]),
    resourceControlPolicies: levels('rcp', one.rcp),
    principals: Object.entries(one.principals).map(principalOf),
    resources,
    assume: one.assume,
    invariants: [{ id: one.name, ...one.invariant } as Invariant],
  }
}

/** Asks the evaluator for the counterexample again, with the policies of the bundle. */
async function isAllowed(bundle: ProofBundle, request: ProofRequest): Promise<boolean> {
  const world = await compileWorld(readBundle(JSON.parse(JSON.stringify(bundle))))
  const candidate = world.candidates.find(({ arn }) => arn === request.principal)
  if (!candidate) throw new Error(`${request.principal} is not of the bundle`)
  const { resource } = request
  const holder = world.resources.find(({ arn }) => arn === resource || resource.startsWith(`${arn}/`))
  const isKey = resource.includes(':kms:')
  const resourcePolicy = holder?.resourcePolicy ?? (isKey ? defaultKeyPolicy('aws', account) : undefined)
  const asked = { ...request, resource: { arn: resource, accountId: account } }
  return decide(asked, { ...candidate.policies, resourcePolicy }) === 'Allowed'
}

const directory = new URL('../../cases/prove/', import.meta.url)

for (const file of readdirSync(directory).filter((name) => name.endsWith('.json'))) {
  const cases = JSON.parse(readFileSync(new URL(file, directory), 'utf8')) as Case[]
  describe(file, () => {
    it.each(cases.map((one) => [one.name, one] as const))('%s', async (_name, one) => {
      expect(one.source).toMatch(/\S/)
      const bundle = bundleOf(one)
      const { results } = await prove(JSON.parse(JSON.stringify(bundle)))
      const [result] = results
      expect(result).toMatchObject({ id: one.name, verdict: one.verdict })
      if (one.why) expect(result!.why).toContain(one.why)
      if (one.counterexample) expect(result!.counterexample).toMatchObject(one.counterexample)
      const { counterexample } = result!
      if (one.verdict !== 'disproved' || 'mustBeAbleTo' in one.invariant) expect(counterexample).toBeUndefined()
      else if (counterexample!.steps.length === 0 && !isForeign(one, counterexample!))
        expect(await isAllowed(bundle, counterexample!)).toBe(true)
    })
  })
}

it('answers for the account as it is: unchanged as before, changed anew', async () => {
  const bundleWith = (allow: string, may: string) =>
    bundleOf({
      ...{ name: 'nobody reads', source: 'prove()', verdict: 'proved', principals: { 'role/reader': { allow } } },
      invariant: { nobodyBut: [], may: [may], on: { arns: ['*'] } },
    } as Case)
  const verdict = async (allow: string, may = 's3:GetObject') => {
    const { results } = await prove(bundleWith(allow, may))
    return results[0]!.verdict
  }
  expect(await verdict('s3:PutObject')).toBe('proved')
  expect(await verdict('s3:PutObject')).toBe('proved')
  expect(await verdict('s3:PutObject', 's3:PutObject')).toBe('disproved')
  expect(await verdict('s3:Get*')).toBe('disproved')
  await expect(verdict('s3:PutObject', 's3:Nothing')).rejects.toThrow('no action of AWS matches')
  expect(await verdict('s3:PutObject')).toBe('proved')
})

/** A bucket of another account: its policy is not in the bundle. */
function isForeign({ resources = {} }: Case, { resource }: ProofRequest): boolean {
  return resource.startsWith('arn:aws:s3:::') && !Object.keys(resources).some((arn) => resource.startsWith(arn))
}
