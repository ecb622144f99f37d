import type { PolicySet } from '../../evaluate/request.ts'
import { type CompiledPolicy, compilePolicy } from '../../policy/compile.ts'
import type { NamedDocument, ProofRequest } from '../bundle.ts'
import { numberOf } from '../search/policy-number.ts'
import type { Candidate, World } from '../world.ts'

/** Answer to one question of one candidate who is not denied it. */
export type Remembered = ProofRequest | { readonly unknown: string }

/** What was found out about a world: one world is asked the same for each set of exempt principals. */
export class Memory {
  readonly #answers = new Map<string, Map<string, Remembered>>()
  /** By question: classes of principals that are denied it. */
  readonly #denied = new Map<string, Set<string>>()
  readonly #compiled = new Map<string, CompiledPolicy>()
  readonly #worlds = new Map<string, World>()

  recall(question: string, candidate: Candidate): Remembered | undefined {
    return this.#answers.get(question)?.get(sortOf(candidate))
  }

  keep(question: string, candidate: Candidate, answer: Remembered): void {
    const answers = this.#answers.get(question) ?? new Map<string, Remembered>()
    this.#answers.set(question, answers)
    answers.set(sortOf(candidate), answer)
  }

  /** Whether nobody of the class can do it; see `classOf`. */
  isDenied(question: string, ofClass: string): boolean {
    return this.#denied.get(question)?.has(ofClass) ?? false
  }

  deny(question: string, ofClass: string): void {
    const denied = this.#denied.get(question) ?? new Set<string>()
    this.#denied.set(question, denied.add(ofClass))
  }

  /** Equal documents are compiled once, so that equal powers are told to be equal. */
  compile({ name, policy }: NamedDocument, type: 'identity' | 'boundary'): CompiledPolicy {
    const key = JSON.stringify([type, name, policy])
    const compiled = this.#compiled.get(key) ?? compilePolicy(policy, { name, type })
    this.#compiled.set(key, compiled)
    return compiled
  }

  /** A world made from this one, the same for the same key. */
  derived(key: string, make: () => World): World {
    const world = this.#worlds.get(key) ?? make()
    this.#worlds.set(key, world)
    return world
  }
}

const memories = new WeakMap<World, Memory>()

export function memoryOf(world: World): Memory {
  const memory = memories.get(world) ?? new Memory()
  memories.set(world, memory)
  return memory
}

const sorts = new WeakMap<Candidate, string>()

/** Who it is and which policies bind it: not how one becomes it. */
function sortOf(candidate: Candidate): string {
  const known = sorts.get(candidate)
  if (known !== undefined) return known
  const sort = JSON.stringify([candidate.arn, candidate.tags, policyIds(candidate.policies)])
  sorts.set(candidate, sort)
  return sort
}

/** Numbers of a principal's own policies; those of the organization are everybody's. */
export function policyIds({ identityPolicies, permissionsBoundaries }: PolicySet): (number[] | undefined)[] {
  return [identityPolicies, permissionsBoundaries].map((policies) => policies?.map(numberOf))
}
