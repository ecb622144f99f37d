import { ANY, ANY_IN_SEGMENT, type Codes, ONE, ONE_IN_SEGMENT } from '../../pattern/codes.ts'

/** Characters from `lo` to `hi`, both included, as UTF-16 codes. */
export interface Range {
  readonly lo: number
  readonly hi: number
}

/** Step over one character of the ranges to any of the states. */
export interface Edge {
  readonly ranges: readonly Range[]
  readonly to: readonly number[]
}

/** A nondeterministic automaton without empty steps: `start` and `to` hold whatever those would reach. */
export interface Nfa {
  readonly start: readonly number[]
  /** By state. */
  readonly edges: readonly (readonly Edge[])[]
  readonly accepting: ReadonlySet<number>
  /** States from which every text is accepted, if any are known; such states are all the same. */
  readonly universal: ReadonlySet<number>
}

const last = 0xffff
const colon = 58
export const anyCharacter: readonly Range[] = [{ lo: 0, hi: last }]
const notColon: readonly Range[] = [
  { lo: 0, hi: colon - 1 },
  { lo: colon + 1, hi: last },
]

/** Automaton that accepts what any of the patterns matches; see `matchCodes`. */
export function nfaOfCodes(patterns: readonly Codes[], ignoreCase: boolean): Nfa {
  const edges: Edge[][] = []
  const start: number[] = []
  const accepting = new Set<number>()
  const universal = new Set<number>()
  for (const codes of patterns) {
    const base = edges.length
    const closed = (position: number) => closure(codes, position).map((one) => base + one)
    start.push(...closed(0))
    for (const [position, code] of codes.entries()) edges.push([edgeOf(code, position, closed, ignoreCase)])
    edges.push([])
    accepting.add(base + codes.length)
    if (codes.at(-1) === ANY) universal.add(base + codes.length - 1)
  }
  return { start, edges, accepting, universal }
}

function edgeOf(code: number, position: number, closed: (position: number) => number[], ignoreCase: boolean): Edge {
  switch (code) {
    case ANY:
      return { ranges: anyCharacter, to: closed(position) }
    case ANY_IN_SEGMENT:
      return { ranges: notColon, to: closed(position) }
    case ONE:
      return { ranges: anyCharacter, to: closed(position + 1) }
    case ONE_IN_SEGMENT:
      return { ranges: notColon, to: closed(position + 1) }
    default:
      return { ranges: literal(code, ignoreCase), to: closed(position + 1) }
  }
}

function literal(code: number, ignoreCase: boolean): Range[] {
  const one = { lo: code, hi: code }
  if (!ignoreCase) return [one]
  const upper = String.fromCharCode(code).toUpperCase()
  return upper.length === 1 && upper.charCodeAt(0) !== code
    ? [one, { lo: upper.charCodeAt(0), hi: upper.charCodeAt(0) }]
    : [one]
}

/** A star may stand for nothing. */
function closure(codes: Codes, position: number): number[] {
  const states = [position]
  for (let at = position; codes[at] === ANY || codes[at] === ANY_IN_SEGMENT; at++) states.push(at + 1)
  return states
}
