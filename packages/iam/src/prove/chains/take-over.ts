import { type Asker, joined, stepsTo } from './asker.ts'
import { created } from './boundaries.ts'
import type { Crowd } from './crowd.ts'
import { enter, enterOpen } from './enter.ts'
import { grow } from './grow.ts'
import { boundaryAtFirst, iamAction, ownPower, type Power, type Target, withBoundary } from './target.ts'

export interface Attempt {
  readonly asker: Asker
  readonly crowd: Crowd
  /** The same people where roles trust whomever one likes. */
  readonly open: Asker
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
  crowd.join(target, grow(asker, target, [ownPower(target)]), ({ steps }) => joined(entered, steps))
  noteTags(attempt, target)
}

/** The principal is created, with what powers one likes. */
function create(attempt: Attempt, target: Target, before: readonly Power[]): void {
  const { asker, crowd, open } = attempt
  const question = { action: iamAction(target, 'Create', ''), arns: [target.arn] }
  const starts = before.flatMap((power) => created(asker, power, question))
  if (starts.length === 0) return
  const entered = enterOpen(open, target)
  if (!entered) return
  crowd.join(target, grow(asker, target, starts), ({ steps }) => joined(steps, entered))
  noteTags(attempt, target)
}

/** A user's tags are what they are here, but for a user whom somebody can tag; a role's sessions can have any anyway. */
function noteTags({ asker, crowd }: Attempt, { arn, kind }: Target): void {
  if (kind === 'role' || !crowd.alike.readsTags) return
  if (asker.ask({ action: 'iam:TagUser', arns: [arn] })) asker.unknown.add(`what ${arn} may do with other tags`)
}

/** A principal that nobody can become is deleted, and created anew under its name. */
function replace(attempt: Attempt, { arn, kind, boundary }: Target): void {
  const fresh: Target = { arn, kind, tags: {}, documents: [], boundary: undefined }
  const when = kind === 'role' ? withBoundary(boundaryAtFirst({ ...fresh, boundary })) : undefined
  const deleted = attempt.asker.ask({ action: iamAction(fresh, 'Delete', ''), arns: [arn], ...(when && { when }) })
  if (deleted) create(attempt, fresh, [{ ...ownPower(fresh), steps: stepsTo(deleted) }])
}
