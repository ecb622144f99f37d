import type { Caller } from '../principal/caller.ts'
import type { Question } from './question.ts'
import type { PolicySet } from './request.ts'

/** Whether the caller has an identity in IAM whose own policies count. Root has none; services and providers neither. */
export function hasIdentityPolicies({ kind }: Caller): boolean {
  return kind === 'user' || kind === 'role' || kind === 'role-session' || kind === 'federated-user'
}

/**
 * SCPs bind users, roles and root of member accounts: not the management account, not service-linked roles, and nobody
 * outside the organization (Organizations User Guide, "Service control policies (SCPs)").
 */
export function isBoundByScp(caller: Caller, { managementAccount }: PolicySet): boolean {
  return caller.account !== '' && !caller.serviceLinked && caller.account !== managementAccount
}

/**
 * RCPs bind whoever uses the resources of member accounts, for the services that support them; not service-linked roles,
 * not the management account's resources, not kms:RetireGrant (Organizations User Guide, "Resource control policies").
 */
export function isBoundByRcp({ caller, facts, resourceAccount }: Question, { managementAccount }: PolicySet): boolean {
  return facts.rcp && !caller.serviceLinked && resourceAccount !== managementAccount
}

/** Resources that AWS itself owns (`arn:aws:iam::aws:policy/ReadOnlyAccess`) are everyone's, as if in their own account. */
export function isSameAccount({ caller, resource, resourceAccount }: Question): boolean {
  return caller.account === resourceAccount || /^arn:[^:]+:[^:]+:[^:]*:aws:/.test(resource)
}

/**
 * Role trust policies and KMS key policies "must explicitly allow access" even within one account (IAM User Guide, "How
 * AWS enforcement code logic evaluates requests to allow or deny access").
 */
export function needsResourcePolicy({ facts, resource }: Question): boolean {
  return (facts.trust && resource.includes(':role/')) || (facts.key && resource.includes(':key/'))
}
