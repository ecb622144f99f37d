import type { NamedPolicies } from '@uais/iam'
import type { Store, StoredTable } from '../kernel/store.ts'
import {
  type AccountRow,
  type AttachmentRow,
  type OrganizationPolicyRow,
  type OrganizationRow,
  organizationKey,
  organizationTable,
  type PolicyType,
  type UnitRow,
} from '../services/organizations/state.ts'
import { compiledText } from './compiled.ts'

export interface AccountOrganization {
  id: string
  managementAccount: string
  /** `o-…/r-…/ou-…/`, as aws:PrincipalOrgPaths has it. */
  path: string
  serviceControl: readonly NamedPolicies[] | undefined
  resourceControl: readonly NamedPolicies[] | undefined
}

interface Cache {
  tables: readonly StoredTable[]
  version: number
  byAccount: Map<string, AccountOrganization | undefined>
}

const caches = new WeakMap<Store, Cache>()
const kinds = ['Organization', 'Account', 'Unit', 'Policy', 'Attachment'] as const

/** The organization of an account and the policies of every level above it; undefined for a stand-alone account. */
export function organizationOf(store: Store, account: string): AccountOrganization | undefined {
  let cache = caches.get(store)
  if (!cache) {
    cache = { tables: kinds.map((kind) => store.table(organizationTable(kind))), version: -1, byAccount: new Map() }
    caches.set(store, cache)
  }
  const version = cache.tables.reduce((sum, table) => sum + table.version, 0)
  if (cache.version !== version) {
    cache.version = version
    cache.byAccount.clear()
  }
  if (!cache.byAccount.has(account)) cache.byAccount.set(account, read(store, account))
  return cache.byAccount.get(account)
}

function read(store: Store, accountId: string): AccountOrganization | undefined {
  const rows = (kind: (typeof kinds)[number]) => store.table(organizationTable(kind)).rows
  const organization = rows('Organization').get(organizationKey) as OrganizationRow | undefined
  const account = rows('Account').get(accountId) as AccountRow | undefined
  if (!organization || !account) return undefined
  const levels = [account.id]
  for (let unit: string | undefined = account.parent; unit !== undefined; ) {
    levels.unshift(unit)
    unit = (rows('Unit').get(unit) as UnitRow | undefined)?.parent
  }
  const policiesOf = (type: PolicyType): NamedPolicies[] | undefined =>
    organization.enabledTypes.includes(type)
      ? levels.map((level) => ({
          level: level === organization.rootId ? 'root' : level,
          policies: attachedTo(level, type, rows('Attachment'), rows('Policy')),
        }))
      : undefined
  return {
    id: organization.id,
    managementAccount: organization.managementAccount,
    path: `${[organization.id, ...levels.slice(0, -1)].join('/')}/`,
    serviceControl: policiesOf('SERVICE_CONTROL_POLICY'),
    resourceControl: policiesOf('RESOURCE_CONTROL_POLICY'),
  }
}

function attachedTo(level: string, type: PolicyType, attachments: Map<string, object>, policies: Map<string, object>) {
  return ([...attachments.values()] as AttachmentRow[])
    .filter((attachment) => attachment.targetId === level && attachment.type === type)
    .map((attachment) => policies.get(attachment.policyId) as OrganizationPolicyRow)
    .map((policy) => compiledText(policy.name, policy.content))
}
