import { parseOperator } from '../../condition/condition.ts'
import type { Question } from '../../evaluate/question.ts'
import { compileResource } from '../../pattern/arn.ts'
import type { CompiledPolicy, StatementIndex } from '../../policy/compile.ts'
import { listOf } from '../../policy/document.ts'
import type { CompiledStatement } from '../../policy/statement.ts'
import { canonicalKey } from '../keys/key-facts.ts'
import type { KeyCondition } from '../keys/key-values.ts'
import { familyOf, variablesIn } from '../keys/match-patterns.ts'

import { ActionIndex } from './action-index.ts'

/** The patterns of a Resource or NotResource element; statements with the same ones share them. */
export interface PatternSet {
  readonly id: number
  readonly patterns: readonly string[]
  readonly variables: boolean
  /** Policy variables in the patterns. */
  readonly names: readonly string[]
  readonly matches: (question: Question) => boolean
}

/** Everything that any policy of a search speaks about, so that classes are the same for all its actions. */
export class Universe {
  readonly policies: readonly StatementIndex[]
  readonly statements: readonly CompiledStatement[]
  readonly patternSets: readonly PatternSet[]
  readonly #conditions = new Map<string, KeyCondition[]>()
  readonly #remembered = new Map<string, unknown>()
  #spellings: ReadonlyMap<string, string> | undefined
  readonly #actions: ActionIndex

  constructor(policies: Iterable<CompiledPolicy>) {
    this.policies = [...new Set(policies)] as StatementIndex[]
    this.statements = this.policies.flatMap(({ statements }) => statements)
    this.#actions = new ActionIndex(this.statements)
    this.patternSets = patternSetsOf(this.statements)
    for (const { conditions, variables } of this.statements) {
      for (const condition of conditions) {
        const key = canonicalKey(condition.key)
        const list = this.#conditions.get(key) ?? []
        this.#conditions.set(key, list)
        list.push({ condition, variables })
      }
    }
  }

  /** Pattern sets that could match an ARN of this service. */
  setsAround(arn: string): readonly PatternSet[] {
    const service = arn.split(':', 3).join(':')
    return this.remember(`sets around ${service}`, () =>
      this.patternSets.filter(({ patterns }) => patterns.some((one) => agree(literalHead(one), `${service}:`))),
    )
  }

  /** What classes of resources depend on besides these policies: all that their variables' values do. */
  dependsOn(when: readonly KeyCondition[], callers: readonly string[]): unknown {
    if (this.patternSets.every(({ names }) => names.length === 0)) return undefined
    return [callers, when.map(({ condition: { operator, key, values } }) => [operator, key, values])]
  }

  /** What was found once for all searches over these policies: `name` holds whatever else it depends on. */
  remember<Value>(name: string, find: () => Value): Value {
    if (this.#remembered.has(name)) return this.#remembered.get(name) as Value
    const value = find()
    this.#remembered.set(name, value)
    return value
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
    this.#spellings ??= new Map(this.keys().map((name) => [canonicalKey(name), name]))
    return this.#spellings.get(key)
  }

  /** All keys of conditions and policy variables. */
  keys(): readonly string[] {
    return this.statements.flatMap((statement) => [
      ...resourceVariablesOf(statement),
      ...statement.conditions.flatMap((condition) => [
        condition.key,
        ...variablesOf({ condition, variables: statement.variables }),
      ]),
    ])
  }

  /** Statements of any policy that speak about the action. */
  statementsFor(action: string): readonly CompiledStatement[] {
    return this.#actions.statementsFor(action)
  }

  /** Name of the set of statements that speak about the action. */
  signatureOf(action: string): string {
    return this.#actions.signatureOf(action)
  }
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
