import { AwsError } from '../../kernel/aws-error.ts'
import type { AccessCheck, Call } from '../../kernel/operation.ts'
import { notInUse, policyNotFound, targetNotFound } from './errors.ts'
import {
  accounts,
  type OrganizationPolicyRow,
  type OrganizationRow,
  organizationKey,
  organizations,
  policies,
  units,
} from './state.ts'

export function organization(call: Call): OrganizationRow {
  const row = organizations(call).get(organizationKey)
  if (!row || !accounts(call).has(call.account)) throw notInUse()
  return row
}

/**
 * Almost all operations belong to the management account (AWS Organizations User Guide, "Management account and
 * delegated administrator"); a member's administrator is refused whatever his policies say.
 */
export function demandManagement(call: Call): OrganizationRow {
  const row = organization(call)
  if (call.account === row.managementAccount) return row
  throw new AwsError('AccessDeniedException', "You don't have permissions to access this resource.", 400)
}

/** Root, unit or account by its id, as policies and tags are attached to them. */
export function target(
  call: Call,
  id: string,
): { id: string; arn: string; name: string; type: TargetType; tags: Record<string, string> } {
  const account = accounts(call).get(id)
  if (account) return { ...account, type: 'ACCOUNT' }
  const unit = units(call).get(id)
  if (unit) return { ...unit, type: unit.parent === undefined ? 'ROOT' : 'ORGANIZATIONAL_UNIT' }
  throw targetNotFound()
}

export type TargetType = 'ACCOUNT' | 'ROOT' | 'ORGANIZATIONAL_UNIT'

export function findPolicy(call: Call, id: string): OrganizationPolicyRow {
  const row = policies(call).get(id)
  if (!row) throw policyNotFound()
  return row
}

/** An action without resource types. */
export const anyResource = (action: string): AccessCheck[] => [{ action: `organizations:${action}`, resource: '*' }]

/** Checks on a thing by its id; an unknown one is asked for by the id alone. */
export function onId(call: Call, action: string, id: string, context: AccessCheck['context'] = {}): AccessCheck {
  const row = policies(call).get(id) ?? units(call).get(id) ?? accounts(call).get(id)
  const owner = organizations(call).get(organizationKey)?.managementAccount ?? call.account
  return {
    action: `organizations:${action}`,
    resource: row?.arn ?? `arn:${call.partition}:organizations::${owner}:*/${id}`,
    resourceTags: row?.tags,
    context,
  }
}
