export interface JsonError {
  /** From 1. */
  line: number
  column: number
  message: string
}

/**
 * Where a text stops being JSON (RFC 8259), or null when it is. Our own reader, since engines say the place as an
 * offset, as a line and column, or for short texts not at all.
 */
export function jsonError(text: string): JsonError | null {
  try {
    JSON.parse(text)
    return null
  } catch {
    const { at, message } = firstFault(text)
    const before = text.slice(0, at).split('\n')
    return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1, message }
  }
}

class Fault extends Error {
  readonly at: number

  constructor(at: number, wanted: string) {
    super(wanted)
    this.at = at
  }
}

const patterns = {
  space: /[ \t\n\r]*/y,
  // biome-ignore lint/suspicious/noControlCharactersInRegex: JSON allows no control character in a string
  string: /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y,
  scalar: /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y,
}

function firstFault(text: string): { at: number; message: string } {
  let at = 0
  const take = (pattern: RegExp, wanted: string) => {
    pattern.lastIndex = at
    const found = pattern.exec(text)
    if (!found) throw new Fault(at, `${wanted} is expected here`)
    at = pattern.lastIndex
  }
  const skip = () => take(patterns.space, '')
  const eat = (character: string): boolean => {
    if (text[at] !== character) return false
    at++
    skip()
    return true
  }
  /** Items up to the closing bracket; a comma promises another. */
  const items = (close: string, item: () => void) => {
    skip()
    if (eat(close)) return
    do item()
    while (eat(','))
    if (!eat(close)) throw new Fault(at, `',' or '${close}' is expected here`)
  }
  const member = () => {
    take(patterns.string, 'A name in double quotes')
    skip()
    if (!eat(':')) throw new Fault(at, "':' is expected here")
    value()
  }
  const value = () => {
    if (eat('{')) items('}', member)
    else if (eat('[')) items(']', value)
    else take(text[at] === '"' ? patterns.string : patterns.scalar, text[at] === '"' ? 'A closed string' : 'A value')
    skip()
  }
  try {
    skip()
    value()
    return { at, message: 'Nothing is expected after the end' }
  } catch (fault) {
    if (fault instanceof Fault) return { at: fault.at, message: fault.message }
    throw fault
  }
}
