import type { World } from '../world.ts'
import { type Asker, joined, stepsTo } from './asker.ts'
import { created } from './boundaries.ts'
import type { Crowd } from './crowd.ts'
import { enter, enterOpen } from './enter.ts'
import { grow } from './grow.ts'
import { boundaryAtFirst, iamAction, ownPower, type Power, type Target, withBoundary } from './target.ts'

export interface Attempt {
  readonly asker: Asker
  readonly crowd: Crowd
  /** The world in which roles trust whomever one likes. */
  readonly open: World
}

/**
 * Lets everyone who can act try to become the target, with all powers that it can be given. Called again when more can
 * act, it asks only them.
 *
 * @param isFree the target is one of those who can act from the start
 */
export function takeOver(attempt: Attempt, target: Target, isFree: boolean): void {
  const { asker, crowd, open } = attempt
  if (crowd.hasUnlimited(target)) return
  if (!target.listed) {
    create(attempt, target, [ownPower(target)])
    return
  }
  const entered = isFree ? [] : enter(asker, target, open)
  if (!entered) {
    replace(attempt, target)
    return
  }
  for (const power of grow(asker, target, [ownPower(target)])) crowd.join(target, power, joined(entered, power.steps))
}

/** The principal is created, with what powers one likes. */
function create({ asker, crowd, open }: Attempt, target: Target, before: readonly Power[]): void {
  const question = { action: iamAction(target, 'Create', ''), arns: [target.arn] }
  const starts = before.flatMap((power) => created(asker, power, question))
  if (starts.length === 0) return
  const entered = enterOpen(asker, target, open)
  if (!entered) return
  for (const power of grow(asker, target, starts)) crowd.join(target, power, joined(power.steps, entered))
}

/** A principal that nobody can become is deleted, and created anew under its name. */
function replace(attempt: Attempt, { arn, kind, boundary }: Target): void {
  const fresh: Target = { arn, kind, tags: {}, documents: [], boundary: undefined }
  const when = kind === 'role' ? withBoundary(boundaryAtFirst({ ...fresh, boundary })) : undefined
  const deleted = attempt.asker.ask({ action: iamAction(fresh, 'Delete', ''), arns: [arn], ...(when && { when }) })
  if (deleted) create(attempt, fresh, [{ ...ownPower(fresh), steps: stepsTo(deleted) }])
}
