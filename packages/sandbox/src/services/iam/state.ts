import type { Call } from '../../kernel/operation.ts'
import type { Table } from '../../kernel/table.ts'

export interface RoleRow {
  name: string
  path: string
  id: string
  arn: string
  account: string
  /** Trust policy as it was given. */
  trust: string
  description?: string | undefined
  maxSessionDuration: number
  /** ISO 8601 */
  createdAt: string
  lastUsed?: { at: string; region: string } | undefined
  boundary?: string | undefined
  tags: Record<string, string>
  /** Inline policies by name, as they were given. */
  inline: Record<string, string>
  /** ARNs of attached managed policies. */
  attached: string[]
}

export interface UserRow {
  name: string
  path: string
  id: string
  arn: string
  account: string
  /** ISO 8601 */
  createdAt: string
  boundary?: string | undefined
  tags: Record<string, string>
  inline: Record<string, string>
  attached: string[]
}

export interface AccessKeyRow {
  id: string
  userName: string
  status: 'Active' | 'Inactive'
  /** ISO 8601 */
  createdAt: string
}

export interface PolicyVersion {
  id: string
  document: string
  /** ISO 8601 */
  createdAt: string
}

export interface PolicyRow {
  name: string
  path: string
  id: string
  arn: string
  description?: string | undefined
  defaultVersion: string
  versions: PolicyVersion[]
  /** Number of the version that was made last; numbers are never used again. */
  lastVersion: number
  /** ISO 8601 */
  createdAt: string
  /** ISO 8601 */
  updatedAt: string
  tags: Record<string, string>
}

/** Ids of IAM's tables, for the kernel, which reads them on every call. */
export const iamTable = (account: string, kind: 'Role' | 'User' | 'Policy') => `iam|${account}||${kind}`

export const roles = (call: Call, account = call.account): Table<RoleRow> =>
  call.table<RoleRow>('Role', { service: 'iam', account })
export const users = (call: Call, account = call.account): Table<UserRow> =>
  call.table<UserRow>('User', { service: 'iam', account })
export const policies = (call: Call, account = call.account): Table<PolicyRow> =>
  call.table<PolicyRow>('Policy', { service: 'iam', account })
export const accessKeys = (call: Call): Table<AccessKeyRow> =>
  call.table<AccessKeyRow>('AccessKey', { service: 'iam', account: call.account })

export const defaultDocument = (policy: PolicyRow): string =>
  policy.versions.find((version) => version.id === policy.defaultVersion)?.document ?? ''

export interface OidcProviderRow {
  arn: string
  url: string
  clientIds: string[]
  thumbprints: string[]
  /** ISO 8601 */
  createdAt: string
  tags: Record<string, string>
}

export const oidcProviders = (call: Call, account = call.account): Table<OidcProviderRow> =>
  call.table<OidcProviderRow>('OidcProvider', { service: 'iam', account })

export const iamArn = (call: Call, resource: string, account = call.account) =>
  `arn:${call.partition}:iam::${account}:${resource}`
