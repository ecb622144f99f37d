import { createHash } from 'node:crypto'
import type { Invariant, ProofBundle, ProofResult } from './bundle.ts'
import { askedKeys, compileWorld, type World } from './world.ts'

type Answer = Omit<ProofResult, 'ms'>

/** The world of the last proof: most accounts that are proved again have not changed since. */
let last: { name: string; world: Promise<World> } | undefined
const answers = new WeakMap<World, Map<string, Promise<Answer>>>()

/**
 * The world of a bundle; the same one, with all that was found out about it, for the same account with the same policies.
 *
 * @throws as `compileWorld`
 */
export async function worldOf(bundle: ProofBundle): Promise<World> {
  const { invariants: _, ...account } = bundle
  const text = JSON.stringify([account, [...new Set(askedKeys(bundle))].sort()])
  const name = createHash('sha256').update(text).digest('base64')
  const known = last?.name === name ? last : { name, world: compileWorld(bundle) }
  last = known
  try {
    return await known.world
  } catch (error) {
    if (last === known) last = undefined
    throw error
  }
}

/** The answer to an invariant, looked for once in a world: it depends on nothing else. */
export async function answerOf(world: World, invariant: Invariant, find: () => Promise<Answer>): Promise<Answer> {
  const known = answers.get(world) ?? new Map<string, Promise<Answer>>()
  answers.set(world, known)
  const name = JSON.stringify(invariant)
  const answer = known.get(name) ?? find()
  known.set(name, answer)
  try {
    return await answer
  } catch (error) {
    known.delete(name)
    throw error
  }
}
