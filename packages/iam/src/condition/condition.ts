import type { Question } from '../evaluate/question.ts'
import type { ContextValue } from '../evaluate/request.ts'
import type { Matcher } from '../pattern/glob.ts'
import type { ConditionValue } from '../policy/document.ts'
import { PolicyError } from '../policy/policy-error.ts'
import { type KeyReader, readKey } from './key-reader.ts'
import { operators } from './operators.ts'

/** One key under one operator of a Condition block. All of a statement's conditions must hold. */
export interface CompiledCondition {
  operator: string
  key: string
  values: readonly string[]
  holds: (question: Question) => boolean
  read: KeyReader
}

type Quantifier = 'ForAllValues' | 'ForAnyValue' | undefined

interface OperatorName {
  quantifier: Quantifier
  base: string
  ifExists: boolean
}

/**
 * Splits `ForAnyValue:StringLikeIfExists`. Operator names compare without case.
 *
 * @throws {PolicyError} for an operator that AWS does not have
 */
export function parseOperator(name: string, path: string): OperatorName {
  const parts = /^(?:(forallvalues|foranyvalue):)?(.+?)(ifexists)?$/i.exec(name)
  const base = parts?.[2]?.toLowerCase() ?? ''
  const ifExists = parts?.[3] !== undefined
  if (base === 'null' && ifExists) {
    throw new PolicyError(
      'NULL_WITH_IF_EXISTS',
      path,
      'the Null condition operator cannot be used with the IfExists suffix',
    )
  }
  const isKnown = base === 'null' ? parts?.[1] === undefined : operators.has(base)
  if (!parts || !isKnown) {
    throw new PolicyError('INVALID_CONDITION_OPERATOR', path, `'${name}' is no condition operator: use a valid one`)
  }
  const set = parts[1]?.toLowerCase()
  const quantifier = set === 'forallvalues' ? 'ForAllValues' : set === 'foranyvalue' ? 'ForAnyValue' : undefined
  return { quantifier, base, ifExists }
}

export function compileCondition(
  operator: string,
  key: string,
  given: ConditionValue | readonly ConditionValue[],
  source: { variables: boolean; path: string },
): CompiledCondition {
  const { quantifier, base, ifExists } = parseOperator(operator, source.path)
  const values = (Array.isArray(given) ? given : [given]).map(String)
  const read = readKey(key)
  if (base === 'null') return { operator, key, values, read, holds: compileNull(read, values) }
  const { negated, compile } = operators.get(base)!
  const match = compile(values, source)
  const test = { match, negated, absent: ifExists || negated }
  if (quantifier === 'ForAllValues') return { operator, key, values, read, holds: forAllValues(read, test) }
  if (quantifier === 'ForAnyValue')
    return { operator, key, values, read, holds: forAnyValue(read, { ...test, absent: ifExists }) }
  return { operator, key, values, read, holds: single(read, test) }
}

interface Test {
  match: Matcher
  negated: boolean
  /** Outcome when the request lacks the key. */
  absent: boolean
}

/** `"true"`: the key must be absent; `"false"`: it must be there. Several values are alternatives. */
function compileNull(read: KeyReader, values: readonly string[]): CompiledCondition['holds'] {
  const acceptsAbsent = values.some((value) => value.toLowerCase() === 'true')
  const acceptsPresent = values.some((value) => value.toLowerCase() === 'false')
  return (question) => (read(question) === undefined ? acceptsAbsent : acceptsPresent)
}

/**
 * No set operator. A multivalued key should have one; without it any value may match, and a negated operator holds when
 * none does.
 */
function single(read: KeyReader, { match, negated, absent }: Test): CompiledCondition['holds'] {
  return (question) => {
    const value = read(question)
    if (typeof value === 'string') return match(value, question) !== negated
    if (value === undefined) return absent
    return someMatch(match, value, question) !== negated
  }
}

/**
 * Every value of the request must pass; true "if there are no context keys in the request, or if the context key value
 * resolves to a null dataset, such as an empty string" (IAM User Guide, "Set operators for multivalued context keys").
 */
function forAllValues(read: KeyReader, { match, negated }: Test): CompiledCondition['holds'] {
  return (question) => {
    const value = read(question)
    if (value === undefined || isNullSet(value)) return true
    for (const one of valuesOf(value)) if (match(one, question) === negated) return false
    return true
  }
}

/** At least one value of the request must pass; false when there is none. */
function forAnyValue(read: KeyReader, { match, negated, absent }: Test): CompiledCondition['holds'] {
  return (question) => {
    const value = read(question)
    if (value === undefined) return absent
    if (isNullSet(value)) return false
    for (const one of valuesOf(value)) if (match(one, question) !== negated) return true
    return false
  }
}

function someMatch(match: Matcher, value: ContextValue, question: Question): boolean {
  for (const one of valuesOf(value)) if (match(one, question)) return true
  return false
}

function isNullSet(value: ContextValue): boolean {
  return value === '' || (typeof value === 'object' && value.every((one) => one === ''))
}

function valuesOf(value: ContextValue): readonly string[] {
  return typeof value === 'object' ? value : [String(value)]
}
