import type { Question } from '../evaluate/question.ts'
import type { Token } from './tokens.ts'

/** `*` */
export const ANY = -1
/** `?` */
export const ONE = -2
/** `*` that stays inside a segment of an ARN */
export const ANY_IN_SEGMENT = -3
/** `?` that stays inside a segment of an ARN */
export const ONE_IN_SEGMENT = -4
const colon = 58

/** A pattern as numbers: character codes, and wildcards below zero, so that no character can pose as a wildcard. */
export type Codes = number[]

/**
 * Pushes the codes of tokens, variables replaced by their values.
 *
 * @returns false when a variable has no value: the pattern then matches nothing (IAM User Guide, "Policy variables with
 * no value"). Multivalued keys have no single value to insert.
 */
export function pushCodes(codes: Codes, tokens: readonly Token[], question: Question | undefined): boolean {
  for (const token of tokens) {
    if (token.kind === 'any') codes.push(ANY)
    else if (token.kind === 'one') codes.push(ONE)
    else if (token.kind === 'text') pushText(codes, token.text)
    else {
      const value = question && token.read(question)
      const text = value === undefined ? token.fallback : single(value)
      if (text === undefined) return false
      pushText(codes, text)
    }
  }
  return true
}

function single(value: string | number | boolean | readonly string[]): string | undefined {
  if (typeof value !== 'object') return String(value)
  return value.length === 1 ? value[0] : undefined
}

function pushText(codes: Codes, text: string): void {
  for (let at = 0; at < text.length; at++) codes.push(text.charCodeAt(at))
}

/** Whether the codes from `start` match the value from `start`. Linear but for one step back per `*`. */
export function matchCodes(codes: Codes, value: string, start = 0): boolean {
  let at = start
  let position = start
  let star = -1
  let resume = 0
  while (position < value.length) {
    const code = codes[at]
    const char = value.charCodeAt(position)
    if (code === char || code === ONE || (code === ONE_IN_SEGMENT && char !== colon)) {
      at++
      position++
    } else if (code === ANY) {
      star = at++
      if (at === codes.length) return true
      resume = position
    } else if (star >= 0) {
      at = star + 1
      position = ++resume
    } else return false
  }
  while (codes[at] === ANY) at++
  return at === codes.length
}

/** As `matchCodes`, for patterns with `ANY_IN_SEGMENT`, where one step back is not enough: walks all states at once. */
export function matchSegmentCodes(codes: Codes, value: string): boolean {
  let states = closure(new Set([0]), codes)
  for (let position = 0; position < value.length && states.size > 0; position++) {
    const char = value.charCodeAt(position)
    const next = new Set<number>()
    for (const at of states) {
      const code = codes[at]
      if (code === ANY || (code === ANY_IN_SEGMENT && char !== colon)) next.add(at)
      else if (code === char || code === ONE || (code === ONE_IN_SEGMENT && char !== colon)) next.add(at + 1)
    }
    states = closure(next, codes)
  }
  return states.has(codes.length)
}

function closure(states: Set<number>, codes: Codes): Set<number> {
  for (const at of states) if (codes[at] === ANY || codes[at] === ANY_IN_SEGMENT) states.add(at + 1)
  return states
}
