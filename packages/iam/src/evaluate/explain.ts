import type { StatementIndex } from '../policy/compile.ts'
import { type CompiledStatement, gradeOf } from '../policy/statement.ts'
import { Grade } from '../principal/element.ts'
import type { Decision, Reason } from './decision.ts'
import { type BoundPolicies, boundPolicies, judge } from './judge.ts'
import { type Question, questionOf } from './question.ts'
import type { AuthorizationRequest, PolicySet } from './request.ts'
import { bindingOf } from './verdict.ts'
import { matchInWords, valueInWords } from './wording.ts'

/** What one statement had to say about a request. */
export interface StatementReport extends Reason {
  /** The statement speaks about this request; `why` tells what it matched, else what did not match. */
  applied: boolean
  /** Root, organizational unit or account that an SCP or RCP is attached to. */
  level?: string
}

/** A decision with the report of every statement of every policy that binds. */
export interface Explanation extends Decision {
  statements: readonly StatementReport[]
}

/** Decides a request and tells of every statement whether it counted and why: for people, not for every call. */
export function explain(request: AuthorizationRequest, policies: PolicySet): Explanation {
  const question = questionOf(request, policies)
  const binding = bindingOf(question, policies)
  const statements = boundPolicies(binding).flatMap((bound) => report(bound, question))
  return { ...judge(binding, question), statements }
}

function report({ type, policies, level }: BoundPolicies, question: Question): StatementReport[] {
  return policies.flatMap((policy) =>
    (policy as StatementIndex).statements.map((statement): StatementReport => {
      const mismatch = mismatchInWords(statement, question)
      return {
        policy: policy.name,
        statement: statement.index,
        effect: statement.effect,
        type,
        why: mismatch ?? matchInWords(statement, question),
        applied: mismatch === undefined,
        ...(statement.sid ? { sid: statement.sid } : {}),
        ...(level === undefined ? {} : { level }),
      }
    }),
  )
}

/** The first element that does not match; undefined when all do. */
function mismatchInWords(statement: CompiledStatement, question: Question): string | undefined {
  const { action, resource, caller, facts } = question
  if (!statement.action(facts.name)) return `action ${action} is not covered`
  if (statement.resource?.(question) === false) return `resource ${resource} is not covered`
  if (gradeOf(statement, question) === Grade.none) return `principal ${caller.session ?? caller.arn} is not named`
  const failed = statement.conditions.find((condition) => !condition.holds(question))
  if (!failed) return undefined
  const { operator, key, values, read } = failed
  return `condition ${operator} ${key} [${values.join(', ')}] does not hold: ${valueInWords(read(question))}`
}
