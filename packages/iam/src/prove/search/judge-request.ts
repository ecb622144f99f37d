import type { PolicyType } from '../../evaluate/decision.ts'
import { decide } from '../../evaluate/evaluate.ts'
import { boundPolicies } from '../../evaluate/judge.ts'
import { Outcome, outcomeOf } from '../../evaluate/outcome.ts'
import { type Question, questionOf } from '../../evaluate/question.ts'
import type { AuthorizationRequest, PolicySet } from '../../evaluate/request.ts'
import { serviceRule } from '../../evaluate/service-rules.ts'
import { type Binding, bindingOf, lackingTypes, weigh } from '../../evaluate/verdict.ts'
import type { CompiledPolicy, StatementIndex } from '../../policy/compile.ts'
import { applies, type CompiledStatement, gradeOf } from '../../policy/statement.ts'
import { Grade } from '../../principal/element.ts'

/** A statement with the policy it stands in and the kind as which that policy binds. */
export interface BoundStatement {
  readonly statement: CompiledStatement
  readonly policy: CompiledPolicy
  readonly type: PolicyType
}

/** The evaluator's verdict on one request, with what it depends on. */
export type RequestVerdict =
  | { kind: 'allowed' }
  | { kind: 'denied'; by: readonly BoundStatement[] }
  /** `lacking`: allow statements that do not apply, one of which would have to. None: nothing can help. */
  | { kind: 'unallowed'; lacking: readonly BoundStatement[] }

/** Asks the evaluator; a denial with the statements that could make a difference. */
export function judgeRequest(request: AuthorizationRequest, policies: PolicySet): RequestVerdict {
  const verdict = decide(request, policies)
  if (verdict === 'Allowed') return { kind: 'allowed' }
  const question = questionOf(request, policies)
  const binding = bindingOf(question, policies)
  if (verdict === 'ExplicitlyDenied') return { kind: 'denied', by: statements('denies', true, binding, question) }
  return { kind: 'unallowed', lacking: serviceRule(question) ? [] : lackingAllows(binding, question) }
}

/**
 * Statements of the first kind that lacks an allow, and of the resource policy, which can stand in for identity policies,
 * boundaries and session policies. For SCPs, of the first level that lacks one: every level must allow.
 */
function lackingAllows(binding: Binding, question: Question): BoundStatement[] {
  const [type] = lackingTypes(weigh(binding, question))
  if (type === 'rcp') return []
  const silent = statements('allows', false, binding, question)
  if (type === 'scp') {
    const level = binding.scp?.find(({ policies }) => outcomeOf(policies, question) === Outcome.silent)
    return silent.filter((one) => one.type === 'scp' && level?.policies.includes(one.policy))
  }
  if (type === 'endpoint') return silent.filter((one) => one.type === 'endpoint')
  return silent.filter((one) => one.type === type || one.type === 'resource')
}

function statements(
  effect: 'denies' | 'allows',
  applying: boolean,
  binding: Binding,
  question: Question,
): BoundStatement[] {
  return boundPolicies(binding).flatMap(({ type, policies }) =>
    policies.flatMap((policy) =>
      (policy as StatementIndex)
        .forAction(question.action)
        [effect].filter((one) => (gradeOf(one, question) !== Grade.none && applies(one, question)) === applying)
        .map((statement) => ({ statement, policy, type })),
    ),
  )
}
