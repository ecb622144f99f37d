import type { AccountRules } from '@uais/contract'

/** The rules that an owner may add, as the form holds them: flat text, empty where nothing was agreed. */
export const emptyRules = {
  approvedInstanceTypes: '',
  studioTypes: '',
  jobTypes: '',
  endpointTypes: '',
  longestJobHours: '',
  requiredTags: '',
  approvedBuckets: '',
  fromRanges: '',
  fromVpcs: '',
  proxyRange: '',
  proxyPort: '',
  privateLinks: '',
  config: 'no',
  stopEmails: '',
  splunkUrl: '',
  splunkIndex: '',
  splunkSecret: '',
}
export type RulesForm = typeof emptyRules

export const listOf = (text: string) => text.split(/[\s,]+/).filter(Boolean)
const some = (items: string[]) => (items.length > 0 ? items : undefined)
const someOf = (text: string) => some(listOf(text))
/** Keys of tags may hold spaces. */
const tagsOf = (text: string) =>
  some(
    text
      .split(',')
      .map((key) => key.trim())
      .filter(Boolean),
  )

/** Without what was left empty; `undefined` where nothing is left. */
function given(parts: Record<string, unknown>): object | undefined {
  const left = Object.entries(parts).filter(([, value]) => value !== undefined)
  return left.length > 0 ? Object.fromEntries(left) : undefined
}

/** @returns `spec.rules`, or `undefined` where no rule was added: then the account has none */
export function shapeRules(form: RulesForm): object | undefined {
  return given({
    approvedInstanceTypes: someOf(form.approvedInstanceTypes),
    instanceTypes: given({
      studio: someOf(form.studioTypes),
      jobs: someOf(form.jobTypes),
      endpoints: someOf(form.endpointTypes),
    }),
    maxRuntimeSeconds: form.longestJobHours ? Math.round(Number(form.longestJobHours) * 3600) : undefined,
    requiredTags: tagsOf(form.requiredTags),
    approvedBuckets: someOf(form.approvedBuckets),
    approvedNetworks: given({ cidrs: someOf(form.fromRanges), vpcIds: someOf(form.fromVpcs) }),
    egressProxy:
      form.proxyRange || form.proxyPort ? { cidr: form.proxyRange, port: Number(form.proxyPort) } : undefined,
    privateLinkServices: someOf(form.privateLinks),
    budgetStop: form.stopEmails ? { emails: listOf(form.stopEmails) } : undefined,
    config: form.config === 'yes' ? true : undefined,
    splunk:
      form.splunkUrl || form.splunkIndex || form.splunkSecret
        ? { url: form.splunkUrl, index: form.splunkIndex, secret: form.splunkSecret }
        : undefined,
  })
}

/** The form that `shapeRules` would make these rules of. */
export function formOfRules(rules: AccountRules = {}): RulesForm {
  const text = (items: readonly string[] = []) => items.join(', ')
  const { approvedNetworks, egressProxy, instanceTypes, splunk } = rules
  return {
    approvedInstanceTypes: text(rules.approvedInstanceTypes),
    studioTypes: text(instanceTypes?.studio),
    jobTypes: text(instanceTypes?.jobs),
    endpointTypes: text(instanceTypes?.endpoints),
    longestJobHours: rules.maxRuntimeSeconds ? String(rules.maxRuntimeSeconds / 3600) : '',
    requiredTags: text(rules.requiredTags),
    approvedBuckets: text(rules.approvedBuckets),
    fromRanges: text(approvedNetworks?.cidrs),
    fromVpcs: text(approvedNetworks?.vpcIds),
    proxyRange: egressProxy?.cidr ?? '',
    proxyPort: egressProxy ? String(egressProxy.port) : '',
    privateLinks: text(rules.privateLinkServices),
    stopEmails: text(rules.budgetStop?.emails),
    config: rules.config ? 'yes' : 'no',
    splunkUrl: splunk?.url ?? '',
    splunkIndex: splunk?.index ?? '',
    splunkSecret: splunk?.secret ?? '',
  }
}
