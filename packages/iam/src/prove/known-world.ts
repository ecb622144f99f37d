import { createHash } from 'node:crypto'
import type { Invariant, ProofBundle, ProofResult } from './bundle.ts'
import { askedKeys, compileWorld, type World } from './world.ts'

type Answer = Omit<ProofResult, 'ms'>

/** The world of the last proof: most accounts that are proved again have not changed since. */
let last: { name: string; world: World } | undefined
const answers = new WeakMap<World, Map<string, Answer>>()

/**
 * The world of a bundle; the same one, with all that was found out about it, for the same account with the same policies.
 *
 * @throws as `compileWorld`
 */
export async function worldOf(bundle: ProofBundle): Promise<World> {
  const { invariants: _, ...account } = bundle
  const text = JSON.stringify([account, [...new Set(askedKeys(bundle))].sort()])
  const name = createHash('sha256').update(text).digest('base64')
  const world = last?.name === name ? last.world : await compileWorld(bundle)
  last = { name, world }
  return world
}

/** The answer to an invariant, looked for once in a world: it depends on nothing else. */
export async function answerOf(world: World, invariant: Invariant, find: () => Promise<Answer>): Promise<Answer> {
  const known = answers.get(world) ?? new Map<string, Answer>()
  answers.set(world, known)
  const name = JSON.stringify(invariant)
  const answer = known.get(name) ?? (await find())
  known.set(name, answer)
  return answer
}
