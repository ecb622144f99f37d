import { indexOf } from '../policy/compile.ts'
import { applies } from '../policy/statement.ts'
import { Grade } from '../principal/element.ts'
import { allowingGrant, granteeGrade } from './kms-grants.ts'
import type { Question } from './question.ts'
import type { KmsGrant, NamedPolicies, PolicySet } from './request.ts'

type Policies = PolicySet['identityPolicies']

/** Whether any statement denies. Policies of all kinds but resource policies name no principal or `*`. */
export function anyDenies(policies: Policies | undefined, question: Question): boolean {
  if (policies === undefined) return false
  for (const policy of policies) {
    for (const statement of indexOf(policy).forAction(question.action).denies) {
      if (statement.principal(question) !== Grade.none && applies(statement, question)) return true
    }
  }
  return false
}

export function anyAllows(policies: Policies, question: Question): boolean {
  for (const policy of policies) {
    for (const statement of indexOf(policy).forAction(question.action).allows) {
      if (statement.principal(question) !== Grade.none && applies(statement, question)) return true
    }
  }
  return false
}

export function anyLevelDenies(levels: readonly NamedPolicies[] | undefined, question: Question): boolean {
  if (levels === undefined) return false
  for (const level of levels) if (anyDenies(level.policies, question)) return true
  return false
}

/** Every level from the root down to the account must allow (Organizations User Guide, "SCP evaluation"). */
export function everyLevelAllows(levels: readonly NamedPolicies[], question: Question): boolean {
  for (const level of levels) if (!anyAllows(level.policies, question)) return false
  return levels.length > 0
}

/**
 * RCPFullAWSAccess "can't be detached, so there will always be an Allow statement": a level with any policy allows. An
 * empty list, which AWS cannot have, allows nothing.
 */
export function everyLevelHasPolicies(levels: readonly NamedPolicies[]): boolean {
  for (const level of levels) if (level.policies.length === 0) return false
  return levels.length > 0
}

/** The most direct grade at which the resource policy or a KMS grant allows. */
export function grantedGrade(
  policy: PolicySet['resourcePolicy'],
  grants: readonly KmsGrant[] | undefined,
  question: Question,
): Grade {
  let best: Grade = Grade.none
  if (policy !== undefined) {
    for (const statement of indexOf(policy).forAction(question.action).allows) {
      const grade = statement.principal(question)
      if (grade > best && applies(statement, question)) best = grade
    }
  }
  if (grants !== undefined && grants.length > 0) {
    const grant = allowingGrant(grants, question)
    const grade = grant ? granteeGrade(grant, question) : Grade.none
    if (grade > best) best = grade
  }
  return best
}
