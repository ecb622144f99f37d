import { parseOperator } from '../../condition/condition.ts'
import type { Question } from '../../evaluate/question.ts'
import { compileResource } from '../../pattern/arn.ts'
import type { CompiledPolicy, StatementIndex } from '../../policy/compile.ts'
import { listOf } from '../../policy/document.ts'
import type { CompiledStatement } from '../../policy/statement.ts'
import { canonicalKey, principalTagOf, resourceTagOf, subjectOf } from '../keys/key-facts.ts'
import type { KeyCondition } from '../keys/key-values.ts'
import { familyOf, variablesIn } from '../keys/match-patterns.ts'

/** The patterns of a Resource or NotResource element; statements with the same ones share them. */
export interface PatternSet {
  readonly id: number
  readonly patterns: readonly string[]
  readonly variables: boolean
  /** Policy variables in the patterns. */
  readonly names: readonly string[]
  readonly matches: (question: Question) => boolean
}

let count = 0

/** The statements that speak about some action, and what they tell apart: all that a search for the action looks at. */
export class Universe {
  /** No other has it. */
  readonly id = count++
  readonly statements: readonly CompiledStatement[]
  readonly patternSets: readonly PatternSet[]
  /** Keys with a value of their own that a condition or policy variable reads, in canonical form. */
  readonly contextKeys: readonly string[]
  /** Tags of principals and of resources that are read, in lower case. */
  readonly principalTags: ReadonlySet<string>
  readonly resourceTags: ReadonlySet<string>
  readonly #idOf: (statement: CompiledStatement) => number
  readonly #ids: ReadonlySet<number>
  readonly #conditions = new Map<string, KeyCondition[]>()
  readonly #remembered = new Map<string, unknown>()
  readonly #rememberedOf = new WeakMap<object, Map<string, unknown>>()
  #spellings: ReadonlyMap<string, string> | undefined

  /** @param idOf a number for each statement, the same for equal ones; no two of `statements` have the same */
  constructor(statements: readonly CompiledStatement[], idOf: (statement: CompiledStatement) => number) {
    this.statements = statements
    this.#idOf = idOf
    this.#ids = new Set(statements.map(idOf))
    this.patternSets = patternSetsOf(statements)
    for (const { conditions, variables } of statements) {
      for (const condition of conditions) {
        const key = canonicalKey(condition.key)
        const list = this.#conditions.get(key) ?? []
        this.#conditions.set(key, list)
        list.push({ condition, variables })
      }
    }
    const keys = [...new Set(keysIn(statements).map(canonicalKey))]
    this.contextKeys = keys.filter((key) => subjectOf(key) === 'context').sort()
    this.principalTags = tagsAmong(keys, principalTagOf)
    this.resourceTags = tagsAmong(keys, resourceTagOf)
  }

  /** The policy's statements that are among these, the same text for equal ones. */
  shareOf(policy: CompiledPolicy): string {
    return this.rememberOf(policy, 'share', () => {
      const own = (policy as StatementIndex).statements.map(this.#idOf).filter((id) => this.#ids.has(id))
      return [...new Set(own)].sort((a, b) => a - b).join()
    })
  }

  /** Pattern sets that could match an ARN of this service. */
  setsAround(arn: string): readonly PatternSet[] {
    const service = arn.split(':', 3).join(':')
    return this.remember(`sets around ${service}`, () =>
      this.patternSets.filter(({ patterns }) => patterns.some((one) => agree(literalHead(one), `${service}:`))),
    )
  }

  /** What classes of resources depend on besides these statements: all that their variables' values do. */
  dependsOn(when: readonly KeyCondition[], callers: readonly string[]): unknown {
    if (this.patternSets.every(({ names }) => names.length === 0)) return undefined
    return [callers, when.map(({ condition: { operator, key, values } }) => [operator, key, values])]
  }

  /** What was found once for all searches over these statements: `name` holds whatever else it depends on. */
  remember<Value>(name: string, find: () => Value): Value {
    return remembered(this.#remembered, name, find)
  }

  recall<Value>(name: string): Value | undefined {
    return this.#remembered.get(name) as Value | undefined
  }

  /** As `remember`, of what depends on the object too. */
  rememberOf<Value>(object: object, name: string, find: () => Value): Value {
    const known = this.#rememberedOf.get(object) ?? new Map<string, unknown>()
    this.#rememberedOf.set(object, known)
    return remembered(known, name, find)
  }

  /** Every condition on a key, given in its canonical form. */
  conditionsOn(key: string): readonly KeyCondition[] {
    return this.#conditions.get(key) ?? []
  }

  /** All keys of conditions, in canonical form. */
  conditionKeys(): Iterable<string> {
    return this.#conditions.keys()
  }

  /** A key as some policy spells it. */
  spellingOf(key: string): string | undefined {
    this.#spellings ??= new Map(keysIn(this.statements).map((name) => [canonicalKey(name), name]))
    return this.#spellings.get(key)
  }
}

function remembered<Value>(known: Map<string, unknown>, name: string, find: () => Value): Value {
  if (known.has(name)) return known.get(name) as Value
  const value = find()
  known.set(name, value)
  return value
}

/** Tags that the keys, in canonical form, read. */
export function tagsAmong(keys: readonly string[], tagOf: (key: string) => string | undefined): ReadonlySet<string> {
  return new Set(keys.map(tagOf).filter((tag) => tag !== undefined))
}

/** All keys of conditions and policy variables, as the statements spell them. */
export function keysIn(statements: readonly CompiledStatement[]): readonly string[] {
  return statements.flatMap((statement) => [...statement.conditions.map(({ key }) => key), ...insertedBy(statement)])
}

/** Policy variables in a statement's resources and conditions. */
export function insertedBy(statement: CompiledStatement): readonly string[] {
  const { conditions, variables } = statement
  return [
    ...resourceVariablesOf(statement),
    ...conditions.flatMap((condition) => variablesOf({ condition, variables })),
  ]
}

/** Policy variables in the values of a condition; numbers, dates and addresses have none. */
export function variablesOf({ condition, variables }: KeyCondition): readonly string[] {
  if (!variables || !isText(condition.operator)) return []
  return [...new Set(condition.values.flatMap(variablesIn))]
}

/** Policy variables in a statement's Resource or NotResource. */
export function resourceVariablesOf({ source, variables }: CompiledStatement): readonly string[] {
  if (!variables) return []
  return [...new Set(listOf(source.NotResource ?? source.Resource).flatMap(variablesIn))]
}

function isText(operator: string): boolean {
  const { base } = parseOperator(operator, '')
  return familyOf(base) === 'text' && base !== 'bool' && base !== 'binaryequals'
}

function patternSetsOf(statements: readonly CompiledStatement[]): PatternSet[] {
  const found = new Map<string, PatternSet>()
  for (const statement of statements) {
    if (statement.resource === undefined) continue
    const patterns = listOf(statement.source.NotResource ?? statement.source.Resource)
    const { variables } = statement
    const key = JSON.stringify([patterns, variables])
    if (found.has(key)) continue
    const matchers = patterns.map((pattern) => compileResource(pattern, variables, ''))
    found.set(key, {
      id: found.size,
      patterns,
      variables,
      names: resourceVariablesOf(statement),
      matches: (question) => matchers.some((match) => match(question.resource, question)),
    })
  }
  return [...found.values()]
}

/** The text of a pattern before its first wildcard or variable. */
export function literalHead(pattern: string): string {
  const end = pattern.search(/[*?]|\$\{/)
  return end < 0 ? pattern : pattern.slice(0, end)
}

/** Whether two texts agree as far as both go. */
export function agree(one: string, other: string): boolean {
  return one.startsWith(other) || other.startsWith(one)
}
