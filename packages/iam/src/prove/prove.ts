import type { Ability, Invariant, Prohibition, ProofReport, ProofResult } from './bundle.ts'
import { checkSizes } from './check-sizes.ts'
import { answerOf, worldOf } from './known-world.ts'
import { proveAbility } from './prove-ability.ts'
import { proveProhibition } from './prove-prohibition.ts'
import { readBundle } from './read-bundle.ts'
import { checkWhen } from './when.ts'
import type { World } from './world.ts'

/**
 * Decides every invariant of a bundle for all requests in its scope; see the design, section 12.
 *
 * @param bundle a `ProofBundle`, as parsed JSON
 * @param tell hears each result as soon as there is one: whoever runs out of patience keeps what was decided
 * @throws {BundleError} when the bundle cannot be read; its path says where
 * @throws {PolicyError} when AWS would not store one of the policies; its path leads through the bundle
 */
export async function prove(bundle: unknown, tell?: (result: ProofResult) => void): Promise<ProofReport> {
  const read = readBundle(bundle)
  checkSizes(read)
  for (const [index, invariant] of read.invariants.entries()) {
    if (!isAbility(invariant)) checkWhen(invariant.when, `invariants[${index}].when`)
  }
  const world = await worldOf(read)
  const results: ProofResult[] = []
  for (const [index, invariant] of read.invariants.entries()) {
    const started = performance.now()
    const answer = await answerOf(world, invariant, () => proveOne(world, invariant, `invariants[${index}]`))
    const result = { ...answer, ms: Math.round((performance.now() - started) * 10) / 10 }
    results.push(result)
    tell?.(result)
  }
  return { results }
}

function proveOne(world: World, invariant: Invariant, path: string): Promise<Omit<ProofResult, 'ms'>> {
  return isAbility(invariant) ? proveAbility(world, invariant) : proveProhibition(world, invariant, path)
}

function isAbility(invariant: Ability | Prohibition): invariant is Ability {
  return 'mustBeAbleTo' in invariant
}
