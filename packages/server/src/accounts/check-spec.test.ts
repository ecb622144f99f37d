import { type AccountRules, accountSpec } from '@uais/contract'
import { parseAccountSpec } from '@uais/guardrails'
import { describe, expect, it } from 'vitest'
import { checkAccountSpec } from './check-spec.ts'
import { wishedParams } from './params.ts'

const platform = { partition: 'aws', accountId: '200000000002' } as Parameters<typeof checkAccountSpec>[1]
const spec = (rules?: AccountRules, more: object = {}) =>
  accountSpec.parse({
    ...{ awsAccountId: '300000000003', region: 'eu-west-1', ownerGroup: '11111111-2222-4333-8444-555555555555' },
    ...{ organization: null, network: { kind: 'managed' }, key: { kind: 'created' } },
    breakGlassPrincipal: 'arn:aws:iam::300000000003:role/break-glass',
    ...(rules ? { rules } : {}),
    ...more,
  })
const check = (rules?: AccountRules, more?: object) =>
  checkAccountSpec({ name: 'claims', spec: spec(rules, more) }, platform)
const many = (count: number, one: (index: string) => string) =>
  Array.from({ length: count }, (_, index) => one(String(index).padStart(3, '0')))

const agreed: AccountRules = {
  approvedInstanceTypes: ['ml.m5.large'],
  instanceTypes: { jobs: ['ml.m5.xlarge'] },
  maxRuntimeSeconds: 3600,
  requiredTags: ['cost-centre'],
  approvedBuckets: ['claims-history'],
  approvedNetworks: { cidrs: ['192.0.2.0/24'] },
  egressProxy: { cidr: '10.60.15.0/28', port: 3128 },
  privateLinkServices: ['com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdef0'],
  config: true,
  splunk: { url: 'https://splunk.example.com:8088', index: 'aws', secret: 'security/splunk-hec' },
}

describe('the rules of an account', () => {
  it('reach the guardrails by the names that an account specification has', () => {
    const params = wishedParams(platform, 'claims', spec(agreed))
    expect(params).toMatchObject(agreed)
    expect(parseAccountSpec(params)).toEqual(params)
    expect(Object.keys(wishedParams(platform, 'claims', spec()))).not.toContain('config')
  })

  it('stop an account at its budget only where something stands above it', () => {
    const rules = { budgetStop: { emails: ['owner@example.com'] } }
    const organization = { managementAccountId: '100000000001', targetId: '300000000003' }
    expect(() => check(rules, { organization })).not.toThrow()
    expect(() => check(rules)).toThrow(/spec.rules.budgetStop: needs an organization/)
  })

  it('may all be agreed at once', () => {
    expect(() => check(agreed)).not.toThrow()
    expect(() => check()).not.toThrow()
  })

  it.each(['10.61.0.0/28', '0.0.0.0/0', '10.60.0.0/19'])('put no proxy at %s, where no route leads', (cidr) => {
    const rules = { egressProxy: { cidr, port: 3128 } }
    expect(() => check(rules)).toThrow(/rules.egressProxy.cidr: must lie in the network's own range 10.60.0.0\/20/)
    const own = { vpcId: 'vpc-0a1b2c3d4e5f60718', subnetIds: ['subnet-0a1b2c3d4e5f60711'] }
    const network = { kind: 'existing', ...own, securityGroupIds: ['sg-0a1b2c3d4e5f60733'] }
    expect(() => check(rules, { network })).not.toThrow()
  })

  it('are refused at once where AWS takes no document of that size', () => {
    const buckets = many(50, (index) => `a-bucket-with-a-long-name-of-sixty-three-characters-in-all-${index}`)
    const tags = many(10, (index) => `${'t'.repeat(120)}-${index}`)
    const types = (prefix: string) => many(100, (index) => `ml.${prefix}${index}.16xlarge`)
    const rules = {
      ...{ approvedBuckets: buckets, requiredTags: tags },
      instanceTypes: { studio: types('studio'), jobs: types('jobs'), endpoints: types('endpoints') },
    }
    expect(() => check(rules)).toThrow(/^reading the account: spec.rules: is more than AWS takes: compiling/)
  })
})
