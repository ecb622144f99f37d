import { AwsError } from '../../kernel/aws-error.ts'

type Test = (message: string) => boolean

/**
 * Filter patterns (CloudWatch Logs User Guide, "Filter pattern syntax"): terms, and conditions on JSON members.
 * Space-delimited patterns `[…]` and regular expressions are not read and refused.
 */
export function compileFilter(pattern: string): Test {
  const text = pattern.trim()
  if (text === '') return () => true
  if (text.startsWith('[') || text.includes('%')) throw invalid('the sandbox reads terms and JSON patterns only')
  return text.startsWith('{') ? jsonTest(text) : termTest(text)
}

function invalid(reason: string): AwsError {
  return new AwsError('InvalidParameterException', `Invalid filter pattern: ${reason}`)
}

/** All plain terms, none with a minus, and at least one of those with a question mark. */
function termTest(text: string): Test {
  const terms = [...text.matchAll(/([?-]?)(?:"((?:[^"\\]|\\.)*)"|([^\s"]+))/g)].map(([, sign, quoted, bare]) => ({
    sign,
    term: quoted?.replace(/\\(.)/g, '$1') ?? bare ?? '',
  }))
  const of = (sign: string) => terms.filter((one) => one.sign === sign).map((one) => one.term)
  const [all, none, some] = [of(''), of('-'), of('?')]
  return (message) =>
    all.every((term) => message.includes(term)) &&
    !none.some((term) => message.includes(term)) &&
    (some.length === 0 || all.length > 0 || some.some((term) => message.includes(term)))
}

type Condition = (event: unknown) => boolean

function jsonTest(text: string): Test {
  const [, inner] = /^\{(.*)\}$/s.exec(text) ?? []
  if (inner === undefined) throw invalid('a JSON pattern ends with }')
  const tokens = inner.match(/\(|\)|&&|\|\||!=|<=|>=|=|<|>|"(?:[^"\\]|\\.)*"|[^\s()=!<>&|"]+/g) ?? []
  const reader = new ConditionReader(tokens)
  const condition = reader.either()
  if (!reader.atEnd()) throw invalid(`unexpected ${reader.next()}`)
  return (message) => {
    try {
      return condition(JSON.parse(message))
    } catch {
      return false
    }
  }
}

/** Reads `$.a = 1 && ($.b = "x" || $.c NOT EXISTS)` by descent. */
class ConditionReader {
  readonly #tokens: readonly string[]
  #at = 0

  constructor(tokens: readonly string[]) {
    this.#tokens = tokens
  }

  atEnd(): boolean {
    return this.#at >= this.#tokens.length
  }

  next(): string {
    const token = this.#tokens[this.#at++]
    if (token === undefined) throw invalid('it ends too early')
    return token
  }

  #take(token: string): boolean {
    if (this.#tokens[this.#at] !== token) return false
    this.#at++
    return true
  }

  either(): Condition {
    const parts = [this.#both()]
    while (this.#take('||')) parts.push(this.#both())
    return (event) => parts.some((part) => part(event))
  }

  #both(): Condition {
    const parts = [this.#one()]
    while (this.#take('&&')) parts.push(this.#one())
    return (event) => parts.every((part) => part(event))
  }

  #one(): Condition {
    if (this.#take('(')) {
      const inner = this.either()
      if (!this.#take(')')) throw invalid('a bracket is not closed')
      return inner
    }
    const path = this.next()
    if (!/^\$\.[\w.[\]*-]+$/.test(path)) throw invalid(`${path} is not a member such as $.name`)
    return this.#comparison(path)
  }

  #comparison(path: string): Condition {
    const operator = this.next()
    const value = (event: unknown) => member(event, path)
    if (operator === 'EXISTS') return (event) => value(event) !== undefined
    if (operator === 'NOT' && this.#take('EXISTS')) return (event) => value(event) === undefined
    if (operator === 'IS') {
      const wanted = this.next()
      const literal = { NULL: null, TRUE: true, FALSE: false }[wanted]
      if (literal === undefined) throw invalid(`IS ${wanted} is not known`)
      return (event) => value(event) === literal
    }
    const operand = this.next()
    return (event) => compare(value(event), operator, operand)
  }
}

function member(event: unknown, path: string): unknown {
  const steps = path.slice(2).match(/[^.[\]]+/g) ?? []
  return steps.reduce<unknown>((value, step) => (value as Record<string, unknown> | null | undefined)?.[step], event)
}

function compare(value: unknown, operator: string, operand: string): boolean {
  const quoted = operand.startsWith('"')
  const wanted = quoted ? operand.slice(1, -1).replace(/\\(.)/g, '$1') : operand
  if (operator === '=' || operator === '!=') {
    const equal = value !== undefined && value !== null && like(String(value), wanted)
    return operator === '=' ? equal : !equal
  }
  const [left, right] = [Number(value), Number(wanted)]
  if (typeof value !== 'number' || Number.isNaN(right)) return false
  switch (operator) {
    case '<':
      return left < right
    case '<=':
      return left <= right
    case '>':
      return left > right
    case '>=':
      return left >= right
    default:
      throw invalid(`unknown operator ${operator}`)
  }
}

/** `*` is the only wildcard. */
function like(text: string, pattern: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${parts.join('.*')}$`, 's').test(text)
}
