import type { ProofRequest } from '../bundle.ts'
import type { Asker } from './asker.ts'
import { created } from './boundaries.ts'
import type { Crowd } from './crowd.ts'
import { deletion } from './deletion.ts'
import { enter, enterOpen } from './enter.ts'
import { grow } from './grow.ts'
import { retaggings, withTags } from './retagged.ts'
import { joined } from './steps.ts'
import { iamAction, ownPower, type Power, type Target } from './target.ts'

export interface Attempt {
  readonly asker: Asker
  readonly crowd: Crowd
  /** The same people where roles trust whomever one likes. */
  readonly open: Asker
  /** Attempts where a role has other tags, by role and tags. */
  readonly elsewhere: Map<string, Attempt>
}

/**
 * Lets everyone who can act try to become the target, with all powers that it can be given. Called again when more can
 * act, it asks only them.
 *
 * @param isFree the target is one of those who can act from the start
 */
export function takeOver(attempt: Attempt, target: Target, isFree: boolean): void {
  const { asker, crowd } = attempt
  if (crowd.hasUnlimited(target)) return
  if (!target.listed) {
    create(attempt, target, [ownPower(target)])
    return
  }
  attack(attempt, target, isFree, [])
  if (crowd.hasUnlimited(target)) return
  for (const { tags, steps } of retaggings(asker, target)) {
    attack(whereTagged(attempt, target, tags), { ...target, tags }, isFree, steps)
  }
}

/** @param before steps that made the target what it is, if somebody changed it */
function attack(attempt: Attempt, target: Target, isFree: boolean, before: readonly ProofRequest[]): void {
  const { asker, crowd, open } = attempt
  const entered = isFree ? [] : enter(asker, target, open)
  if (!entered) {
    replace(attempt, target, before)
    return
  }
  const powers = grow(asker, target, [{ ...ownPower(target), steps: before }])
  crowd.join(target, powers, ({ steps }) => joined(before, entered, steps))
  noteTags(attempt, target)
}

function whereTagged(attempt: Attempt, { arn }: Target, tags: Target['tags']): Attempt {
  const { asker, open, crowd, elsewhere } = attempt
  const key = JSON.stringify([arn, tags])
  const known = elsewhere.get(key)
  if (known) return known
  const view = (where: Asker) => where.in(withTags(where.world, arn, tags))
  const made = { asker: view(asker), open: view(open), crowd, elsewhere }
  elsewhere.set(key, made)
  return made
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

/** A principal that nobody can become is deleted, and created anew under its name: without its policies and tags. */
function replace(attempt: Attempt, target: Target, before: readonly ProofRequest[]): void {
  const { arn, kind } = target
  const deleted = deletion(attempt.asker, target)
  if (!deleted) return
  const fresh: Target = { arn, kind, tags: {}, documents: [], boundary: undefined }
  create(whereTagged(attempt, target, {}), fresh, [{ ...ownPower(fresh), steps: joined(before, deleted) }])
}
