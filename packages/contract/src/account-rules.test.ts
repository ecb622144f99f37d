import { describe, expect, it } from 'vitest'
import { accountSpec } from './account.ts'
import { type AccountRules, accountRules } from './account-rules.ts'

const everything: AccountRules = {
  approvedInstanceTypes: ['ml.m5.large', 'ml.t3.medium'],
  instanceTypes: { endpoints: ['ml.m5.large'] },
  maxRuntimeSeconds: 8 * 3600,
  requiredTags: ['cost-centre', 'owner'],
  approvedBuckets: ['claims-history-300000000003'],
  approvedNetworks: { cidrs: ['192.0.2.0/24', '2001:db8::/32'], vpcIds: ['vpc-0a1b2c3d4e5f60718'] },
  egressProxy: { cidr: '10.60.15.0/28', port: 3128 },
  privateLinkServices: ['com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdef0'],
  budgetStop: { emails: ['owner@example.com'] },
  config: true,
  splunk: { url: 'https://splunk.example.com:8088', index: 'aws', secret: 'security/splunk-hec' },
}
const faults = (rules: unknown) =>
  accountRules.safeParse(rules).error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)

describe('what an owner may agree to besides', () => {
  it('is taken whole, in part, or not at all', () => {
    expect(accountRules.parse(everything)).toEqual(everything)
    for (const [name, value] of Object.entries(everything))
      expect(accountRules.parse({ [name]: value })).toEqual({ [name]: value })
    expect(accountRules.parse({})).toEqual({})
  })

  it('may be missing: an account without it is what it was', () => {
    const spec = {
      ...{ awsAccountId: '300000000003', region: 'eu-west-1', ownerGroup: '11111111-2222-4333-8444-555555555555' },
      ...{ organization: null, network: { kind: 'managed' }, key: { kind: 'created' } },
      breakGlassPrincipal: 'arn:aws:iam::300000000003:role/break-glass',
    }
    expect(accountSpec.parse(spec)).not.toHaveProperty('rules')
    expect(accountSpec.parse({ ...spec, rules: everything }).rules).toEqual(everything)
  })

  it.each([
    [{ approvedBuckets: [] }, 'approvedBuckets: name one at least, or leave it out'],
    [{ approvedBuckets: ['Claims'] }, 'approvedBuckets.0: an S3 bucket name'],
    [{ approvedBuckets: ['claims', 'claims'] }, 'approvedBuckets: one is named twice'],
    [{ instanceTypes: { jobs: ['m5.large'] } }, /^instanceTypes.jobs.0: a SageMaker instance type such as/],
    [{ maxRuntimeSeconds: 30 }, 'maxRuntimeSeconds: a minute to 28 days'],
    [{ maxRuntimeSeconds: 29 * 24 * 3600 }, 'maxRuntimeSeconds: a minute to 28 days'],
    [{ requiredTags: ['aws:createdBy'] }, /^requiredTags.0: a tag's key/],
    [{ approvedNetworks: {} }, 'approvedNetworks: name an address range or a VPC, or leave it out'],
    [{ approvedNetworks: { cidrs: ['192.0.2.0'] } }, /^approvedNetworks.cidrs.0: an address range such as/],
    [{ egressProxy: { cidr: '10.60.15.0/28', port: 0 } }, 'egressProxy.port: a port, 1 to 65535'],
    [{ egressProxy: { cidr: 'proxy.example.com', port: 3128 } }, /^egressProxy.cidr: an address range such as/],
    [{ privateLinkServices: ['vpce-svc-0123456789abcdef0'] }, /^privateLinkServices.0: an endpoint service such as/],
    [{ budgetStop: { emails: ['owner'] } }, /^budgetStop.emails.0: an e-mail address such as/],
    [{ splunk: { ...everything.splunk, url: 'http://splunk.example.com' } }, /^splunk.url: an https address such as/],
    [{ splunk: { ...everything.splunk, url: 'https://user:pw@splunk' } }, /^splunk.url: an https address such as/],
  ])('names what is wrong in %j', (rules, fault) => {
    expect(faults(rules)).toEqual([expect.stringMatching(fault)])
  })
})
