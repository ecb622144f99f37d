import type { CallRecord } from '../../kernel/call-record.ts'
import type { Call } from '../../kernel/operation.ts'
import { selects } from './selectors.ts'
import { organizationTrails, type TrailRow, trails } from './state.ts'

/** Trails that log a record: those of its account and, for members of an organization, the organization's. */
export function loggingTrails(record: CallRecord, call: Call): TrailRow[] {
  const account = record.recipientAccountId
  const own = trails(call, account)
  const shared = organizationTrails(call)
  if (own.size === 0 && shared.size === 0) return []
  const organization = [...shared.values()]
    .filter((one) => one.account !== account)
    .flatMap((one) => trails(call, one.account).get(one.name) ?? [])
  return [...own.values(), ...organization].filter(
    (trail) => trail.logging && covers(trail, record) && selects(trail, record),
  )
}

export function isLogged(record: CallRecord, call: Call): boolean {
  return loggingTrails(record, call).length > 0
}

const globalSources = ['iam.amazonaws.com', 'sts.amazonaws.com', 'cloudfront.amazonaws.com']

/** Events of global services are in us-east-1 (CloudTrail User Guide, "Global service events"). */
function covers(trail: TrailRow, record: CallRecord): boolean {
  if (globalSources.includes(record.eventSource) && record.awsRegion === 'us-east-1' && !trail.globalEvents)
    return false
  return trail.multiRegion || trail.homeRegion === record.awsRegion
}
