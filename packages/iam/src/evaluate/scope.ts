import { rcpServices } from '../__generated__/rcp-services.ts'
import type { Caller } from '../principal/caller.ts'
import type { AuthorizationRequest, PolicySet } from './request.ts'

/** Whether the caller has an identity in IAM whose own policies count. Root has none; services and providers neither. */
export function hasIdentityPolicies({ kind }: Caller): boolean {
  return kind === 'user' || kind === 'role' || kind === 'role-session' || kind === 'federated-user'
}

/**
 * SCPs bind users, roles and root of member accounts: not the management account, not service-linked roles, and nobody
 * outside the organization (Organizations User Guide, "Service control policies (SCPs)").
 */
export function isBoundByScp(caller: Caller, policies: PolicySet): boolean {
  return caller.account !== '' && !caller.serviceLinked && caller.account !== policies.managementAccount
}

const supported = new Set<string>(rcpServices)

/**
 * RCPs bind whoever uses the resources of member accounts, for the services that support them; not service-linked roles,
 * not the management account's resources, not kms:RetireGrant (Organizations User Guide, "Resource control policies").
 */
export function isBoundByRcp(caller: Caller, request: AuthorizationRequest, policies: PolicySet): boolean {
  const { action, resource } = request
  if (caller.serviceLinked || resource.accountId === policies.managementAccount) return false
  const colon = action.indexOf(':')
  return supported.has(action.slice(0, colon).toLowerCase()) && action.toLowerCase() !== 'kms:retiregrant'
}

/** Resources that AWS itself owns (`arn:aws:iam::aws:policy/ReadOnlyAccess`) are everyone's, as if in their own account. */
export function isSameAccount(caller: Caller, request: AuthorizationRequest): boolean {
  return caller.account === request.resource.accountId || /^arn:[^:]+:[^:]+:[^:]*:aws:/.test(request.resource.arn)
}

const trustActions = new Set([
  'sts:assumerole',
  'sts:assumerolewithsaml',
  'sts:assumerolewithwebidentity',
  'sts:tagsession',
  'sts:setsourceidentity',
  'sts:setcontext',
])

/**
 * Role trust policies and KMS key policies "must explicitly allow access" even within one account (IAM User Guide, "How
 * AWS enforcement code logic evaluates requests to allow or deny access").
 */
export function needsResourcePolicy(action: string, arn: string): boolean {
  if (arn.startsWith('arn:') && arn.includes(':kms:'))
    return action.toLowerCase().startsWith('kms:') && arn.includes(':key/')
  return arn.includes(':role/') && trustActions.has(action.toLowerCase())
}
