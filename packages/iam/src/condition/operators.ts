import { compileArnCondition } from '../pattern/arn.ts'
import { compileGlob, type Matcher } from '../pattern/glob.ts'
import { tokenise } from '../pattern/tokens.ts'
import { parseInstant } from './instant.ts'
import { contains, type IpRange, parseAddress, parseRange } from './ip-range.ts'

/** How an operator tests one request value against the values of the policy: true when any of them matches. */
export interface Operator {
  /** Matches when no value matches, and when the key is absent. */
  negated: boolean
  compile: (values: readonly string[], source: Source) => Matcher
}

/** What compiling needs to know of the policy: whether variables count there, and where the values stand. */
interface Source {
  variables: boolean
  path: string
}

const strings = (negated: boolean): Operator => ({ negated, compile: compileEquals })
const stringsIgnoringCase = (negated: boolean): Operator => ({ negated, compile: compileEqualsIgnoringCase })
const like = (negated: boolean): Operator => ({ negated, compile: compileLike })
const arns = (negated: boolean): Operator => ({ negated, compile: compileArns })
const addresses = (negated: boolean): Operator => ({ negated, compile: compileAddresses })
const numbers = (compare: Comparison, negated = false): Operator => ({
  negated,
  compile: (values) => compileComparison(values, parseNumber, compare),
})
const dates = (compare: Comparison, negated = false): Operator => ({
  negated,
  compile: (values) => compileComparison(values, parseInstant, compare),
})

type Comparison = (request: number, policy: number) => boolean
const equal: Comparison = (request, policy) => request === policy
const less: Comparison = (request, policy) => request < policy
const lessOrEqual: Comparison = (request, policy) => request <= policy
const greater: Comparison = (request, policy) => request > policy
const greaterOrEqual: Comparison = (request, policy) => request >= policy

/** All operators but Null (IAM User Guide, "IAM JSON policy elements: Condition operators"), by lower-case name. */
export const operators: ReadonlyMap<string, Operator> = new Map(
  Object.entries({
    StringEquals: strings(false),
    StringNotEquals: strings(true),
    StringEqualsIgnoreCase: stringsIgnoringCase(false),
    StringNotEqualsIgnoreCase: stringsIgnoringCase(true),
    StringLike: like(false),
    StringNotLike: like(true),
    NumericEquals: numbers(equal),
    NumericNotEquals: numbers(equal, true),
    NumericLessThan: numbers(less),
    NumericLessThanEquals: numbers(lessOrEqual),
    NumericGreaterThan: numbers(greater),
    NumericGreaterThanEquals: numbers(greaterOrEqual),
    DateEquals: dates(equal),
    DateNotEquals: dates(equal, true),
    DateLessThan: dates(less),
    DateLessThanEquals: dates(lessOrEqual),
    DateGreaterThan: dates(greater),
    DateGreaterThanEquals: dates(greaterOrEqual),
    Bool: { negated: false, compile: compileBool },
    BinaryEquals: { negated: false, compile: compileBinary },
    IpAddress: addresses(false),
    NotIpAddress: addresses(true),
    ArnEquals: arns(false),
    ArnLike: arns(false),
    ArnNotEquals: arns(true),
    ArnNotLike: arns(true),
  }).map(([name, operator]) => [name.toLowerCase(), operator]),
)

function compileEquals(values: readonly string[], source: Source): Matcher {
  const isLiteral = !source.variables || !values.some((value) => value.includes('${'))
  if (isLiteral && values.length === 1) {
    const only = values[0]!
    return (value) => value === only
  }
  if (isLiteral) {
    const set = new Set(values)
    return (value) => set.has(value)
  }
  return any(values.map((value) => compileGlob(tokenise(value, { wildcards: false, ...source }, source.path))))
}

function compileEqualsIgnoringCase(values: readonly string[], source: Source): Matcher {
  return any(values.map((value) => ignoringCase(value, source)))
}

/** Variables are filled in before case is ignored, so the whole comparison is done on lower-case text. */
function ignoringCase(policyValue: string, source: Source): Matcher {
  const tokens = tokenise(policyValue, { wildcards: false, ...source }, source.path)
  const lowered = tokens.map((token) => {
    if (token.kind === 'text') return { ...token, text: token.text.toLowerCase() }
    if (token.kind !== 'variable') return token
    const { read, fallback } = token
    return {
      ...token,
      fallback: fallback?.toLowerCase(),
      read: (question: Parameters<typeof read>[0]) => {
        const value = read(question)
        return typeof value === 'string' ? value.toLowerCase() : value
      },
    }
  })
  const match = compileGlob(lowered)
  return (value, question) => match(value.toLowerCase(), question)
}

function compileLike(values: readonly string[], source: Source): Matcher {
  return any(values.map((value) => compileGlob(tokenise(value, { wildcards: true, ...source }, source.path))))
}

function compileArns(values: readonly string[], source: Source): Matcher {
  return any(values.map((value) => compileArnCondition(value, { wildcards: true, ...source }, source.path)))
}

function compileComparison(values: readonly string[], parse: (text: string) => number, compare: Comparison): Matcher {
  const wanted = values.map(parse).filter((value) => !Number.isNaN(value))
  return (value) => {
    const actual = parse(value)
    return !Number.isNaN(actual) && wanted.some((one) => compare(actual, one))
  }
}

function parseNumber(text: string): number {
  return /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text) ? Number(text) : Number.NaN
}

function compileBool(values: readonly string[]): Matcher {
  const wanted = new Set<string>(
    values.map((value) => value.toLowerCase()).filter((value) => value === 'true' || value === 'false'),
  )
  return (value) => wanted.has(value.toLowerCase())
}

/** Compares the bytes that base64 stands for, not its spelling. */
function compileBinary(values: readonly string[]): Matcher {
  const canonical = (value: string) => Buffer.from(value, 'base64').toString('base64')
  const wanted = new Set<string>(values.map(canonical))
  return (value) => wanted.has(canonical(value))
}

function compileAddresses(values: readonly string[]): Matcher {
  const ranges = values.map(parseRange).filter((range): range is IpRange => range !== undefined)
  return (value) => {
    const address = parseAddress(value)
    return address !== undefined && ranges.some((range) => contains(range, address))
  }
}

function any(matchers: readonly Matcher[]): Matcher {
  const [only, second] = matchers
  if (only && !second) return only
  return (value, question) => {
    for (const match of matchers) if (match(value, question)) return true
    return false
  }
}
