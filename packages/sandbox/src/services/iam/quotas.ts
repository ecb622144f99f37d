import { limitExceeded } from './errors.ts'

/** IAM User Guide, "IAM and AWS STS quotas". Sizes are characters without white space. */
const quotas = {
  rolesPerAccount: 1000,
  policiesPerEntity: 10,
  versionsPerPolicy: 5,
  managedPolicySize: 6144,
  trustPolicySize: 2048,
  inlineSize: { role: 10_240, user: 2048 },
  tags: 50,
} as const

/** White space outside of text does not count; IAM's own measure drops all of it. */
const sizeOf = (document: string) => document.replace(/\s+/g, '').length

export function checkManagedSize(document: string): void {
  if (sizeOf(document) > quotas.managedPolicySize) {
    throw limitExceeded(`Cannot exceed quota for PolicySize: ${quotas.managedPolicySize}`)
  }
}

export function checkTrustSize(document: string): void {
  if (sizeOf(document) > quotas.trustPolicySize) {
    throw limitExceeded(`Cannot exceed quota for ACLSizePerRole: ${quotas.trustPolicySize}`)
  }
}

/** All inline policies of a role or user together. */
export function checkInlineSize(kind: 'role' | 'user', name: string, documents: readonly string[]): void {
  const limit = quotas.inlineSize[kind]
  if (documents.reduce((sum, document) => sum + sizeOf(document), 0) > limit) {
    throw limitExceeded(`Maximum policy size of ${limit} bytes exceeded for ${kind} ${name}`)
  }
}

export function checkAttachedCount(kind: 'role' | 'user', count: number): void {
  if (count <= quotas.policiesPerEntity) return
  throw limitExceeded(
    `Cannot exceed quota for PoliciesPer${kind === 'role' ? 'Role' : 'User'}: ${quotas.policiesPerEntity}`,
  )
}

export function checkVersionCount(count: number): void {
  if (count < quotas.versionsPerPolicy) return
  throw limitExceeded(
    `A managed policy can have up to ${quotas.versionsPerPolicy} versions. Before you create a new version, you must delete an existing version.`,
  )
}

export function checkRoleCount(count: number): void {
  if (count >= quotas.rolesPerAccount) {
    throw limitExceeded(`Cannot exceed quota for RolesPerAccount: ${quotas.rolesPerAccount}`)
  }
}

export function checkTagCount(count: number): void {
  if (count > quotas.tags) throw limitExceeded(`Cannot exceed quota for TagsPerResource: ${quotas.tags}`)
}

/** For GetAccountSummary. */
export const summaryQuotas = {
  RolesQuota: quotas.rolesPerAccount,
  AttachedPoliciesPerRoleQuota: quotas.policiesPerEntity,
  AttachedPoliciesPerUserQuota: quotas.policiesPerEntity,
  PolicySizeQuota: quotas.managedPolicySize,
  AssumeRolePolicySizeQuota: quotas.trustPolicySize,
  UserPolicySizeQuota: quotas.inlineSize.user,
  VersionsPerPolicyQuota: quotas.versionsPerPolicy,
}
