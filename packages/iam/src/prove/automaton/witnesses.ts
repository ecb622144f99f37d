import type { Dfa, Step } from './dfa.ts'

/** A shortest text of its class: of those that the same patterns accept. */
export interface Witness {
  readonly value: string
  /** By pattern, in the order given. */
  readonly accepted: readonly boolean[]
}

/** Characters that read well in a counterexample, tried in this order. */
const readable = 'xyzabcdefghijklmnopqrstuvw0123456789-_./XYZABCDEFGHIJKLMNOPQRSTUVW:@+=, '
const statesLimit = 60_000

interface Visit {
  value: string
  states: readonly number[]
}

/**
 * One text for every combination of patterns that some text has: breadth first over the product of their automata. The
 * empty text comes last, as a class of its own, if `required` accepts it: set operators treat it apart.
 *
 * @param required automata that every text satisfies
 * @returns undefined when the product has more states than can be searched
 */
export function witnesses(patterns: readonly Dfa[], required: readonly Dfa[]): readonly Witness[] | undefined {
  const all = [...patterns, ...required]
  const found = new Map<string, Witness>()
  const start = all.map((dfa) => dfa.start)
  const seen = new Set<string>()
  const queue: Visit[] = [{ value: '', states: start }]
  const verdict = (states: readonly number[]) => all.map((dfa, index) => dfa.accepts(states[index]!))
  for (let at = 0; at < queue.length; at++) {
    const { value, states } = queue[at]!
    for (const { char, to } of successors(all, states)) {
      if (required.some((dfa, index) => dfa.isDead(to[patterns.length + index]!))) continue
      const key = to.join()
      if (seen.has(key)) continue
      if (seen.size >= statesLimit) return undefined
      seen.add(key)
      const next = value + String.fromCharCode(char)
      queue.push({ value: next, states: to })
      const accepted = verdict(to)
      if (!accepted.slice(patterns.length).every(Boolean)) continue
      const vector = accepted.slice(0, patterns.length)
      if (!found.has(vector.join())) found.set(vector.join(), { value: next, accepted: vector })
    }
  }
  const empty = verdict(start)
  const list = [...found.values()]
  if (empty.slice(patterns.length).every(Boolean)) list.push({ value: '', accepted: empty.slice(0, patterns.length) })
  return list
}

/** The states that one more character can lead to, each with a character that does. */
function successors(all: readonly Dfa[], states: readonly number[]): Iterable<{ char: number; to: readonly number[] }> {
  const steps = all.map((dfa, index) => dfa.steps(states[index]!))
  const targets = new Map<string, { char: number; to: readonly number[] }>()
  for (const { lo, hi } of commonPieces(steps)) {
    const to = steps.map((list) => list.find((step) => lo <= step.hi)!.to)
    const key = to.join()
    const char = pick(lo, hi)
    const known = targets.get(key)
    if (!known || rank(char) < rank(known.char)) targets.set(key, { char, to })
  }
  return targets.values()
}

function commonPieces(steps: readonly (readonly Step[])[]): { lo: number; hi: number }[] {
  const ends = new Set<number>()
  for (const list of steps) for (const { hi } of list) ends.add(hi)
  let lo = 0
  return [...ends]
    .sort((a, b) => a - b)
    .map((hi) => {
      const piece = { lo, hi }
      lo = hi + 1
      return piece
    })
}

function pick(lo: number, hi: number): number {
  if (lo === hi) return lo
  for (let index = 0; index < readable.length; index++) {
    const char = readable.charCodeAt(index)
    if (lo <= char && char <= hi) return char
  }
  return Math.max(lo, Math.min(hi, 33))
}

function rank(char: number): number {
  const place = readable.indexOf(String.fromCharCode(char))
  return place < 0 ? readable.length : place
}
