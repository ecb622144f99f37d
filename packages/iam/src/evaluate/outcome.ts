import type { StatementIndex } from '../policy/compile.ts'
import { applies, gradeOf } from '../policy/statement.ts'
import { Grade } from '../principal/element.ts'
import { allowingGrant, granteeGrade } from './kms-grants.ts'
import type { Question } from './question.ts'
import type { KmsGrant, PolicySet } from './request.ts'

type Policies = PolicySet['identityPolicies']

/** What policies of one kind say together: one deny wins, else one allow suffices. */
export const Outcome = { silent: 0, allows: 1, denies: 2 } as const
export type Outcome = (typeof Outcome)[keyof typeof Outcome]

export function outcomeOf(policies: Policies, question: Question): Outcome {
  let outcome: Outcome = Outcome.silent
  for (const policy of policies) {
    const { denies, allows } = (policy as StatementIndex).forAction(question.action)
    for (const statement of denies) {
      if (gradeOf(statement, question) !== Grade.none && applies(statement, question)) return Outcome.denies
    }
    if (outcome === Outcome.allows) continue
    for (const statement of allows) {
      if (gradeOf(statement, question) === Grade.none || !applies(statement, question)) continue
      outcome = Outcome.allows
      break
    }
  }
  return outcome
}

/** The most direct grade at which the resource policy or a KMS grant allows; undefined when the policy denies. */
export function resourceGrade(
  policy: PolicySet['resourcePolicy'],
  grants: readonly KmsGrant[] | undefined,
  question: Question,
): Grade | undefined {
  let best: Grade = Grade.none
  if (policy !== undefined) {
    const { denies, allows } = (policy as StatementIndex).forAction(question.action)
    for (const statement of denies) {
      if (gradeOf(statement, question) !== Grade.none && applies(statement, question)) return undefined
    }
    for (const statement of allows) {
      const grade = gradeOf(statement, question)
      if (grade > best && applies(statement, question)) best = grade
    }
  }
  if (grants === undefined || grants.length === 0) return best
  const grant = allowingGrant(grants, question)
  const grade = grant === undefined ? Grade.none : granteeGrade(grant, question)
  return grade > best ? grade : best
}
