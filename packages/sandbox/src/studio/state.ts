import type { Call } from '../kernel/operation.ts'
import type { Principal } from '../kernel/principal.ts'
import type { Table } from '../kernel/table.ts'

/** What Studio knows of the person it is opened for: fixed when the URL is made. */
export interface StudioFacts {
  domainId: string
  userProfileName: string
  userProfileArn: string
  spaceName?: string | undefined
  executionRoleArn: string
  /** Whether the domain puts the profile's name into sts:SourceIdentity (`ExecutionRoleIdentityConfig`). */
  identityPropagates: boolean
  network?: { vpcId: string; subnetIds: string[]; securityGroupIds: string[] } | undefined
  kmsKeyId?: string | undefined
  /** Tags of the user profile. */
  tags: Record<string, string>
}

/** A presigned URL: good once, and not for long. Keyed by the token's digest, so the store cannot be used to enter. */
export interface Ticket extends StudioFacts {
  account: string
  region: string
  /** Who made the URL: the policy of that call is asked again at every request. */
  minter: Principal
  /** ISO 8601 */
  expiresAt: string
  sessionSeconds: number
  used: boolean
}

export interface StudioSession extends StudioFacts {
  account: string
  region: string
  minter: Principal
  /** ISO 8601 */
  expiresAt: string
}

const everywhere = { service: 'studio', account: '', region: '' }

export const tickets = (call: Call): Table<Ticket> => call.table<Ticket>('ticket', everywhere)
export const sessions = (call: Call): Table<StudioSession> => call.table<StudioSession>('session', everywhere)

/** Names of the training jobs that a person started from this page. Listing jobs would show other projects' names. */
export interface StartedJobs {
  names: string[]
}

export const startedJobs = (call: Call): Table<StartedJobs> => call.table<StartedJobs>('started-jobs', everywhere)
