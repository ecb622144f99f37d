import type { ProofRequest } from '../bundle.ts'
import type { Asker } from './asker.ts'
import type { Question } from './question.ts'
import { inTurn, joined } from './steps.ts'
import { trustsService } from './strangers.ts'
import type { Target } from './target.ts'
import { passingWays } from './ways/passing.ts'
import { morePassingWays } from './ways/passing-more.ts'
import type { Need, PassingWay } from './ways/way.ts'

export const allPassingWays = [...passingWays, ...morePassingWays]

/** Every service that does what its caller says as a role that is passed to it. */
export const anyService: readonly string[] = [...new Set(allPassingWays.map(({ service }) => service))]

/**
 * Steps by which somebody passes the role to one of the services that it trusts. iam:PassRole is a permission, not a
 * call: it comes before the call that needs it.
 */
export function throughService(
  asker: Asker,
  { arn }: Target,
  services: readonly string[],
): readonly ProofRequest[] | undefined {
  for (const way of allPassingWays.filter(({ service }) => services.includes(service))) {
    const steps = trustsService(asker.world, arn, way.service) ? passTo(asker, arn, way) : undefined
    if (steps) return steps
  }
  return undefined
}

/** PassRole and the first call are of one principal: the service checks the permission to pass when it is called. */
function passTo(asker: Asker, role: string, { service, needs }: PassingWay): readonly ProofRequest[] | undefined {
  const when = { StringEquals: { 'iam:PassedToService': service } }
  const [first, ...rest] = needs
  const calls = questionsOf(asker, first!)
  const pass = { action: 'iam:PassRole', arns: [role], when }
  const found = asker.askTogether(pass, JSON.stringify(calls), () => calls)
  if (!found) return undefined
  const [passing, call] = found
  const made = call!.request
  const others = inTurn(rest.map((need) => () => asker.ask(onSame(asker, need, made.resource))))
  return others && joined(passing.candidate.steps, [passing.request, made], others)
}

/** All that one call is authorised on; without types any resource will do. */
function questionsOf(asker: Asker, { action, types }: Need): Question[] {
  return types
    ? types.map((type) => ({ action, arns: [asker.actions.patternOf(action, type, asker.world.bundle.partition)] }))
    : [{ action, arns: ['*'] }]
}

/** What was just created is what the next call is about, if it takes resources of that kind. */
function onSame(asker: Asker, { action }: Need, made: string): Question {
  return { action, arns: [asker.actions.concerns(action, made) ? made : '*'] }
}
