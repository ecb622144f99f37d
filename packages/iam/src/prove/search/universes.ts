import type { CatalogueAction } from '../../catalogue/catalogue.ts'
import type { CompiledPolicy, StatementIndex } from '../../policy/compile.ts'
import type { CompiledStatement } from '../../policy/statement.ts'
import type { Candidate, World } from '../world.ts'
import { ActionIndex } from './action-index.ts'
import { defaultKeyPolicy, openPolicy } from './element.ts'
import { numberOf } from './policy-number.ts'
import { Universe } from './universe.ts'

/** Actions about which the same statements speak. */
interface Alike {
  readonly universe: Universe
  readonly actions: readonly CatalogueAction[]
}

/** One account's universes, found again from question to question and from proof to proof. */
class Universes {
  readonly #ids = new Map<string, number>()
  readonly #idsOf = new WeakMap<CompiledStatement, number>()
  readonly #known = new Map<string, Universe>()

  of(statements: readonly CompiledStatement[]): Universe {
    const distinct = new Map(statements.map((statement) => [this.#idOf(statement), statement]))
    const key = [...distinct.keys()].sort((a, b) => a - b).join()
    const known = this.#known.get(key)
    if (known) return known
    if (this.#known.size >= universesLimit) this.#known.clear()
    const universe = new Universe([...distinct.values()], this.#idOf)
    this.#known.set(key, universe)
    return universe
  }

  /** The Sid makes no difference. */
  readonly #idOf = (statement: CompiledStatement): number => {
    const known = this.#idsOf.get(statement)
    if (known !== undefined) return known
    const { Sid: _, ...content } = statement.source
    const key = JSON.stringify([content, statement.variables])
    const id = this.#ids.get(key) ?? this.#ids.size
    this.#ids.set(key, id)
    this.#idsOf.set(statement, id)
    return id
  }
}

const universesLimit = 4_000
const accountsLimit = 2
const accounts = new Map<string, Universes>()

/**
 * The actions by the statements that speak about them: of any policy that can bind one of the candidates or what they
 * act on. Nothing else takes part in a decision, so nothing else has to be told apart.
 */
export function alikeActions(
  world: World,
  candidates: readonly Candidate[],
  actions: readonly CatalogueAction[],
): readonly Alike[] {
  const index = indexOf(world, candidates)
  const bySignature = new Map<string, CatalogueAction[]>()
  for (const action of actions) {
    const signature = index.signatureOf(action.action)
    const list = bySignature.get(signature) ?? []
    bySignature.set(signature, list)
    list.push(action)
  }
  const universes = universesOf(world)
  return [...bySignature.values()].map((list) => ({
    universe: universes.of(index.statementsFor(list[0]!.action)),
    actions: list,
  }))
}

/** The universe of one candidate and one action. */
export function universeOf(world: World, candidate: Candidate, action: string): Universe {
  const own = ownPolicies(candidate).flatMap((policy) => about(policy, action))
  return universesOf(world).of([...own, ...sharedAbout(world, action)])
}

function about(policy: CompiledPolicy, action: string): readonly CompiledStatement[] {
  const { denies, allows } = (policy as StatementIndex).forAction(action)
  return [...denies, ...allows]
}

const shares = new WeakMap<World, Map<string, readonly CompiledStatement[]>>()

function sharedAbout(world: World, action: string): readonly CompiledStatement[] {
  const known = shares.get(world) ?? new Map<string, readonly CompiledStatement[]>()
  shares.set(world, known)
  const statements = known.get(action) ?? sharedPolicies(world).flatMap((policy) => about(policy, action))
  known.set(action, statements)
  return statements
}

/** What a universe remembers holds for one account with the same assumptions. */
function universesOf({ bundle }: World): Universes {
  const { account, partition, region, organizationId, assume } = bundle
  const key = JSON.stringify([account, partition, region, organizationId, assume])
  const universes = accounts.get(key) ?? new Universes()
  accounts.delete(key)
  accounts.set(key, universes)
  for (const oldest of accounts.keys()) if (accounts.size > accountsLimit) accounts.delete(oldest)
  return universes
}

const indexes = new WeakMap<World, Map<string, ActionIndex>>()

/** Kept, since one bundle is asked many questions. */
function indexOf(world: World, candidates: readonly Candidate[]): ActionIndex {
  const policies = [...new Set([...candidates.flatMap(ownPolicies), ...sharedPolicies(world)])]
  const known = indexes.get(world) ?? new Map<string, ActionIndex>()
  indexes.set(world, known)
  const name = policies
    .map(numberOf)
    .sort((a, b) => a - b)
    .join()
  const index = known.get(name) ?? new ActionIndex(policies.flatMap((policy) => (policy as StatementIndex).statements))
  known.set(name, index)
  return index
}

function ownPolicies({ policies }: Candidate): CompiledPolicy[] {
  return [
    ...policies.identityPolicies,
    ...(policies.permissionsBoundaries ?? []),
    ...(policies.sessionPolicies ?? []),
    ...(policies.endpointPolicies ?? []),
    ...(policies.serviceControlPolicies ?? []).flatMap((level) => level.policies),
    ...(policies.resourceControlPolicies ?? []).flatMap((level) => level.policies),
  ]
}

const shared = new WeakMap<World, readonly CompiledPolicy[]>()

/** Policies of resources, those of the bundle and those that stand for others. */
function sharedPolicies(world: World): readonly CompiledPolicy[] {
  const { bundle, resources } = world
  const policies = shared.get(world) ?? [
    ...resources.flatMap(({ resourcePolicy }) => resourcePolicy ?? []),
    openPolicy,
    defaultKeyPolicy(bundle.partition, bundle.account),
  ]
  shared.set(world, policies)
  return policies
}
