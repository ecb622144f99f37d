import type { CatalogueAction } from '../catalogue/catalogue.ts'
import { BudgetError } from './budget-error.ts'
import type { Prohibition, ProofRequest, ProofScope } from './bundle.ts'
import { relaxed } from './search/relax.ts'
import { type Outcome, searchAlike } from './search/search-alike.ts'
import { alikeActions } from './search/universes.ts'
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
  const [action, [key]] = [...fragile][0] as [CatalogueAction, [string]]
  const [alike] = alikeActions(world, asked.candidates, [action])
  const whys = unprovable(alike!.universe, conditionsOf(asked.when), world)
  return { kind: 'unknown', why: `${action.action}: ${whys.get(key)}`, scope: answer.scope }
}

function searchAll(world: World, asked: Asked, scope: ProofScope): Answer & Sampled {
  const when = conditionsOf(asked.when)
  const found: Outcome[] = []
  const answered = () => ({
    scope: {
      ...scope,
      actions: found.reduce((sum, { seen }) => sum + seen.actions, 0),
      resources: new Set(found.flatMap(({ seen }) => seen.arns)).size,
      unbounded: [...new Set(found.flatMap(({ seen }) => seen.unbounded))].sort(),
    },
    fragile: new Map(found.flatMap(({ seen }) => seen.fragile)),
  })
  for (const alike of alikeActions(world, asked.candidates, asked.actions)) {
    const outcome = searchAlike(world, { ...asked, ...alike, when })
    found.push(outcome)
    if (outcome.kind === 'unknown') return { kind: 'unknown', why: outcome.why, ...answered() }
    if (outcome.kind === 'found') {
      const { request, candidate } = outcome
      return { kind: 'found', request, candidate, ...answered() }
    }
  }
  return { kind: 'none', ...answered() }
}
