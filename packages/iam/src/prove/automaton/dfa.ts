import type { Edge, Nfa } from './nfa.ts'

/** Characters from `lo` to `hi` lead to the state. The edges of a state cover all characters, in order. */
export interface Step {
  readonly lo: number
  readonly hi: number
  readonly to: number
}

const last = 0xffff

let count = 0

/** An automaton made deterministic as far as it is walked. */
export class Dfa {
  readonly start: number
  /** No other automaton has it. */
  readonly id = count++
  readonly #nfa: Nfa
  readonly #ids = new Map<string, number>()
  readonly #sets: (readonly number[])[] = []
  readonly #accepting: boolean[] = []
  readonly #steps: (readonly Step[] | undefined)[] = []

  constructor(nfa: Nfa) {
    this.#nfa = nfa
    this.start = this.#intern(nfa.start)
  }

  accepts(state: number): boolean {
    return this.#accepting[state]!
  }

  /** Nothing that follows can be accepted. */
  isDead(state: number): boolean {
    return this.#sets[state]!.length === 0
  }

  /** No character leads anywhere else. */
  isSettled(state: number): boolean {
    const [only, more] = this.steps(state)
    return more === undefined && only!.to === state
  }

  steps(state: number): readonly Step[] {
    const known = this.#steps[state]
    if (known) return known
    const steps = this.#explore(state)
    this.#steps[state] = steps
    return steps
  }

  /** The state after one character. */
  next(state: number, char: number): number {
    return this.steps(state).find(({ hi }) => char <= hi)!.to
  }

  /** The state after a text. */
  after(state: number, text: string): number {
    let at = state
    for (let index = 0; index < text.length; index++) at = this.next(at, text.charCodeAt(index))
    return at
  }

  #explore(state: number): Step[] {
    const edges = this.#sets[state]!.flatMap((one) => this.#nfa.edges[one]!)
    const steps: Step[] = []
    for (const { lo, hi } of pieces(edges)) {
      const reached = edges.filter((edge) => edge.ranges.some((range) => range.lo <= lo && hi <= range.hi))
      const to = this.#intern(reached.flatMap((edge) => edge.to))
      const previous = steps.at(-1)
      if (previous?.to === to) steps[steps.length - 1] = { ...previous, hi }
      else steps.push({ lo, hi, to })
    }
    return steps
  }

  /** Sets of states that accept the same are one set where that shows: once all is accepted, nothing else counts. */
  #normal(states: readonly number[]): readonly number[] {
    const { universal, edges } = this.#nfa
    const [any] = universal
    if (any !== undefined && states.some((one) => universal.has(one))) return edges[any]![0]!.to
    return [...new Set(states)].sort((a, b) => a - b)
  }

  #intern(states: readonly number[]): number {
    const set = this.#normal(states)
    const key = set.join()
    const known = this.#ids.get(key)
    if (known !== undefined) return known
    const id = this.#sets.length
    this.#sets.push(set)
    this.#accepting.push(set.some((one) => this.#nfa.accepting.has(one)))
    this.#ids.set(key, id)
    return id
  }
}

/** All characters, cut wherever a range begins or ends. */
function pieces(edges: readonly Edge[]): { lo: number; hi: number }[] {
  const starts = new Set([0])
  for (const { ranges } of edges) {
    for (const { lo, hi } of ranges) {
      starts.add(lo)
      if (hi < last) starts.add(hi + 1)
    }
  }
  const sorted = [...starts].sort((a, b) => a - b)
  return sorted.map((lo, index) => ({ lo, hi: (sorted[index + 1] ?? last + 1) - 1 }))
}
