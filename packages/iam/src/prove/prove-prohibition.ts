import { type CatalogueAction, catalogueActions } from '../catalogue/catalogue.ts'
import { assumptionsOf } from './assume/in-words.ts'
import type { Prohibition, ProofResult } from './bundle.ts'
import { BundleError } from './bundle-error.ts'
import { type Reached, reachable } from './chains/reach.ts'
import { type Answer, search } from './search.ts'
import { provedInWords, violationInWords } from './why.ts'
import type { World } from './world.ts'

const reachedBy = new WeakMap<World, Map<string, Promise<Reached>>>()

/**
 * Looks for a request that the invariant forbids: by a principal of the bundle that is not exempt, then by whomever these
 * could become.
 */
export async function proveProhibition(
  world: World,
  invariant: Prohibition,
  path: string,
): Promise<Omit<ProofResult, 'ms'>> {
  const { id, on, when, nobodyBut } = invariant
  const actions = await actionsOf(invariant, path)
  const reached = await reachedFrom(world, nobodyBut)
  const listed = reached.candidates.filter(({ steps }) => steps.length === 0)
  const ask = (candidates: Reached['candidates']) => search(world, { candidates, actions, on, ...(when && { when }) })
  const direct = ask(listed)
  const answer =
    direct.kind !== 'none' || listed.length === reached.candidates.length ? direct : ask(reached.candidates)
  return { id, ...verdictOf(answer, reached, world, invariant), scope: answer.scope, assumptions: assumptionsOf(world) }
}

function verdictOf(
  answer: Answer,
  { unknown }: Reached,
  world: World,
  invariant: Prohibition,
): Pick<ProofResult, 'verdict' | 'why' | 'counterexample'> {
  if (answer.kind === 'found') {
    const { request, candidate } = answer
    return {
      verdict: 'disproved',
      counterexample: { ...request, steps: candidate.steps },
      why: violationInWords(request, candidate, world),
    }
  }
  if (answer.kind === 'unknown') return { verdict: 'unknown', why: answer.why }
  if (unknown !== undefined) return { verdict: 'unknown', why: `Who could become whom is not decided: ${unknown}` }
  return { verdict: 'proved', why: provedInWords(invariant, answer.scope) }
}

function reachedFrom(world: World, exempt: readonly string[]): Promise<Reached> {
  const known = reachedBy.get(world) ?? new Map<string, Promise<Reached>>()
  reachedBy.set(world, known)
  const key = JSON.stringify(exempt)
  const reached = known.get(key) ?? reachable(world, exempt)
  known.set(key, reached)
  return reached
}

/** An invariant about no action would hold of itself, so it is refused. */
async function actionsOf({ may, accessLevels }: Prohibition, path: string): Promise<readonly CatalogueAction[]> {
  const found = new Map<string, CatalogueAction>()
  for (const [index, pattern] of may.entries()) {
    const matching = await catalogueActions(pattern)
    if (matching.length === 0) throw new BundleError(`${path}.may[${index}]`, `no action of AWS matches '${pattern}'`)
    for (const action of matching) found.set(action.action, action)
  }
  const levels = accessLevels && new Set<string>(accessLevels)
  const actions = [...found.values()].filter((action) => !levels || action.accessLevels.some((one) => levels.has(one)))
  if (actions.length === 0) {
    throw new BundleError(
      `${path}.accessLevels`,
      `none of the actions has the access level ${accessLevels?.join(' or ')}`,
    )
  }
  return actions
}
