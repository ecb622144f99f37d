import { type ProofBundle, prove } from '@uais/iam'
import { describe, expect, it } from 'vitest'
import { params } from '../case-world.ts'
import { compileOrganization } from '../compile.ts'
import type { Profile } from '../params.ts'
import { proofBundle } from './proof-bundle.ts'

const minutes = 60_000
const whole = async (bundle: ProofBundle) => (await prove(JSON.parse(JSON.stringify(bundle)))).results

describe('a profile', () => {
  it.each<Profile>(['standard', 'regulated'])(
    '%s keeps everything that it promises',
    async (profile) => {
      const bundle = proofBundle({ ...params, profile })
      const results = await whole(bundle)
      expect(results.filter(({ verdict }) => verdict !== 'proved').map(({ id, why }) => `${id}: ${why}`)).toEqual([])
      expect(results.map(({ id }) => id)).toEqual(bundle.invariants.map(({ id }) => id))
      expect(results.every(({ assumptions }) => assumptions.some((one) => one.includes('aws:SourceIdentity')))).toBe(
        true,
      )
    },
    10 * minutes,
  )
})

describe('an account whose organization was not known when its guardrails were compiled', () => {
  it(
    'keeps what a project promises too',
    async () => {
      const { policies } = compileOrganization({ ...params, organizationId: undefined })
      const bundle = proofBundle(params, { policies: Object.fromEntries(Object.entries(policies)) })
      const results = await whole({
        ...bundle,
        invariants: bundle.invariants.filter(({ id }) => /^(ISO|DAT-8)/.test(id)),
      })
      expect(results.filter(({ verdict }) => verdict !== 'proved').map(({ id, why }) => `${id}: ${why}`)).toEqual([])
      expect(results.length).toBeGreaterThan(5)
    },
    10 * minutes,
  )
})

it('the work that must stay possible does so, whatever the owner agrees to beyond the profile', async () => {
  const agreed = {
    ...params,
    ...{ approvedInstanceTypes: ['ml.g5.xlarge'], maxRuntimeSeconds: 3600, requiredTags: ['cost-centre'] },
    approvedNetworks: { cidrs: ['192.0.2.0/24'], vpcIds: [] },
  }
  const bundle = proofBundle(agreed)
  const results = await whole({ ...bundle, invariants: bundle.invariants.filter((one) => 'mustBeAbleTo' in one) })
  expect(results.length).toBeGreaterThan(20)
  expect(results.filter(({ verdict }) => verdict !== 'proved').map(({ id, why }) => `${id}: ${why}`)).toEqual([])
})

describe('an account whose events go to Splunk', () => {
  it('keeps them going there, by a statement of its own', async () => {
    const splunk = { url: 'https://splunk.example.com:8088', index: 'aws', secret: 'uais/splunk' }
    const bundle = proofBundle({ ...params, splunk })
    const invariants = bundle.invariants.filter(({ id }) => id === 'LOG-1/splunk')
    const weak = JSON.parse(
      JSON.stringify(bundle).replaceAll('LOG1SplunkKeepsHearing","Effect":"Deny', 'x","Effect":"Allow'),
    )
    expect(await whole({ ...bundle, invariants })).toMatchObject([{ verdict: 'proved' }])
    expect(await whole({ ...weak, invariants })).toMatchObject([{ verdict: 'disproved' }])
  })
})

describe('an account without an organization', () => {
  const bundle = proofBundle({ ...params, organizationId: undefined })
  const of = (form: RegExp) => ({ ...bundle, invariants: bundle.invariants.filter(({ id }) => form.test(id)) })

  it(
    'is told that an administrator can change what was built, by a request that shows it',
    async () => {
      const results = await whole(of(/^IMM-1\/tamper-/))
      expect(results.length).toBeGreaterThan(5)
      for (const { id, verdict, why, counterexample } of results) {
        expect(verdict, id).toBe('disproved')
        expect(why).toContain('an administrator of the account can do this; changes can only be detected and repaired')
        expect(counterexample?.principal, id).toBe('arn:aws:iam::300000000003:role/admin')
      }
    },
    10 * minutes,
  )

  it(
    'keeps what boundary, key and bucket hold by themselves, and the levers of its owner',
    async () => {
      const results = await whole(of(/^(IMM-2\/(deny|end)-|IMM-5\/switch|DAT-2\/tls|ISO-1\/open|ISO-2\/own)/))
      expect(results.filter(({ verdict }) => verdict !== 'proved').map(({ id, why }) => `${id}: ${why}`)).toEqual([])
      expect(results.length).toBeGreaterThan(8)
    },
    10 * minutes,
  )
})
