import { factsOf } from '../../evaluate/action-facts.ts'
import { normaliseContext } from '../../evaluate/context.ts'
import type { Question } from '../../evaluate/question.ts'
import type { RequestContext } from '../../evaluate/request.ts'
import { callerOf } from '../../principal/caller.ts'

const nobody = callerOf('*', undefined)
const noAction = 'none:None'

/** A question about values of keys alone: caller, action and resource are nobody's. */
export function contextQuestion(context: RequestContext, caller = nobody): Question {
  return {
    caller,
    action: noAction,
    facts: factsOf(noAction),
    resource: '*',
    resourceAccount: '',
    context: normaliseContext(context),
    bounded: false,
  }
}
