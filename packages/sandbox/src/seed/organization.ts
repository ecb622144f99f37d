import type { Call } from '../kernel/operation.ts'
import { fullAccess } from '../services/organizations/full-access.ts'
import {
  accounts,
  attachmentKey,
  attachments,
  organizationKey,
  organizations,
  type PolicyType,
  policies,
  units,
} from '../services/organizations/state.ts'

/** The organization of the sandbox, as every new sandbox has it. */
const organizationId = 'o-uaissandbox'
const rootId = 'r-uais'
const workloadsUnit = 'ou-uais-workloads'
const managementAccount = '100000000001'

export const seedAccounts = [
  { id: managementAccount, name: 'management', parent: rootId },
  { id: '200000000002', name: 'platform', parent: rootId },
  { id: '300000000003', name: 'claims', parent: workloadsUnit },
  { id: '400000000004', name: 'trials', parent: workloadsUnit },
] as const

const joinedAt = '2026-01-05T09:00:00Z'
const base = `arn:aws:organizations::${managementAccount}`

/** Root, unit, four accounts; service and resource control policies enabled with AWS's own full-access policies. */
export function seedOrganization(call: Call): void {
  const types = Object.keys(fullAccess) as PolicyType[]
  organizations(call).put(organizationKey, {
    id: organizationId,
    arn: `${base}:organization/${organizationId}`,
    rootId,
    managementAccount,
    managementEmail: 'aws+management@uais.example',
    enabledTypes: types,
  })
  units(call).put(rootId, { id: rootId, arn: `${base}:root/${organizationId}/${rootId}`, name: 'Root', tags: {} })
  units(call).put(workloadsUnit, {
    id: workloadsUnit,
    arn: `${base}:ou/${organizationId}/${workloadsUnit}`,
    name: 'Workloads',
    parent: rootId,
    tags: {},
  })
  for (const { id, name, parent } of seedAccounts) {
    const arn = `${base}:account/${organizationId}/${id}`
    accounts(call).put(id, { id, arn, name, email: `aws+${name}@uais.example`, parent, joinedAt, tags: {} })
  }
  for (const type of types) seedFullAccess(call, type)
}

function seedFullAccess(call: Call, type: PolicyType): void {
  const { id, name, description, path, content } = fullAccess[type]
  const arn = `arn:aws:organizations::aws:policy/${path}/${id}`
  policies(call).put(id, {
    id,
    arn,
    name,
    description,
    type,
    content: JSON.stringify(content),
    awsManaged: true,
    tags: {},
  })
  for (const targetId of [rootId, workloadsUnit, ...seedAccounts.map((account) => account.id)]) {
    attachments(call).put(attachmentKey(id, targetId), { policyId: id, targetId, type })
  }
}
