import type { Question } from '../../evaluate/question.ts'
import { confine, splitAfterFifthColon, splitTokens } from '../../pattern/arn.ts'
import { ANY, ANY_IN_SEGMENT, type Codes, ONE, ONE_IN_SEGMENT, pushCodes } from '../../pattern/codes.ts'
import { type Token, tokenise } from '../../pattern/tokens.ts'
import { type Nfa, nfaOfCodes } from '../automaton/nfa.ts'

/** Values of a condition under one operator, as far as they are patterns of text. */
export interface TextPatterns {
  /** Operator in lower case, without set operator and IfExists. */
  readonly base: string
  readonly values: readonly string[]
  /** Policy variables count. */
  readonly variables: boolean
}

const colon = 58

/** The kind of comparison of an operator's base name; values of different kinds have no common classes. */
export function familyOf(base: string): 'text' | 'number' | 'date' | 'address' | 'null' {
  if (base.startsWith('numeric')) return 'number'
  if (base.startsWith('date')) return 'date'
  if (base.endsWith('ipaddress')) return 'address'
  return base === 'null' ? 'null' : 'text'
}

/**
 * Automaton that accepts what a value of the condition matches. It serves to find texts for every class only: whether
 * one matches is always asked of the compiled condition.
 *
 * @param question gives policy variables their values; a pattern whose variable has none matches nothing
 */
export function textNfa({ base, values, variables }: TextPatterns, question: Question | undefined): Nfa {
  const ignoreCase = base.endsWith('ignorecase') || base === 'bool'
  const patterns: Codes[] = []
  for (const value of values) {
    const codes = codesOf(base, value, variables, question)
    if (codes) patterns.push(ignoreCase ? lowered(codes) : codes)
  }
  return nfaOfCodes(patterns, ignoreCase)
}

/** Automaton of the patterns of a Resource or NotResource element; see `compileResource`. */
export function resourceNfa(values: readonly string[], variables: boolean, question: Question | undefined): Nfa {
  const patterns: Codes[] = []
  for (const value of values) {
    const codes = resourceCodes(value, variables, question)
    if (codes) patterns.push(codes)
  }
  return nfaOfCodes(patterns, false)
}

/** Names of the policy variables in a pattern. */
export function variablesIn(value: string): readonly string[] {
  if (!value.includes('${')) return []
  const tokens = tokenise(value, { wildcards: true, variables: true })
  return tokens.flatMap((token) => (token.kind === 'variable' ? [token.key] : []))
}

function codesOf(base: string, value: string, variables: boolean, question: Question | undefined): Codes | undefined {
  if (base === 'bool') return /^(true|false)$/i.test(value) ? plain(value) : undefined
  if (base === 'binaryequals') return plain(Buffer.from(value, 'base64').toString('base64'))
  const isArn = base.startsWith('arn')
  const tokens = tokenise(value, { wildcards: isArn || /^string(not)?like$/.test(base), variables })
  if (isArn && value !== '*' && !isWhole(tokens)) return arnCodes(tokens, question)
  const codes: Codes = []
  return pushCodes(codes, tokens, question) ? codes : undefined
}

/** A plain ARN and a variable that stands for a whole one are not compared part by part; see `compileArnCondition`. */
function isWhole([first, second]: readonly Token[]): boolean {
  return second === undefined && (first?.kind === 'text' || first?.kind === 'variable')
}

function arnCodes(tokens: readonly Token[], question: Question | undefined): Codes | undefined {
  const parts = splitTokens([...tokens])
  if (parts.length !== 6) return undefined
  const codes: Codes = []
  for (const [index, part] of parts.entries()) {
    const piece: Codes = []
    if (!pushCodes(piece, part, question)) return undefined
    if (index === parts.length - 1) return [...codes, ...piece]
    if (piece.includes(colon)) return undefined
    codes.push(...piece.map(inSegment), colon)
  }
  return codes
}

function inSegment(code: number): number {
  if (code === ANY) return ANY_IN_SEGMENT
  return code === ONE ? ONE_IN_SEGMENT : code
}

function resourceCodes(pattern: string, variables: boolean, question: Question | undefined): Codes | undefined {
  const { head, tail } = splitAfterFifthColon(pattern)
  const codes: Codes = []
  pushCodes(codes, tokenise(head, { wildcards: true, variables: false }), undefined)
  confine(codes)
  const rest = tokenise(tail, { wildcards: true, variables })
  return pushCodes(codes, rest, question) ? codes : undefined
}

function plain(text: string): Codes {
  return [...text].map((char) => char.charCodeAt(0))
}

function lowered(codes: Codes): Codes {
  return codes.map((code) => (code < 0 ? code : String.fromCharCode(code).toLowerCase().charCodeAt(0)))
}
