import { Grade } from '../principal/element.ts'
import type { PolicyType } from './decision.ts'
import { Outcome, outcomeOf, resourceGrade } from './outcome.ts'
import type { Question } from './question.ts'
import type { NamedPolicies, PolicySet } from './request.ts'
import { hasIdentityPolicies, isBoundByRcp, isBoundByScp, isSameAccount, needsResourcePolicy } from './scope.ts'
import { ignoresResourcePolicy } from './service-rules.ts'

/** Kinds of policy that had to allow and did not, as bits: no allocation on the way to an allow. */
export const Lacks = { rcp: 1, scp: 2, endpoint: 4, resource: 8, identity: 16, boundary: 32, session: 64 } as const
/** In place of such bits: some statement denies. */
export const denied = -1

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

export function bindingOf(question: Question, policies: PolicySet): Binding {
  const { caller } = question
  const hasIdentity = hasIdentityPolicies(caller)
  // GetFederationToken without a session policy: "the resulting session has no permissions" of its own.
  const session = policies.sessionPolicies ?? (caller.kind === 'federated-user' ? noPolicies : undefined)
  return {
    identity: hasIdentity ? policies.identityPolicies : undefined,
    boundary: hasIdentity ? policies.permissionsBoundaries : undefined,
    session: caller.account === '' ? undefined : session,
    scp: isBoundByScp(caller, policies) ? policies.serviceControlPolicies : undefined,
    rcp: isBoundByRcp(question, policies) ? policies.resourceControlPolicies : undefined,
    resource: ignoresResourcePolicy(question) ? undefined : policies.resourcePolicy,
    endpoint: policies.endpointPolicies,
    grants: policies.kmsGrants,
  }
}

/**
 * Weighs all policies that bind.
 *
 * @returns 0 when the request is allowed, `denied` when a statement denies it, else bits of `Lacks`
 */
export function weigh(binding: Binding, question: Question): number {
  const organization = weighOrganization(binding, question)
  if (organization === denied) return denied
  const own = weighOwn(binding, question)
  if (own === denied) return denied
  const grade = resourceGrade(binding.resource, binding.grants, question)
  if (grade === undefined) return denied
  return organization | combine(own, grade, question)
}

/** Policies that only limit, whoever the caller and whatever the resource policy says. */
function weighOrganization({ scp, rcp, endpoint }: Binding, question: Question): number {
  let lacks = 0
  if (scp !== undefined) {
    const outcome = outcomeOfLevels(scp, question)
    if (outcome === Outcome.denies) return denied
    if (outcome === Outcome.silent) lacks |= Lacks.scp
  }
  if (rcp !== undefined) {
    // RCPFullAWSAccess "can't be detached, so there will always be an Allow statement" at a level that has policies.
    if (outcomeOfLevels(rcp, question) === Outcome.denies) return denied
    if (rcp.length === 0 || rcp.some(({ policies }) => policies.length === 0)) lacks |= Lacks.rcp
  }
  if (endpoint !== undefined) {
    const outcome = outcomeOf(endpoint, question)
    if (outcome === Outcome.denies) return denied
    if (outcome === Outcome.silent) lacks |= Lacks.endpoint
  }
  return lacks
}

/** Every level from the root down to the account must allow (Organizations User Guide, "SCP evaluation"). */
function outcomeOfLevels(levels: readonly NamedPolicies[], question: Question): Outcome {
  let together: Outcome = levels.length === 0 ? Outcome.silent : Outcome.allows
  for (const { policies } of levels) {
    const outcome = outcomeOf(policies, question)
    if (outcome === Outcome.denies) return outcome
    if (outcome === Outcome.silent) together = outcome
  }
  return together
}

/** The caller's own side: identity policies grant, boundary and session policy limit. */
function weighOwn({ identity, boundary, session }: Binding, question: Question): number {
  let lacks = 0
  if (identity !== undefined) {
    const outcome = outcomeOf(identity, question)
    if (outcome === Outcome.denies) return denied
    if (outcome === Outcome.silent) lacks |= Lacks.identity
  }
  if (boundary !== undefined) {
    const outcome = outcomeOf(boundary, question)
    if (outcome === Outcome.denies) return denied
    if (outcome === Outcome.silent) lacks |= Lacks.boundary
  }
  if (session !== undefined) {
    const outcome = outcomeOf(session, question)
    if (outcome === Outcome.denies) return denied
    if (outcome === Outcome.silent) lacks |= Lacks.session
  }
  return lacks
}

/**
 * What is still missing, given how directly the resource policy names the caller. Sources: IAM User Guide, "How AWS
 * enforcement code logic evaluates requests to allow or deny access" and "Cross-account policy evaluation logic".
 */
function combine(own: number, grade: Grade, question: Question): number {
  const { caller } = question
  if (caller.account === '') return grade >= Grade.principal ? 0 : Lacks.resource
  const unnamed = grade === Grade.none ? Lacks.resource : 0
  if (!isSameAccount(question)) return unnamed | own
  if (grade === Grade.direct && caller.kind !== 'root') return 0
  if (grade === Grade.principal) return own & ~Lacks.identity
  return unnamed !== 0 && needsResourcePolicy(question) ? unnamed | own : own
}
