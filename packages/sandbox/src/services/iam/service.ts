import type { Service } from '../../kernel/service.ts'
import { createAccessKey, deleteAccessKey, listAccessKeys, updateAccessKey } from './access-key.ts'
import { getAccountAuthorizationDetails, getAccountSummary, listAccountAliases } from './account.ts'
import { attachedPolicyOperations } from './attached-policies.ts'
import { boundaryOperations } from './boundary.ts'
import { roleKind, userKind } from './entity.ts'
import { tagOperations } from './entity-tags.ts'
import { inlinePolicyOperations } from './inline-policies.ts'
import {
  createPolicy,
  deletePolicy,
  getPolicy,
  listEntitiesForPolicy,
  listPolicies,
  listPolicyTags,
  tagPolicy,
  untagPolicy,
} from './managed-policy.ts'
import {
  createOpenIdConnectProvider,
  deleteOpenIdConnectProvider,
  getOpenIdConnectProvider,
  listOpenIdConnectProviders,
} from './oidc-provider.ts'
import {
  createPolicyVersion,
  deletePolicyVersion,
  getPolicyVersion,
  listPolicyVersions,
  setDefaultPolicyVersion,
} from './policy-versions.ts'
import {
  createRole,
  deleteRole,
  getRole,
  listInstanceProfiles,
  listInstanceProfilesForRole,
  listRoles,
  updateAssumeRolePolicy,
  updateRole,
  updateRoleDescription,
} from './role.ts'
import { createServiceLinkedRole } from './service-linked-role.ts'
import { simulatePrincipalPolicy } from './simulate.ts'
import { createUser, deleteUser, getUser, listGroupsForUser, listUsers } from './user.ts'

export const service: Service = {
  name: 'iam',
  model: 'iam',
  scope: 'account',
  operations: [
    createRole,
    getRole,
    listRoles,
    deleteRole,
    updateRole,
    updateRoleDescription,
    updateAssumeRolePolicy,
    listInstanceProfilesForRole,
    listInstanceProfiles,
    createServiceLinkedRole,
    ...inlinePolicyOperations(roleKind),
    ...attachedPolicyOperations(roleKind),
    ...boundaryOperations(roleKind),
    ...tagOperations(roleKind),
    createUser,
    getUser,
    listUsers,
    deleteUser,
    listGroupsForUser,
    ...inlinePolicyOperations(userKind),
    ...attachedPolicyOperations(userKind),
    ...boundaryOperations(userKind),
    ...tagOperations(userKind),
    createAccessKey,
    listAccessKeys,
    updateAccessKey,
    deleteAccessKey,
    createPolicy,
    getPolicy,
    deletePolicy,
    listPolicies,
    listEntitiesForPolicy,
    tagPolicy,
    untagPolicy,
    listPolicyTags,
    createPolicyVersion,
    getPolicyVersion,
    listPolicyVersions,
    deletePolicyVersion,
    setDefaultPolicyVersion,
    createOpenIdConnectProvider,
    getOpenIdConnectProvider,
    listOpenIdConnectProviders,
    deleteOpenIdConnectProvider,
    getAccountSummary,
    listAccountAliases,
    getAccountAuthorizationDetails,
    simulatePrincipalPolicy,
  ],
}
