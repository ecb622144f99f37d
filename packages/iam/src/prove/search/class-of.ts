import type { Candidate, World } from '../world.ts'
import { principalClasses } from './principal-classes.ts'
import { universeOf } from './universes.ts'

const known = new WeakMap<World, WeakMap<Candidate, Map<string, string>>>()

/** The same text for candidates whom no statement about the action tells apart: who asks the same is answered the same. */
export function classOf(world: World, candidate: Candidate, action: string): string {
  const byCandidate = known.get(world) ?? new WeakMap<Candidate, Map<string, string>>()
  known.set(world, byCandidate)
  const byAction = byCandidate.get(candidate) ?? new Map<string, string>()
  byCandidate.set(candidate, byAction)
  const found = byAction.get(action) ?? find(world, candidate, action)
  byAction.set(action, found)
  return found
}

function find(world: World, candidate: Candidate, action: string): string {
  const universe = universeOf(world, candidate, action)
  const { classes } = principalClasses([candidate], universe, [], world)
  return `${universe.id} ${classes[0] ?? 'out of scope'}`
}
