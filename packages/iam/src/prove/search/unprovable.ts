import type { Token } from '../../pattern/tokens.ts'
import { nfaOfRegex } from '../assume/regex.ts'
import { anyCharacter, type Range } from '../automaton/nfa.ts'
import { subjectOf } from '../keys/key-facts.ts'
import type { KeyCondition } from '../keys/key-values.ts'
import type { World } from '../world.ts'
import type { Universe } from './universe.ts'
import { type Use, usesOf } from './variables.ts'

/**
 * Policy variables whose values a search can only sample, so that finding nothing proves nothing. All others are decided:
 *
 * - Whoever calls is known, and so are the values that `assume` lists: they are all tried.
 * - Let `assume` restrict each variable to texts over an alphabet S, and let each variable stand alone in its pattern:
 *   what comes right before and after it is a fixed character outside of S, or nothing. Then a variable's value is a
 *   whole run of characters of S in the text that the pattern matches. Take any allowed request. `variableTexts` has, for
 *   each value in it, a text of the same class, for equal values the same and for different ones different texts.
 *   Exchange each value with its text wherever it is a run that begins where a variable may begin. No pattern notices:
 *   those with variables since the exchange is done in the variable too, the others since both texts lead them from each
 *   of those places to the same state; nor does a condition on the variable itself. So the exchanged request is allowed
 *   as well; and it is of a class that was tried, since the patterns with these very texts inserted were told apart.
 *
 * @returns why not, by key in canonical form
 */
export function unprovable(
  universe: Universe,
  when: readonly KeyCondition[],
  world: World,
): ReadonlyMap<string, string> {
  const uses = usesOf(universe, when)
  const alphabet = uses.flatMap(({ key }) => alphabetOf(key, world))
  const found = new Map<string, string>()
  for (const use of uses) {
    const why = reason(use, alphabet, world)
    if (why !== undefined) found.set(use.key, why)
  }
  return found
}

function reason(
  { key, before, after, ignoresCase }: Use,
  alphabet: readonly Range[],
  world: World,
): string | undefined {
  const subject = subjectOf(key)
  if (subject === 'principal') return undefined
  if (subject === 'resource') return `the policy variable ${key} stands for a part of the resource`
  const assumption = world.assumptions.get(key)
  if (assumption?.values || assumption?.absent === true) return undefined
  const remedy = `assume a pattern for ${key} without separators and wildcards, such as [a-z0-9-]+, or the list of its values`
  if (!assumption?.language) return `the policy variable ${key} can hold any text, such as a separator: ${remedy}`
  if (ignoresCase) return `the policy variable ${key} is compared without case: assume the list of its values`
  if (isBoundary(before.at(-1), 'end', alphabet) && isBoundary(after[0], 'start', alphabet)) return undefined
  return `the policy variable ${key} does not stand alone between characters that its values cannot have: ${remedy}`
}

function isBoundary(token: Token | undefined, side: 'start' | 'end', alphabet: readonly Range[]): boolean {
  if (token === undefined) return true
  if (token.kind !== 'text') return false
  const char = token.text.charCodeAt(side === 'start' ? 0 : token.text.length - 1)
  return !alphabet.some(({ lo, hi }) => lo <= char && char <= hi)
}

/** Characters that values of the key can have. */
function alphabetOf(key: string, { assumptions }: World): readonly Range[] {
  const { values, pattern } = assumptions.get(key) ?? {}
  if (values || subjectOf(key) !== 'context') return []
  if (pattern === undefined) return anyCharacter
  return nfaOfRegex(pattern).edges.flatMap((edges) => edges.flatMap(({ ranges }) => ranges))
}
