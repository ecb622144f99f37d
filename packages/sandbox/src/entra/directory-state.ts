import { groups } from './directory.ts'

export interface Subscription {
  id: string
  resource: string
  changeType: string
  notificationUrl: string
  lifecycleNotificationUrl?: string | undefined
  clientState?: string | undefined
  /** ISO 8601 */
  expirationDateTime: string
  applicationId: string
}

/** One change of a group's membership; `number` orders them and is what a delta token holds. */
export interface MembershipChange {
  number: number
  group: string
  member: string
  removed: boolean
}

/** All that changes in the tenant, as `directory.json` holds it. */
export interface DirectoryState {
  members: Record<string, string[]>
  disabled: string[]
  /** By person: sessions and refresh tokens from before this time (ISO 8601) are void. */
  validFrom: Record<string, string>
  changes: MembershipChange[]
  /** Delta tokens older than this are gone, as after Entra's retention. */
  oldestDelta: number
  subscriptions: Subscription[]
}

/** A person whose account was switched on or off. */
export interface PersonChange {
  person: string
}

/** The tenant on its first day. */
export function newDirectory(): DirectoryState {
  return {
    members: Object.fromEntries(groups.map((group) => [group.id, [...group.members]])),
    disabled: [],
    validFrom: {},
    changes: [],
    oldestDelta: 0,
    subscriptions: [],
  }
}
