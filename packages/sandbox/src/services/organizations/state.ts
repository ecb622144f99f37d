import type { Call } from '../../kernel/operation.ts'
import type { Table } from '../../kernel/table.ts'

export type PolicyType = 'SERVICE_CONTROL_POLICY' | 'RESOURCE_CONTROL_POLICY'

export interface OrganizationRow {
  id: string
  arn: string
  rootId: string
  managementAccount: string
  managementEmail: string
  /** Policy types that are enabled in the root. */
  enabledTypes: PolicyType[]
}

export interface AccountRow {
  id: string
  arn: string
  name: string
  email: string
  /** Root or organizational unit that holds it. */
  parent: string
  /** ISO 8601 */
  joinedAt: string
  tags: Record<string, string>
}

/** The root (`r-…`, no parent) or an organizational unit (`ou-…`). */
export interface UnitRow {
  id: string
  arn: string
  name: string
  parent?: string | undefined
  tags: Record<string, string>
}

export interface OrganizationPolicyRow {
  id: string
  arn: string
  name: string
  description: string
  type: PolicyType
  content: string
  awsManaged: boolean
  tags: Record<string, string>
}

export interface AttachmentRow {
  policyId: string
  targetId: string
  type: PolicyType
}

type Kind = 'Organization' | 'Account' | 'Unit' | 'Policy' | 'Attachment'

/** Ids of the tables, for the kernel, which reads them on every call. */
export const organizationTable = (kind: Kind) => `organizations|||${kind}`

const table = <Row extends object>(call: Call, kind: Kind): Table<Row> =>
  call.table<Row>(kind, { service: 'organizations', account: '', region: '' })

/** The one organization of the sandbox is kept under this key. */
export const organizationKey = 'organization'
export const organizations = (call: Call) => table<OrganizationRow>(call, 'Organization')
export const accounts = (call: Call) => table<AccountRow>(call, 'Account')
export const units = (call: Call) => table<UnitRow>(call, 'Unit')
export const policies = (call: Call) => table<OrganizationPolicyRow>(call, 'Policy')
export const attachments = (call: Call) => table<AttachmentRow>(call, 'Attachment')
export const attachmentKey = (policyId: string, targetId: string) => `${policyId} ${targetId}`
