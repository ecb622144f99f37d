import type { Kernel } from '../kernel/kernel.ts'
import { spend } from '../services/budgets/spend.ts'
import { budgets } from '../services/budgets/state.ts'
import type { HttpAnswer, HttpRequest } from '../wire/http-message.ts'
import { bodyOf, json, problem } from './answer.ts'

/** `PUT /_sandbox/spend`: what was spent of a budget; its actions follow shortly after the answer. */
export function putSpend(kernel: Kernel, request: HttpRequest): HttpAnswer {
  const { account, budget, amount } = bodyOf(request) ?? {}
  if (typeof account !== 'string' || typeof budget !== 'string' || typeof amount !== 'number' || !(amount >= 0))
    return problem(400, 'setting what was spent: send {"account": ID, "budget": NAME, "amount": number}')
  const call = kernel.background(kernel.service('budgets'), { account })
  if (!budgets(call).has(budget))
    return problem(404, `setting what was spent: account '${account}' has no budget '${budget}'`)
  kernel.startWork(call, (own) => spend(own, budget, amount))
  return json(202, { account, budget, amount })
}
