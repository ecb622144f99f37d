import { compileArnCondition } from '../../pattern/arn.ts'
import { contextQuestion } from '../keys/context-question.ts'
import type { Candidate, World } from '../world.ts'
import { Actions } from './actions.ts'
import { Asker } from './asker.ts'
import { noteUntoldRoles } from './compute-access.ts'
import { Crowd } from './crowd.ts'
import { freeNames } from './names.ts'
import { anyService } from './pass-role.ts'
import { takeOver } from './take-over.ts'
import { type Target, targetOf } from './target.ts'
import { openWorld } from './trust.ts'

export interface Reached {
  /** Principals that are not exempt, then those that somebody can become, each with the steps to it. */
  readonly candidates: readonly Candidate[]
  /** Why some way could not be decided. */
  readonly unknown?: string
}

/**
 * Everyone that the principals of the bundle can become, the exempt ones apart: by assuming, passing, changing and
 * creating roles and users, and through compute and identity providers, to a fixpoint. An exempt principal that somebody
 * can become is reached too: that is what an exemption must withstand.
 *
 * Of those with equal policies whom no policy tells apart only the first is listed among the reached.
 *
 * @param exempt ARN patterns, compared as the Arn condition operators do
 */
export async function reachable(world: World, exempt: readonly string[]): Promise<Reached> {
  const asker = new Asker(world, await Actions.load())
  const isExempt = exemption(exempt)
  const listed = world.candidates.filter(({ arn }) => !isExempt(arn))
  const targets = targetsOf(world, asker)
  const crowd = new Crowd(world, asker)
  for (const candidate of listed)
    crowd.greet(
      candidate,
      targets.find(({ arn }) => arn === candidate.arn),
    )
  const attempt = { asker, crowd, open: asker.in(openWorld(world, targets, anyService)), elsewhere: new Map() }
  let size: number
  do {
    size = asker.candidates.length
    for (const target of targets) takeOver(attempt, target, listed.includes(target.listed?.candidate as Candidate))
  } while (asker.candidates.length > size)
  noteUntoldRoles(asker)
  const candidates = [...listed, ...asker.candidates.filter(({ steps }) => steps.length > 0)]
  return asker.unknown.size === 0 ? { candidates } : { candidates, unknown: [...asker.unknown].join('; ') }
}

/** The users and roles of the bundle, and the names that new ones could have. */
function targetsOf(world: World, asker: Asker): Target[] {
  const listed = world.candidates.flatMap((candidate, index) => {
    return targetOf(world.bundle.principals[index]!, candidate) ?? []
  })
  const names = freeNames(world)
  if (!names) asker.unknown.add('which names a new role could have: the policies tell too many apart')
  const fresh = (names ?? []).map((arn): Target => {
    const kind = arn.includes(':role/') ? 'role' : 'user'
    return { arn, kind, tags: {}, documents: [], boundary: undefined }
  })
  return [...listed, ...fresh]
}

function exemption(patterns: readonly string[]): (arn: string) => boolean {
  const dialect = { wildcards: true, variables: false }
  const matchers = patterns.map((pattern) => compileArnCondition(pattern, dialect, 'nobodyBut'))
  const nothing = contextQuestion({})
  return (arn) => matchers.some((match) => match(arn, nothing))
}
