import type { CatalogueAction } from '../catalogue/catalogue.ts'
import type { CompiledPolicy } from '../policy/compile.ts'
import { BudgetError } from './budget-error.ts'
import type { Prohibition, ProofRequest, ProofScope } from './bundle.ts'
import { ActionGroups } from './search/action-groups.ts'
import { defaultKeyPolicy, openPolicy } from './search/element.ts'
import { KeySpace } from './search/key-space.ts'
import { principalClasses } from './search/principal-classes.ts'
import { relaxed } from './search/relax.ts'
import { ResourceClasses } from './search/resource-classes.ts'
import { requestOf, searchGroup } from './search/search-group.ts'
import { Universe } from './search/universe.ts'
import { unprovable } from './search/unprovable.ts'
import { conditionsOf, withoutVariables as unconditional } from './when.ts'
import type { Candidate, World } from './world.ts'

/** A question to the search: can any of these do any of this? */
export interface Asked {
  candidates: readonly Candidate[]
  actions: readonly CatalogueAction[]
  on: Prohibition['on']
  when?: Prohibition['when']
}

/** `none`: no request in scope is allowed. `unknown` is never a pass; `why` says what stands in the way. */
export type Answer = { scope: ProofScope } & (
  | { kind: 'none' }
  | { kind: 'found'; request: ProofRequest; candidate: Candidate }
  | { kind: 'unknown'; why: string }
)

/**
 * Looks for a request that the evaluator allows, among all actions, principals, resources and values of condition keys
 * that were asked for. Every value that policies could tell from others is represented; the evaluator decides.
 */
export function search(world: World, asked: Asked): Answer {
  const scope: ProofScope = { actions: 0, principals: asked.candidates.length, resources: 0, unbounded: [] }
  try {
    const answer = searchAll(world, asked, scope)
    return answer.fragile.size > 0 ? withoutVariables(world, asked, answer) : answer
  } catch (error) {
    if (error instanceof BudgetError) return { kind: 'unknown', why: error.message, scope }
    throw error
  }
}

/** Actions that nobody was found to be able to do, but whose policy variables were only sampled. */
interface Sampled {
  fragile: ReadonlyMap<CatalogueAction, readonly string[]>
}

/** Decides what sampling cannot: whether it takes the variables at all to deny what is left. */
function withoutVariables(world: World, asked: Asked, { fragile, ...answer }: Answer & Sampled): Answer {
  if (answer.kind !== 'none') return answer
  const names = new Set([...fragile.values()].flat())
  const { world: loose, candidates } = relaxed(world, asked.candidates, names)
  const when = asked.when && unconditional(asked.when, names)
  const harmless = searchAll(
    loose,
    { ...asked, candidates, actions: [...fragile.keys()], ...(when && { when }) },
    answer.scope,
  )
  if (harmless.kind === 'none') return answer
  const whys = unprovable(universeOf(world, asked.candidates), conditionsOf(asked.when), world)
  const [action, [key]] = [...fragile][0] as [CatalogueAction, [string]]
  return { kind: 'unknown', why: `${action.action}: ${whys.get(key)}`, scope: answer.scope }
}

function searchAll(world: World, asked: Asked, scope: ProofScope): Answer & Sampled {
  const when = conditionsOf(asked.when)
  const universe = universeOf(world, asked.candidates)
  const principals = principalClasses(asked.candidates, universe, world)
  const keys = new KeySpace({ world, universe, principals, on: asked.on, when })
  const find = () => new ResourceClasses(world, universe, asked.on, keys.substitutions)
  // What is on `*` or a tag is of every type there is: found once for all who ask so.
  const isWide = !asked.on.arns || asked.on.arns.includes('*')
  const name = JSON.stringify([
    'resources',
    asked.on,
    universe.dependsOn(
      when,
      principals.map(({ caller }) => caller.arn),
    ),
  ])
  const resources = isWide ? universe.remember(name, find) : find()
  const groups = new ActionGroups({ universe, principals, keys, resources, when })
  const sampled = unprovable(universe, when, world)
  const fragile = new Map<CatalogueAction, readonly string[]>()
  const unbounded = new Set<string>()
  const answered = () => ({ scope: { ...scope, ...groups.scope(), unbounded: [...unbounded].sort() }, fragile })
  for (const group of groups.of(asked.actions)) {
    const { action } = group.action
    if ('unknown' in group) return { kind: 'unknown', why: `${action}: ${group.unknown}`, ...answered() }
    for (const { key, name } of group.variables) if (isUnbounded(key, world)) unbounded.add(name)
    const point = searchGroup(group, world, when)
    if (point === 'exhausted')
      return { kind: 'unknown', why: `${action}: the search took too many steps`, ...answered() }
    if (point !== 'none') {
      const { candidate } = group.principals[point[0]!]!
      return { kind: 'found', request: requestOf(group, point, asked.on.tags), candidate, ...answered() }
    }
    const doubtful = sampled.size === 0 ? [] : groups.insertedFor(group.action).filter((key) => sampled.has(key))
    if (doubtful.length > 0) fragile.set(group.action, doubtful)
  }
  return { kind: 'none', ...answered() }
}

const universes = new WeakMap<World, { policies: ReadonlySet<CompiledPolicy>; universe: Universe }[]>()

/** All policies of the world and the candidates; kept, since one bundle is asked many questions. */
function universeOf(world: World, candidates: readonly Candidate[]): Universe {
  const policies = new Set(policiesOf(world, candidates))
  const known = universes.get(world) ?? []
  universes.set(world, known)
  const same = known.find(
    (one) => one.policies.size === policies.size && [...policies].every((p) => one.policies.has(p)),
  )
  if (same) return same.universe
  const universe = new Universe(policies)
  known.push({ policies, universe })
  return universe
}

function policiesOf(world: World, candidates: readonly Candidate[]): CompiledPolicy[] {
  const { bundle, resources } = world
  return [
    ...[...world.candidates, ...candidates].flatMap(({ policies }) => [
      ...policies.identityPolicies,
      ...(policies.permissionsBoundaries ?? []),
      ...(policies.sessionPolicies ?? []),
      ...(policies.endpointPolicies ?? []),
      ...(policies.serviceControlPolicies ?? []).flatMap((level) => level.policies),
      ...(policies.resourceControlPolicies ?? []).flatMap((level) => level.policies),
    ]),
    ...resources.flatMap(({ resourcePolicy }) => resourcePolicy ?? []),
    openPolicy,
    defaultKeyPolicy(bundle.partition, bundle.account),
  ]
}

function isUnbounded(key: string, { assumptions }: World): boolean {
  const assumption = assumptions.get(key)
  return !assumption?.values && !assumption?.pattern && assumption?.absent !== true
}
