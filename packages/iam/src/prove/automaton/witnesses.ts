import type { Dfa } from './dfa.ts'

/** A shortest text of its class. */
export interface Witness {
  readonly value: string
}

/** What tells two texts apart: that they lead an automaton to states with different marks. */
export interface Distinction {
  readonly dfa: Dfa
  readonly start: number
  readonly mark: (state: number) => number
}

/** Characters that read well in a counterexample, tried in this order. */
const readable = 'xyzabcdefghijklmnopqrstuvw0123456789-_./XYZABCDEFGHIJKLMNOPQRSTUVW:@+=, '
const readableCodes = Array.from(readable, (char) => char.charCodeAt(0))
const ranks = new Map(readableCodes.map((char, index) => [char, index]))
const statesLimit = 60_000
const last = 0xffff

interface Visit {
  value: string
  states: readonly number[]
}

/**
 * One text for every combination of patterns that some text has.
 *
 * @param required automata that every text satisfies
 * @returns undefined when there are too many to search
 */
export function witnesses(patterns: readonly Dfa[], required: readonly Dfa[]): readonly Witness[] | undefined {
  const name = `${patterns.map(({ id }) => id).join()};${required.map(({ id }) => id).join()}`
  if (known.has(name)) return known.get(name)
  const found = textsOf(patterns.map(acceptance), required)
  if (known.size >= knownLimit) known.clear()
  known.set(name, found)
  return found
}

/** Policies change little from proof to proof, so what was found once is mostly found again. */
const known = new Map<string, readonly Witness[] | undefined>()
const knownLimit = 20_000

/** Whether an automaton accepts. */
export function acceptance(dfa: Dfa): Distinction {
  return { dfa, start: dfa.start, mark: (state) => Number(dfa.accepts(state)) }
}

/**
 * One text for every combination of marks that some text has: breadth first over the product of the automata. The empty
 * text comes last, as a class of its own, if `required` accepts it: set operators treat it apart.
 *
 * @param required automata that every text satisfies
 * @returns undefined when the product has more states than can be searched
 */
export function textsOf(
  distinctions: readonly Distinction[],
  required: readonly Dfa[],
): readonly Witness[] | undefined {
  const all = [...distinctions.map(({ dfa }) => dfa), ...required]
  const isAccepted = (states: readonly number[]) =>
    required.every((dfa, index) => dfa.accepts(states[distinctions.length + index]!))
  const isDead = (states: readonly number[]) =>
    required.some((dfa, index) => dfa.isDead(states[distinctions.length + index]!))
  const found = new Map<string, Witness>()
  const start = [...distinctions.map((one) => one.start), ...required.map((dfa) => dfa.start)]
  const seen = new Set<string>()
  const queue: Visit[] = [{ value: '', states: start }]
  for (let at = 0; at < queue.length; at++) {
    const { value, states } = queue[at]!
    for (const { char, to, key } of successors(all, states)) {
      if (seen.has(key) || isDead(to)) continue
      if (seen.size >= statesLimit) return undefined
      seen.add(key)
      const next = value + String.fromCharCode(char)
      queue.push({ value: next, states: to })
      if (!isAccepted(to)) continue
      const marks = distinctions.map(({ mark }, index) => mark(to[index]!)).join()
      if (!found.has(marks)) found.set(marks, { value: next })
    }
  }
  return isAccepted(start) ? [...found.values(), { value: '' }] : [...found.values()]
}

interface Successor {
  char: number
  to: readonly number[]
  key: string
}

/**
 * The states that one more character can lead to, each with a character that does. Automata that every character leaves
 * where they are do not take part.
 */
function successors(all: readonly Dfa[], states: readonly number[]): Iterable<Successor> {
  const moving: number[] = []
  for (let index = 0; index < all.length; index++) if (!all[index]!.isSettled(states[index]!)) moving.push(index)
  const steps = moving.map((index) => all[index]!.steps(states[index]!))
  const places = new Array<number>(moving.length).fill(0)
  const targets = new Map<string, Successor>()
  for (let lo = 0; lo <= last; ) {
    let hi = last
    for (let at = 0; at < steps.length; at++) hi = Math.min(hi, steps[at]![places[at]!]!.hi)
    const to = states.slice()
    for (let at = 0; at < steps.length; at++) to[moving[at]!] = steps[at]![places[at]!]!.to
    const key = String.fromCharCode(...to)
    const char = pick(lo, hi)
    const known = targets.get(key)
    if (!known || rank(char) < rank(known.char)) targets.set(key, { char, to, key })
    for (let at = 0; at < steps.length; at++) if (steps[at]![places[at]!]!.hi === hi) places[at]!++
    lo = hi + 1
  }
  return targets.values()
}

/** A character of the range that reads well. */
function pick(lo: number, hi: number): number {
  if (lo === hi) return lo
  for (const char of readableCodes) if (lo <= char && char <= hi) return char
  return Math.max(lo, Math.min(hi, 33))
}

function rank(char: number): number {
  return ranks.get(char) ?? readable.length
}
