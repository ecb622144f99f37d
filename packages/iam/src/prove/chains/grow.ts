import type { Asker } from './asker.ts'
import { attached, detached } from './attachments.ts'
import { boundaries } from './boundaries.ts'
import { allowsEverything, holdsDeny } from './policy-choices.ts'
import { byGroup, inline, versions } from './rewriting.ts'
import { joined } from './steps.ts'
import { iamAction, type Power, type Target } from './target.ts'

/** One target's powers are few; more would be a fault of ours. */
const powersLimit = 500

/**
 * All powers that somebody can give a target by changing its policies and its boundary, breadth first, so that each
 * comes with fewest requests. Nothing exceeds a power without limits, so the search ends with it.
 */
export function grow(asker: Asker, target: Target, starts: readonly Power[]): readonly Power[] {
  const seen = new Set(starts.map(keyOf))
  const queue = [...starts]
  for (let at = 0; at < queue.length; at++) {
    if (isUnlimited(target, queue[at]!)) return queue.slice(0, at + 1)
    for (const next of successors(asker, target, queue[at]!)) {
      const key = keyOf(next)
      if (seen.has(key)) continue
      seen.add(key)
      queue.push(next)
    }
    if (queue.length > powersLimit) {
      asker.unknown.add(`what ${target.arn} could become: there are more than ${powersLimit} ways to change it`)
      break
    }
  }
  if (queue.length > 0) noteOtherBoundaries(asker, target, queue)
  return queue
}

/** Its policies can be changed, and its boundary, but under no boundary that was tried the policies can. */
function noteOtherBoundaries(asker: Asker, target: Target, powers: readonly Power[]): void {
  if (powers.some(({ grants }) => grants === 'everything')) return
  const can = (verb: string, object: string) =>
    asker.ask({ action: iamAction(target, verb, object), arns: [target.arn] })
  if (can('Put', 'Policy') && can('Put', 'PermissionsBoundary')) {
    asker.unknown.add(`whether the policies of ${target.arn} can be written under a boundary that it can be given`)
  }
}

function successors(asker: Asker, target: Target, power: Power): Power[] {
  return [
    ...inline(asker, target, power),
    ...attached(asker, target, power),
    ...byGroup(asker, target, power),
    ...boundaries(asker, target, power),
    ...versions(asker, target, power),
    ...detached(asker, target, power),
  ].map((next) => ({ ...next, steps: joined(next.steps) }))
}

/** Everything is allowed, nothing is denied, and no boundary limits it. */
export function isUnlimited({ documents }: Target, { grants, kept, boundary }: Power): boolean {
  const own = kept.map((index) => documents[index]!)
  const granted = grants === 'everything' || own.some(allowsEverything)
  return granted && !boundary?.document && !own.some(holdsDeny)
}

function keyOf({ grants, added, kept, boundary }: Power): string {
  return JSON.stringify([grants, added.map(({ arn }) => arn), kept, boundary?.arn, boundary?.document?.name])
}
