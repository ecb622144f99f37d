import type { Question } from '../evaluate/question.ts'
import { type Codes, matchCodes, pushCodes } from './codes.ts'
import type { Token } from './tokens.ts'

export type Matcher = (value: string, question: Question) => boolean

/** Compiles tokens to the cheapest test that decides them. */
export function compileGlob(tokens: readonly Token[]): Matcher {
  if (tokens.some((token) => token.kind === 'variable')) return compileVariable(tokens)
  const [first, second, third] = tokens
  if (!first) return (value) => value === ''
  if (!second && first.kind === 'text') return (value) => value === first.text
  if (!second && first.kind === 'any') return () => true
  if (!third && first.kind === 'text' && second?.kind === 'any') return (value) => value.startsWith(first.text)
  if (!third && first.kind === 'any' && second?.kind === 'text') return (value) => value.endsWith(second.text)
  const codes: Codes = []
  pushCodes(codes, tokens, undefined)
  if (first.kind !== 'text') return (value) => matchCodes(codes, value)
  return (value) => value.startsWith(first.text) && matchCodes(codes, value, first.text.length)
}

function compileVariable(tokens: readonly Token[]): Matcher {
  return (value, question) => {
    const codes: Codes = []
    return pushCodes(codes, tokens, question) && matchCodes(codes, value)
  }
}
