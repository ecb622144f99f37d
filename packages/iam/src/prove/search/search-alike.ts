import { createHash } from 'node:crypto'
import type { CatalogueAction } from '../../catalogue/catalogue.ts'
import type { Prohibition, ProofRequest } from '../bundle.ts'
import { resourceTagOf } from '../keys/key-facts.ts'
import type { KeyCondition } from '../keys/key-values.ts'
import { keysOf } from '../when.ts'
import type { Candidate, World } from '../world.ts'
import { ActionGroups } from './action-groups.ts'
import { KeySpace } from './key-space.ts'
import { type Classes, principalClasses } from './principal-classes.ts'
import { ResourceClasses } from './resource-classes.ts'
import { requestOf, searchGroup } from './search-group.ts'
import { tagsAmong, type Universe } from './universe.ts'
import { unprovable } from './unprovable.ts'

interface Asked {
  readonly universe: Universe
  /** Actions that the universe's statements speak about. */
  readonly actions: readonly CatalogueAction[]
  readonly candidates: readonly Candidate[]
  readonly on: Prohibition['on']
  readonly when: readonly KeyCondition[]
}

/** What a search went through. */
interface Seen {
  readonly actions: number
  readonly arns: readonly string[]
  /** Keys that can have any value. */
  readonly unbounded: readonly string[]
  /** Actions that nobody was found to be able to do, with the policy variables that were only sampled. */
  readonly fragile: readonly (readonly [CatalogueAction, readonly string[]])[]
}

export type Outcome = { seen: Seen } & (
  | { kind: 'none' }
  | { kind: 'found'; request: ProofRequest; candidate: Candidate }
  | { kind: 'unknown'; why: string }
)

/**
 * Searches actions about which the same statements speak. That nobody can do any of them is remembered by all it depends
 * on: the statements, what they see of the principals and resources, and the question.
 */
export function searchAlike(world: World, asked: Asked): Outcome {
  const { universe } = asked
  const principals = principalClasses(asked.candidates, universe, asked.when, world)
  const name = `nobody ${digest(nameOf(world, asked, principals))}`
  const known = universe.recall<Outcome>(name)
  if (known) return known
  const outcome = searchGroups(world, asked, principals)
  if (outcome.kind === 'none') universe.remember(name, () => outcome)
  return outcome
}

function searchGroups(world: World, asked: Asked, { principals }: Classes): Outcome {
  const { universe, when, on } = asked
  const groups = groupsOf(world, asked, principals)
  const sampled = unprovable(universe, when, world)
  const fragile = new Map<CatalogueAction, readonly string[]>()
  const unbounded = new Set<string>()
  const seen = (): Seen => ({
    actions: groups.actions,
    arns: [...groups.arns],
    unbounded: [...unbounded],
    fragile: [...fragile],
  })
  for (const group of groups.of(asked.actions)) {
    const { action } = group.action
    if ('unknown' in group) return { kind: 'unknown', why: `${action}: ${group.unknown}`, seen: seen() }
    for (const { key, name } of group.variables) if (isUnbounded(key, world)) unbounded.add(name)
    const point = searchGroup(group, world, when)
    if (point === 'exhausted')
      return { kind: 'unknown', why: `${action}: the search took too many steps`, seen: seen() }
    if (point !== 'none') {
      const { candidate } = group.principals[point[0]!]!
      return { kind: 'found', request: requestOf(group, point, on.tags), candidate, seen: seen() }
    }
    const doubtful = sampled.size === 0 ? [] : groups.inserted().filter((key) => sampled.has(key))
    if (doubtful.length > 0) fragile.set(group.action, doubtful)
  }
  return { kind: 'none', seen: seen() }
}

function groupsOf(world: World, { universe, on, when }: Asked, principals: Classes['principals']): ActionGroups {
  const keys = new KeySpace({ world, universe, principals, on, when })
  const tags = new Set([...universe.resourceTags, ...tagsAmong(keysOf(when), resourceTagOf)])
  const find = () => new ResourceClasses({ world, universe, on, tags, substitutions: keys.substitutions })
  // What is on `*` or a tag is of every type there is: found once for all who ask so.
  const isWide = !on.arns || on.arns.includes('*')
  const callers = principals.map(({ caller }) => caller.arn)
  const name = () => JSON.stringify(['resources', on, [...tags], universe.dependsOn(when, callers)])
  const resources = isWide ? universe.rememberOf(world, name(), find) : find()
  return new ActionGroups({ universe, principals, keys, resources, when })
}

/** All that the answer depends on besides the universe. */
function nameOf(world: World, { universe, actions, on, when }: Asked, { classes }: Classes): string {
  return JSON.stringify([
    actions.map(({ action }) => action),
    on,
    when.map(({ condition: { operator, key, values }, variables }) => [operator, key, values, variables]),
    classes,
    digestOf(world),
    world.resources.flatMap(({ resourcePolicy }, index) => {
      const share = resourcePolicy && universe.shareOf(resourcePolicy)
      return share ? [index, share] : []
    }),
  ])
}

const digests = new WeakMap<World, string>()

/** Names and tags of the resources, and which have a policy. */
function digestOf(world: World): string {
  const known = digests.get(world)
  if (known) return known
  const made = digest(
    JSON.stringify(world.resources.map(({ arn, tags, resourcePolicy }) => [arn, tags, !resourcePolicy])),
  )
  digests.set(world, made)
  return made
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64')
}

function isUnbounded(key: string, { assumptions }: World): boolean {
  const assumption = assumptions.get(key)
  return !assumption?.values && !assumption?.pattern && assumption?.absent !== true
}
