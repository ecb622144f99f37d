import type { Decision, Verdict } from './decision.ts'
import { judge } from './judge.ts'
import { questionOf } from './question.ts'
import type { AuthorizationRequest, PolicySet } from './request.ts'
import { serviceRule } from './service-rules.ts'
import { bindingOf, denied, weigh } from './verdict.ts'

const allowed: Decision = Object.freeze({ decision: 'Allowed', because: Object.freeze([]) })

/**
 * Decides a request by all policies that bear on it, as AWS does.
 *
 * @returns the verdict; a denial with the statements that deny, or the kinds of policy that had no allow. An allow comes
 * without reasons, at the price of nothing: `decideWithReasons` and `explain` tell them.
 * @throws {RequestError} when the request is no question that policies can answer
 */
export function evaluate(request: AuthorizationRequest, policies: PolicySet): Decision {
  if (decide(request, policies) === 'Allowed') return allowed
  return decideWithReasons(request, policies)
}

/** The verdict alone: the fast pass. */
export function decide(request: AuthorizationRequest, policies: PolicySet): Verdict {
  const question = questionOf(request, policies)
  const rule = serviceRule(question)
  if (rule?.verdict === 'Allowed') return 'Allowed'
  const lacks = weigh(bindingOf(question, policies), question)
  if (lacks === denied) return 'ExplicitlyDenied'
  return lacks === 0 && rule === undefined ? 'Allowed' : 'ImplicitlyDenied'
}

/** As `evaluate`, with the statements that granted an allow. */
export function decideWithReasons(request: AuthorizationRequest, policies: PolicySet): Decision {
  const question = questionOf(request, policies)
  return judge(bindingOf(question, policies), question)
}
