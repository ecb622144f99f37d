import type { ProofRequest } from '../bundle.ts'
import type { World } from '../world.ts'
import { type Asker, inTurn, joined, type Question } from './asker.ts'
import type { Target } from './target.ts'
import { trusted } from './trust.ts'
import { passingWays } from './ways/passing.ts'
import { morePassingWays } from './ways/passing-more.ts'
import type { Need, PassingWay } from './ways/way.ts'

export const allPassingWays = [...passingWays, ...morePassingWays]

/**
 * Steps by which somebody passes the role to a service that it trusts and that does what its caller says. iam:PassRole is
 * a permission, not a call: it comes before the call that needs it.
 *
 * @param open the world in which the role's trust policy was rewritten, if it was
 */
export function throughService(asker: Asker, target: Target, open?: World): readonly ProofRequest[] | undefined {
  const services = open ? undefined : trusted(target.listed?.principal.trustPolicy, 'Service')
  const assumption = { action: 'sts:AssumeRole', arns: [target.arn], ...(open && { world: open }) }
  if (!asker.ask({ action: 'iam:PassRole', arns: [target.arn] })) return undefined
  for (const way of allPassingWays) {
    if (services && !services.includes(way.service)) continue
    const steps = passTo(asker, target.arn, way)
    if (steps && asker.askStranger(way.service, assumption)) return steps
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
  return types ? types.map((type) => ({ action, arns: [asker.patternOf(action, type)] })) : [{ action, arns: ['*'] }]
}

/** What was just created is what the next call is about, if it takes resources of that kind. */
function onSame(asker: Asker, { action }: Need, made: string): Question {
  return { action, arns: [asker.concerns(action, made) ? made : '*'] }
}
