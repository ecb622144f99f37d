import { AwsError } from '../../kernel/aws-error.ts'
import type { Call } from '../../kernel/operation.ts'
import { type OrganizationRow, organizationKey } from '../organizations/state.ts'
import { organizationTrails, type TrailRow } from './state.ts'

export function organizationOf(call: Call): OrganizationRow | undefined {
  return call
    .table<OrganizationRow>('Organization', { service: 'organizations', account: '', region: '' })
    .get(organizationKey)
}

/** Organization trails are the management account's (CloudTrail User Guide, "Creating a trail for an organization"). */
export function requireManagement(call: Call): void {
  const organization = organizationOf(call)
  if (!organization)
    throw new AwsError(
      'OrganizationsNotInUseException',
      'The request could not be processed because your account is not a member of an organization.',
    )
  if (organization.managementAccount !== call.account)
    throw new AwsError(
      'NotOrganizationMasterAccountException',
      'The request could not be processed because your account is not the management account for your organization.',
    )
}

/** Keeps the list of organization trails in step with a trail's row. */
export function listOrganizationTrail(trail: TrailRow, call: Call): void {
  const table = organizationTrails(call)
  if (trail.organization) table.put(trail.arn, { name: trail.name, account: trail.account })
  else table.delete(trail.arn)
}
