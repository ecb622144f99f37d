import type { Service } from '../../kernel/service.ts'
import { attachPolicy, detachPolicy, listPoliciesForTarget, listTargetsForPolicy } from './attach-policy.ts'
import {
  describeAccount,
  describeOrganization,
  describeOrganizationalUnit,
  listAccounts,
  listAccountsForParent,
  listChildren,
  listOrganizationalUnitsForParent,
  listParents,
  listRoots,
} from './describe.ts'
import { leaveOrganization } from './leave-organization.ts'
import { createPolicy, deletePolicy, describePolicy, listPolicies, updatePolicy } from './policy.ts'
import { disablePolicyType, enablePolicyType } from './policy-type.ts'
import { listTagsForResource, tagResource, untagResource } from './tags.ts'
import { createOrganizationalUnit, deleteOrganizationalUnit, moveAccount } from './units.ts'

export const service: Service = {
  name: 'organizations',
  model: 'organizations',
  scope: 'global',
  operations: [
    describeOrganization,
    describeAccount,
    describeOrganizationalUnit,
    listAccounts,
    listRoots,
    listAccountsForParent,
    listOrganizationalUnitsForParent,
    listChildren,
    listParents,
    createPolicy,
    describePolicy,
    updatePolicy,
    deletePolicy,
    listPolicies,
    attachPolicy,
    detachPolicy,
    listPoliciesForTarget,
    listTargetsForPolicy,
    enablePolicyType,
    disablePolicyType,
    createOrganizationalUnit,
    deleteOrganizationalUnit,
    moveAccount,
    leaveOrganization,
    tagResource,
    untagResource,
    listTagsForResource,
  ],
}
