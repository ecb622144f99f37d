import { accountCreate, accountRules } from '@uais/contract'
import { describe, expect, test } from 'vitest'
import { emptyAccount, shapeAccount } from './account-form.ts'
import { emptyRules, formOfRules, shapeRules } from './rules-form.ts'
import { rulesInWords } from './rules-in-words.ts'

const filled = {
  ...emptyAccount,
  ...{ name: 'claims', awsAccountId: '300000000003', organized: 'no' },
  ownerGroup: '11111111-2222-4333-8444-555555555555',
  breakGlassPrincipal: 'arn:aws:iam::300000000003:role/break-glass',
}
const rulesOf = (change: Partial<typeof emptyAccount>) =>
  (shapeAccount({ ...filled, ...change }) as { spec: { rules?: unknown } }).spec.rules

describe('the rules of the account form', () => {
  test('are none where nothing was filled in', () => {
    expect(accountCreate.parse(shapeAccount(filled)).spec).not.toHaveProperty('rules')
    expect(rulesInWords()).toEqual({})
  })

  test('hold what was filled in, and only that', () => {
    const rules = rulesOf({
      ...{ jobTypes: 'ml.m5.large, ml.m5.xlarge', longestJobHours: '1.5', requiredTags: 'cost centre, owner' },
      ...{ fromRanges: '192.0.2.0/24', proxyRange: '10.60.15.0/28', proxyPort: '3128', config: 'yes' },
    })
    expect(rules).toEqual({
      instanceTypes: { jobs: ['ml.m5.large', 'ml.m5.xlarge'] },
      maxRuntimeSeconds: 5400,
      requiredTags: ['cost centre', 'owner'],
      approvedNetworks: { cidrs: ['192.0.2.0/24'] },
      egressProxy: { cidr: '10.60.15.0/28', port: 3128 },
      config: true,
    })
    expect(rulesInWords(accountRules.parse(rules))).toEqual({
      'Instance types of jobs': ['ml.m5.large', 'ml.m5.xlarge'],
      'Longest job': ['90 minutes'],
      'Required tags': ['cost centre', 'owner'],
      'Reached from': ['192.0.2.0/24'],
      'Way out': ['Only through the proxy at 10.60.15.0/28, port 3128'],
      'AWS Config rules': ['Yes, with the owner’s recorder'],
    })
  })

  test('come back as they were, when the account is changed', () => {
    const rules = accountRules.parse({
      ...{ instanceTypes: { jobs: ['ml.m5.large'] }, maxRuntimeSeconds: 5400, requiredTags: ['cost centre', 'owner'] },
      ...{ approvedBuckets: ['claims'], approvedNetworks: { cidrs: ['192.0.2.0/24'] }, config: true },
      ...{ egressProxy: { cidr: '10.60.15.0/28', port: 3128 }, budgetStop: { emails: ['owner@example.com'] } },
      splunk: { url: 'https://splunk.example.com', index: 'aws', secret: 'security/splunk' },
    })
    expect(shapeRules(formOfRules(rules))).toEqual(rules)
    expect(shapeRules(formOfRules())).toBeUndefined()
    expect(formOfRules()).toEqual(emptyRules)
  })

  test.each([
    [{ proxyRange: '10.60.15.0/28' }, 'egressProxy.port'],
    [{ longestJobHours: 'eight' }, 'maxRuntimeSeconds'],
    [{ splunkUrl: 'https://splunk.example.com' }, 'splunk.index'],
  ])('half filled in as %j name what is missing', (change, path) => {
    const paths = accountRules.safeParse(rulesOf(change)).error?.issues.map((issue) => issue.path.join('.'))
    expect(paths).toContain(path)
  })
})
