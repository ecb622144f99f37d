import type { Asker } from './asker.ts'
import { policyChoices } from './policy-choices.ts'
import type { Question } from './question.ts'
import { after } from './rewriting.ts'
import { stepsTo } from './steps.ts'
import { iamAction, type Power, type Target, withBoundary } from './target.ts'

/** DeleteRolePermissionsBoundary ends the boundary, PutRolePermissionsBoundary sets another. */
export function boundaries(asker: Asker, target: Target, power: Power): Power[] {
  const action = (verb: string) => iamAction(target, verb, 'PermissionsBoundary')
  const current = withBoundary(power.boundary)
  const ended = power.boundary
    ? after(asker, power, { action: action('Delete'), arns: [target.arn], when: current }, { boundary: undefined })
    : []
  return [...ended, ...bounded(asker, power, { action: action('Put'), arns: [target.arn] })]
}

/** The powers under each boundary that a request can set: one that creates the principal or one that changes it. */
function bounded(asker: Asker, power: Power, question: Question): Power[] {
  const choices = policyChoices(asker, question, 'iam:PermissionsBoundary')
  return choices
    .filter(({ arn }) => arn !== power.boundary?.arn)
    .map(({ arn, document, steps }) => ({
      ...power,
      boundary: { arn, document },
      steps: [...power.steps, ...steps],
    }))
}

/** The powers of a principal right after it was created, without a boundary and with each that it can be given. */
export function created(asker: Asker, power: Power, question: Question): Power[] {
  const plain = asker.ask({ ...question, when: withBoundary(undefined) })
  const unbounded = plain ? [{ ...power, steps: [...power.steps, ...stepsTo(plain)] }] : []
  return [...unbounded, ...bounded(asker, power, question)]
}
