import { Grade } from '../principal/element.ts'
import type { PolicyType } from './decision.ts'
import {
  anyAllows,
  anyDenies,
  anyLevelDenies,
  everyLevelAllows,
  everyLevelHasPolicies,
  grantedGrade,
} from './outcome.ts'
import type { Question } from './question.ts'
import type { AuthorizationRequest, PolicySet } from './request.ts'
import { hasIdentityPolicies, isBoundByRcp, isBoundByScp, isSameAccount, needsResourcePolicy } from './scope.ts'

/** Kinds of policy that had to allow and did not, as bits: no allocation on the way to an allow. */
export const Lacks = { rcp: 1, scp: 2, endpoint: 4, resource: 8, identity: 16, boundary: 32, session: 64 } as const

/** In the order in which AWS evaluates, so that the first one is the one a message names. */
const order = ['rcp', 'scp', 'endpoint', 'resource', 'identity', 'boundary', 'session'] as const satisfies PolicyType[]

export function lackingTypes(lacks: number): (typeof order)[number][] {
  return order.filter((type) => lacks & Lacks[type])
}

/** Policies that bind this request. Kinds that do not concern the caller, service or account are undefined. */
export interface Binding {
  identity: PolicySet['identityPolicies'] | undefined
  boundary: PolicySet['permissionsBoundaries']
  session: PolicySet['sessionPolicies']
  scp: PolicySet['serviceControlPolicies']
  rcp: PolicySet['resourceControlPolicies']
  resource: PolicySet['resourcePolicy']
  endpoint: PolicySet['endpointPolicies']
  grants: PolicySet['kmsGrants']
}

const noPolicies: PolicySet['identityPolicies'] = []

export function bindingOf(
  question: Question,
  request: AuthorizationRequest,
  policies: PolicySet,
  skipsResource: boolean,
): Binding {
  const { caller } = question
  const hasIdentity = hasIdentityPolicies(caller)
  // GetFederationToken without a session policy: "the resulting session has no permissions" of its own.
  const session = policies.sessionPolicies ?? (caller.kind === 'federated-user' ? noPolicies : undefined)
  return {
    identity: hasIdentity ? policies.identityPolicies : undefined,
    boundary: hasIdentity ? policies.permissionsBoundaries : undefined,
    session: caller.account === '' ? undefined : session,
    scp: isBoundByScp(caller, policies) ? policies.serviceControlPolicies : undefined,
    rcp:
      policies.resourceControlPolicies && isBoundByRcp(caller, request, policies)
        ? policies.resourceControlPolicies
        : undefined,
    resource: skipsResource ? undefined : policies.resourcePolicy,
    endpoint: policies.endpointPolicies,
    grants: policies.kmsGrants,
  }
}

/** An explicit deny in any policy that binds wins over every allow. */
export function isExplicitlyDenied(binding: Binding, question: Question): boolean {
  return (
    anyLevelDenies(binding.scp, question) ||
    anyDenies(binding.identity, question) ||
    anyDenies(binding.boundary, question) ||
    anyDenies(binding.session, question) ||
    anyLevelDenies(binding.rcp, question) ||
    anyDenies(binding.endpoint, question) ||
    (binding.resource !== undefined && anyDenies([binding.resource], question))
  )
}

/**
 * What is missing for an allow; 0 when nothing is. Sources: IAM User Guide, "How AWS enforcement code logic evaluates
 * requests to allow or deny access" and "Cross-account policy evaluation logic".
 */
export function lackingAllows(binding: Binding, question: Question, request: AuthorizationRequest): number {
  let lacks = 0
  if (binding.rcp && !everyLevelHasPolicies(binding.rcp)) lacks |= Lacks.rcp
  if (binding.scp && !everyLevelAllows(binding.scp, question)) lacks |= Lacks.scp
  if (binding.endpoint && !anyAllows(binding.endpoint, question)) lacks |= Lacks.endpoint
  const grade = grantedGrade(binding.resource, binding.grants, question)
  if (question.caller.account === '') return grade >= Grade.principal ? lacks : lacks | Lacks.resource
  if (!isSameAccount(question.caller, request)) {
    if (grade === Grade.none) lacks |= Lacks.resource
    return lacks | lackingOwn(binding, question)
  }
  if (grade === Grade.none && needsResourcePolicy(request.action, request.resource.arn)) lacks |= Lacks.resource
  if (grade === Grade.direct && question.caller.kind !== 'root') return lacks
  return lacks | (grade === Grade.principal ? lackingLimits(binding, question) : lackingOwn(binding, question))
}

/** The caller's own side: identity policies grant, boundary and session policy limit. */
function lackingOwn(binding: Binding, question: Question): number {
  const missing = binding.identity && !anyAllows(binding.identity, question) ? Lacks.identity : 0
  return missing | lackingLimits(binding, question)
}

function lackingLimits(binding: Binding, question: Question): number {
  let lacks = 0
  if (binding.boundary && !anyAllows(binding.boundary, question)) lacks |= Lacks.boundary
  if (binding.session && !anyAllows(binding.session, question)) lacks |= Lacks.session
  return lacks
}
