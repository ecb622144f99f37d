import { type CompiledPolicy, type Decision, evaluate, type PolicySet } from '@uais/iam'
import type { AccessCheck, CallOrigin } from '../kernel/operation.ts'
import type { Principal } from '../kernel/principal.ts'
import type { Store } from '../kernel/store.ts'
import { compiledDocument } from './compiled.ts'
import { endpointPolicies } from './endpoint-policies.ts'
import { identityPolicies } from './identity-policies.ts'
import { organizationOf } from './organization-policies.ts'
import { requestContext } from './request-context.ts'

/** Who asks, from where: the part of a call that all its checks share. */
export interface Asker {
  principal: Principal
  account: string
  origin: CallOrigin
  region: string
  now: Date
  userAgent: string
  calledVia: readonly string[]
}

/** Gathers every policy that has a say and asks the evaluator. Nothing is cached but compiled policies. */
export function decide(store: Store, asker: Asker, check: AccessCheck): Decision {
  const { principal } = asker
  const carried = identityPolicies(store, principal)
  const account = accountOf(principal)
  const resourceAccount = check.resourceAccount ?? asker.account
  const principalOrganization = account === undefined ? undefined : organizationOf(store, account)
  const askingOrganization =
    principal.type === 'service' ? organizationOf(store, principal.sourceAccount) : principalOrganization
  const resourceOrganization = resourceAccount === '' ? undefined : organizationOf(store, resourceAccount)
  const context = requestContext(
    {
      ...asker,
      principalTags: carried.tags,
      principalOrganization: askingOrganization,
      resourceAccount,
      resourceOrganization,
    },
    check,
  )
  const policies: PolicySet = {
    identityPolicies: carried.identity,
    permissionsBoundaries: carried.boundaries,
    sessionPolicies: carried.session,
    serviceControlPolicies: principalOrganization?.serviceControl,
    resourceControlPolicies: resourceOrganization?.resourceControl,
    resourcePolicy: resourcePolicyOf(check),
    // What a service does for the caller, as S3 asks KMS, leaves from the service and passes no endpoint.
    endpointPolicies: asker.calledVia.length > 0 ? undefined : endpointPolicies(store, asker.origin),
    kmsGrants: check.kmsGrants,
    managementAccount: (principalOrganization ?? resourceOrganization)?.managementAccount,
  }
  const resource = { arn: check.resource, accountId: resourceAccount }
  return evaluate({ principal: principalName(principal), action: check.action, resource, context }, policies)
}

function resourcePolicyOf(check: AccessCheck): CompiledPolicy | undefined {
  return check.resourcePolicy && compiledDocument(`policy of ${check.resource}`, check.resourcePolicy)
}

/** Account of a principal that has one; services and anonymous callers belong to none. */
export function accountOf(principal: Principal): string | undefined {
  return principal.type === 'service' || principal.type === 'anonymous' ? undefined : principal.account
}

/** The principal as policies and messages name it. */
export function principalName(principal: Principal): string {
  switch (principal.type) {
    case 'role-session':
      return principal.sessionArn
    case 'user':
      return principal.userArn
    case 'root':
      return `arn:aws:iam::${principal.account}:root`
    case 'service':
      return principal.service
    case 'anonymous':
      return principal.provider ?? '*'
  }
}
