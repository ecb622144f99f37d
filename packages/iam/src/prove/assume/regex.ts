import { anyCharacter, type Edge, type Nfa, type Range } from '../automaton/nfa.ts'

/** A pattern of `assume` that is not in the subset we read; the message says what is wrong and where. */
export class RegexError extends Error {
  override readonly name = 'RegexError'
}

const repeatLimit = 256
const statesLimit = 5_000
const last = 0xffff

/** A piece under construction: from one state to another, with empty steps in between. */
interface Piece {
  from: number
  to: number
}

/**
 * Compiles the subset of regular expressions that `assume` takes to an automaton that accepts whole values: characters,
 * `.`, classes with ranges and `^`, `\d`, `\w`, `\` before a character, groups, `|`, `?`, `*`, `+`, `{n}`, `{n,}`, `{n,m}`.
 *
 * @throws {RegexError} for anything else
 */
export function nfaOfRegex(source: string): Nfa {
  return new Builder(source).build()
}

class Builder {
  readonly #source: string
  #at = 0
  readonly #empty: number[][] = []
  readonly #edges: { ranges: readonly Range[]; to: number }[][] = []

  constructor(source: string) {
    this.#source = source
  }

  build(): Nfa {
    const { from, to } = this.#alternatives()
    if (this.#at < this.#source.length) throw this.#fault(`'${this.#source[this.#at]}' was not expected`)
    const closures = this.#empty.map((_, state) => this.#closure(state))
    const edges = this.#edges.map((list) => list.map((edge): Edge => ({ ...edge, to: closures[edge.to]! })))
    return { start: closures[from]!, edges, accepting: new Set([to]), universal: new Set() }
  }

  #alternatives(): Piece {
    const first = this.#sequence()
    if (this.#source[this.#at] !== '|') return first
    const whole = { from: this.#state(), to: this.#state() }
    this.#join(whole, first)
    while (this.#source[this.#at] === '|') {
      this.#at++
      this.#join(whole, this.#sequence())
    }
    return whole
  }

  #join(outer: Piece, inner: Piece): void {
    this.#empty[outer.from]!.push(inner.from)
    this.#empty[inner.to]!.push(outer.to)
  }

  #sequence(): Piece {
    const from = this.#state()
    let to = from
    while (this.#at < this.#source.length && this.#source[this.#at] !== '|' && this.#source[this.#at] !== ')') {
      const piece = this.#repeated()
      this.#empty[to]!.push(piece.from)
      to = piece.to
    }
    return { from, to }
  }

  #repeated(): Piece {
    const begin = this.#at
    const piece = this.#atom()
    const end = this.#at
    const times = this.#quantifier()
    return times ? this.#repeat(piece, times, { begin, end }) : piece
  }

  /** Reads the atom again for each copy, so that copies share no states. */
  #repeat(first: Piece, { min, max }: { min: number; max: number }, text: { begin: number; end: number }): Piece {
    const resume = this.#at
    const copy = () => {
      this.#at = text.begin
      return this.#atom()
    }
    const from = this.#state()
    let to = from
    let unused: Piece | undefined = first
    const append = (piece: Piece) => {
      this.#empty[to]!.push(piece.from)
      to = piece.to
    }
    const take = () => {
      const piece = unused ?? copy()
      unused = undefined
      return piece
    }
    for (let count = 0; count < min; count++) append(take())
    if (max === Number.POSITIVE_INFINITY) {
      const loop = take()
      const hub = this.#state()
      this.#empty[to]!.push(hub)
      this.#join({ from: hub, to: hub }, loop)
      to = hub
    } else {
      const end = this.#state()
      for (let count = min; count < max; count++) {
        this.#empty[to]!.push(end)
        append(take())
      }
      this.#empty[to]!.push(end)
      to = end
    }
    this.#at = resume
    return { from, to }
  }

  #quantifier(): { min: number; max: number } | undefined {
    const braces = /^\{(\d{1,4})(?:(,)(\d{1,4})?)?\}/.exec(this.#source.slice(this.#at))
    const char = this.#source[this.#at]
    const simple =
      char === '?'
        ? { min: 0, max: 1 }
        : char === '*'
          ? { min: 0, max: Number.POSITIVE_INFINITY }
          : char === '+'
            ? { min: 1, max: Number.POSITIVE_INFINITY }
            : undefined
    if (simple) this.#at++
    if (simple || !braces) return simple
    const min = Number(braces[1])
    const max = braces[3] === undefined ? (braces[2] ? Number.POSITIVE_INFINITY : min) : Number(braces[3])
    if (min > repeatLimit || (max !== Number.POSITIVE_INFINITY && max > repeatLimit) || max < min) {
      throw this.#fault(`'${braces[0]}' must count up to ${repeatLimit}, the smaller number first`)
    }
    this.#at += braces[0].length
    return { min, max }
  }

  #atom(): Piece {
    const char = this.#source[this.#at++]!
    if (char === '(') return this.#group()
    if (char === '[') return this.#over(this.#characterClass())
    if (char === '.') return this.#over(anyCharacter)
    if (char === '\\') return this.#over(this.#escape())
    if ('^$?*+{}])'.includes(char)) throw this.#fault(`'${char}' was not expected; write \\${char} for the character`)
    return this.#over(single(char))
  }

  #group(): Piece {
    if (this.#source.startsWith('?:', this.#at)) this.#at += 2
    else if (this.#source[this.#at] === '?') throw this.#fault('only plain groups are supported')
    const piece = this.#alternatives()
    if (this.#source[this.#at] !== ')') throw this.#fault('a group is not closed')
    this.#at++
    return piece
  }

  #escape(): readonly Range[] {
    const char = this.#source[this.#at++]
    if (char === undefined) throw this.#fault('nothing follows the \\')
    if (char === 'd') return digits
    if (char === 'w') return word
    if (/[A-Za-z0-9]/.test(char)) throw this.#fault(`'\\${char}' is not supported`)
    return single(char)
  }

  #characterClass(): readonly Range[] {
    const negated = this.#source[this.#at] === '^'
    if (negated) this.#at++
    const ranges: Range[] = []
    while (this.#source[this.#at] !== ']') {
      if (this.#at >= this.#source.length) throw this.#fault('a class is not closed')
      const low = this.#member()
      const isRange = this.#source[this.#at] === '-' && this.#source[this.#at + 1] !== ']'
      if (!isRange) {
        ranges.push(...low)
        continue
      }
      this.#at++
      const high = this.#member()
      if (low.length !== 1 || high.length !== 1 || low[0]!.lo > high[0]!.lo)
        throw this.#fault('a range is out of order')
      ranges.push({ lo: low[0]!.lo, hi: high[0]!.hi })
    }
    this.#at++
    if (ranges.length === 0) throw this.#fault('a class is empty')
    return negated ? complement(ranges) : ranges
  }

  #member(): readonly Range[] {
    const char = this.#source[this.#at++]
    if (char === undefined) throw this.#fault('a class is not closed')
    return char === '\\' ? this.#escape() : single(char)
  }

  #over(ranges: readonly Range[]): Piece {
    const piece = { from: this.#state(), to: this.#state() }
    this.#edges[piece.from]!.push({ ranges, to: piece.to })
    return piece
  }

  #state(): number {
    if (this.#empty.length >= statesLimit) throw this.#fault('it is too large')
    this.#edges.push([])
    return this.#empty.push([]) - 1
  }

  #closure(state: number): number[] {
    const states = new Set([state])
    for (const one of states) for (const next of this.#empty[one]!) states.add(next)
    return [...states]
  }

  #fault(message: string): RegexError {
    return new RegexError(`reading '${this.#source}' at ${this.#at}: ${message}`)
  }
}

const digits: readonly Range[] = [{ lo: 48, hi: 57 }]
const word: readonly Range[] = [...digits, { lo: 65, hi: 90 }, { lo: 95, hi: 95 }, { lo: 97, hi: 122 }]

function single(char: string): Range[] {
  return [{ lo: char.charCodeAt(0), hi: char.charCodeAt(0) }]
}

function complement(ranges: readonly Range[]): Range[] {
  const rest: Range[] = []
  let from = 0
  for (const { lo, hi } of [...ranges].sort((a, b) => a.lo - b.lo)) {
    if (lo > from) rest.push({ lo: from, hi: lo - 1 })
    from = Math.max(from, hi + 1)
  }
  if (from <= last) rest.push({ lo: from, hi: last })
  return rest
}
