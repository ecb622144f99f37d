import type { AccountRules } from '@uais/contract'

/** What was agreed to beyond the profile, label by label; nothing for what was not. */
export function rulesInWords(rules: AccountRules = {}): Record<string, string[]> {
  const { approvedNetworks, egressProxy, instanceTypes, splunk } = rules
  const all: Record<string, string[]> = {
    'Instance types': rules.approvedInstanceTypes ?? [],
    'Instance types of Studio': instanceTypes?.studio ?? [],
    'Instance types of jobs': instanceTypes?.jobs ?? [],
    'Instance types of endpoints': instanceTypes?.endpoints ?? [],
    'Longest job': rules.maxRuntimeSeconds ? [duration(rules.maxRuntimeSeconds)] : [],
    'Required tags': rules.requiredTags ?? [],
    'Buckets for data sources': rules.approvedBuckets ?? [],
    'Reached from': [...(approvedNetworks?.cidrs ?? []), ...(approvedNetworks?.vpcIds ?? [])],
    'Way out': egressProxy ? [`Only through the proxy at ${egressProxy.cidr}, port ${egressProxy.port}`] : [],
    'Private links': rules.privateLinkServices ?? [],
    'Stopped at its budget': rules.budgetStop
      ? [`New work is refused; ${rules.budgetStop.emails.join(', ')} hear of it`]
      : [],
    'AWS Config rules': rules.config ? ['Yes, with the owner’s recorder'] : [],
    Splunk: splunk ? [`${splunk.url}, index ${splunk.index}, token in the secret ${splunk.secret}`] : [],
  }
  return Object.fromEntries(Object.entries(all).filter(([, lines]) => lines.length > 0))
}

/** `8 hours`, `90 minutes`, `3601 seconds`: the largest unit that says it exactly. */
function duration(seconds: number): string {
  const [size, unit] = seconds % 3600 === 0 ? [3600, 'hour'] : seconds % 60 === 0 ? [60, 'minute'] : [1, 'second']
  const count = seconds / size
  return `${count} ${unit}${count === 1 ? '' : 's'}`
}
