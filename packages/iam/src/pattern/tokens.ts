import type { KeyReader } from '../condition/key-reader.ts'
import { readKey } from '../condition/key-reader.ts'
import { PolicyError } from '../policy/policy-error.ts'

/** A piece of a pattern. `any` is `*`, `one` is `?`; the value of a variable is always literal text. */
export type Token =
  | { kind: 'text'; text: string }
  | { kind: 'any' }
  | { kind: 'one' }
  | { kind: 'variable'; key: string; read: KeyReader; fallback: string | undefined }

export interface Dialect {
  /** `*` and `?` are wildcards. */
  wildcards: boolean
  /** `${key}` is substituted: only under Version 2012-10-17 (IAM User Guide, "IAM JSON policy elements: Version"). */
  variables: boolean
}

/** Splits a pattern. Where variables are off, `${…}` is ordinary text, as AWS treats it. */
export function tokenise(text: string, dialect: Dialect, path = ''): Token[] {
  const tokens: Token[] = []
  let literal = ''
  const flush = () => {
    if (literal) tokens.push({ kind: 'text', text: literal })
    literal = ''
  }
  for (let at = 0; at < text.length; at++) {
    const char = text[at]!
    if (dialect.variables && char === '$' && text[at + 1] === '{') {
      const end = closingBrace(text, at, path)
      const body = text.slice(at + 2, end)
      at = end
      // "Special characters": ${*}, ${?} and ${$} stand for the characters themselves.
      if (body === '*' || body === '?' || body === '$') {
        literal += body
        continue
      }
      flush()
      tokens.push(variable(body, path))
    } else if (dialect.wildcards && char === '*') {
      flush()
      if (tokens.at(-1)?.kind !== 'any') tokens.push({ kind: 'any' })
    } else if (dialect.wildcards && char === '?') {
      flush()
      tokens.push({ kind: 'one' })
    } else literal += char
  }
  flush()
  return tokens
}

/** A default may hold any character but a quote, so a brace inside quotes does not close the variable. */
function closingBrace(text: string, start: number, path: string): number {
  let quoted = false
  for (let at = start + 2; at < text.length; at++) {
    if (text[at] === "'") quoted = !quoted
    else if (text[at] === '}' && !quoted) return at
  }
  if (quoted) throw new PolicyError('MISSING_QUOTE_IN_VARIABLE', path, `the default in '${text}' has no closing quote`)
  throw new PolicyError('MISSING_BRACE_IN_VARIABLE', path, `the variable in '${text}' has no closing brace`)
}

function variable(body: string, path: string): Token {
  const parts = /^\s*([^,']+?)\s*(?:,\s*'([^']*)'\s*)?$/.exec(body)
  if (!parts) {
    if (body.trim() === '') throw new PolicyError('EMPTY_VARIABLE', path, 'a policy variable has no name')
    throw new PolicyError(
      'MISSING_QUOTE_IN_VARIABLE',
      path,
      `'\${${body}}' is not of the form \${key} or \${key, 'default'}`,
    )
  }
  return { kind: 'variable', key: parts[1]!, read: readKey(parts[1]!), fallback: parts[2] }
}
