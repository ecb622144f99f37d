import type { Question } from '../evaluate/question.ts'
import {
  ANY,
  ANY_IN_SEGMENT,
  type Codes,
  matchCodes,
  matchSegmentCodes,
  ONE,
  ONE_IN_SEGMENT,
  pushCodes,
} from './codes.ts'
import { compileGlob, type Matcher } from './glob.ts'
import { type Dialect, type Token, tokenise } from './tokens.ts'

/** An ARN has six parts; the last one, the resource, may hold colons itself. */
const segments = 6

/**
 * Pattern of a `Resource` element. IAM User Guide, "IAM JSON policy elements: Resource": wildcards stay within a segment
 * (the parts between colons), but a `*` that ends a segment "can expand to match beyond the colon boundaries".
 * Variables count only in the resource part, after the fifth colon ("Where you can use policy variables").
 */
export function compileResource(pattern: string, variables: boolean, path: string): Matcher {
  if (pattern === '*') return () => true
  const { head, tail } = splitAfterFifthColon(pattern)
  const headTokens = tokenise(head, { wildcards: true, variables: false }, path)
  const tokens = [...headTokens, ...tokenise(tail, { wildcards: true, variables }, path)]
  if (!headTokens.some((token) => token.kind === 'any' || token.kind === 'one')) return compileGlob(joinText(tokens))
  const frame: Codes = []
  pushCodes(frame, headTokens, undefined)
  confine(frame)
  const mixed = frame.includes(ANY_IN_SEGMENT)
  const match = mixed ? matchSegmentCodes : matchCodes
  const tailTokens = tokens.slice(headTokens.length)
  if (!tailTokens.some((token) => token.kind === 'variable')) {
    pushCodes(frame, tailTokens, undefined)
    const prefix = literalPrefix(frame)
    return mixed
      ? (value) => match(frame, value)
      : (value) => value.startsWith(prefix) && matchCodes(frame, value, prefix.length)
  }
  return (value, question) => {
    const codes = frame.slice()
    return pushCodes(codes, tailTokens, question) && match(codes, value)
  }
}

/** Keeps wildcards of the first five parts inside their part, but for a `*` at a part's end. */
export function confine(codes: Codes): void {
  const colon = ':'.charCodeAt(0)
  for (let at = 0; at < codes.length; at++) {
    if (codes[at] === ONE) codes[at] = ONE_IN_SEGMENT
    else if (codes[at] === ANY && at + 1 < codes.length && codes[at + 1] !== colon) codes[at] = ANY_IN_SEGMENT
  }
}

function literalPrefix(codes: Codes): string {
  const end = codes.findIndex((code) => code < 0)
  return String.fromCharCode(...codes.slice(0, end < 0 ? codes.length : end))
}

/** A Resource pattern's first five parts, and the resource part, the only one in which variables count. */
export function splitAfterFifthColon(pattern: string): { head: string; tail: string } {
  let colons = 0
  for (let at = 0; at < pattern.length; at++) {
    if (pattern[at] === ':' && ++colons === segments - 1)
      return { head: pattern.slice(0, at + 1), tail: pattern.slice(at + 1) }
  }
  return { head: pattern, tail: '' }
}

function joinText(tokens: readonly Token[]): Token[] {
  const joined: Token[] = []
  for (const token of tokens) {
    const last = joined.at(-1)
    if (token.kind === 'text' && last?.kind === 'text')
      joined[joined.length - 1] = { kind: 'text', text: last.text + token.text }
    else joined.push(token)
  }
  return joined
}

/**
 * Pattern of the Arn condition operators: "each of the six colon-delimited components of the ARN is checked separately"
 * (IAM User Guide, "Amazon Resource Name (ARN) condition operators"), so no wildcard crosses a colon. ArnEquals and
 * ArnLike behave identically. A lone `*` matches every value.
 */
export function compileArnCondition(pattern: string, dialect: Dialect, path: string): Matcher {
  if (pattern === '*') return () => true
  const tokens = tokenise(pattern, dialect, path)
  // Nothing to compare segment by segment: a plain ARN, or a variable that stands for a whole one.
  if (tokens.length === 1 && (tokens[0]!.kind === 'text' || tokens[0]!.kind === 'variable')) return compileGlob(tokens)
  const matchers = splitTokens(tokens).map(compileGlob)
  if (matchers.length !== segments) return () => false
  return (value, question) => matchSegments(matchers, value, question)
}

function matchSegments(matchers: readonly Matcher[], value: string, question: Question): boolean {
  let start = 0
  for (let index = 0; index < segments - 1; index++) {
    const end = value.indexOf(':', start)
    if (end < 0 || !matchers[index]!(value.slice(start, end), question)) return false
    start = end + 1
  }
  return matchers[segments - 1]!(value.slice(start), question)
}

/** The parts of a pattern of the Arn operators, as tokens; six when it can match an ARN. */
export function splitTokens(tokens: readonly Token[]): Token[][] {
  const parts: Token[][] = [[]]
  for (const token of tokens) {
    if (token.kind !== 'text') {
      parts.at(-1)!.push(token)
      continue
    }
    let rest = token.text
    let colon = rest.indexOf(':')
    while (colon >= 0 && parts.length < segments) {
      if (colon > 0) parts.at(-1)!.push({ kind: 'text', text: rest.slice(0, colon) })
      parts.push([])
      rest = rest.slice(colon + 1)
      colon = rest.indexOf(':')
    }
    if (rest) parts.at(-1)!.push({ kind: 'text', text: rest })
  }
  return parts
}
