import type { PolicyDocument } from '../policy/document.ts'
import { checkGrammar } from '../policy/parse.ts'
import { PolicyError } from '../policy/policy-error.ts'
import { compileStatements } from '../policy/statement.ts'
import type { Prohibition } from './bundle.ts'
import { canonicalKey } from './keys/key-facts.ts'
import type { KeyCondition } from './keys/key-values.ts'
import { variablesOf } from './search/universe.ts'

const statementPath = 'Statement[0].Condition'

/** An invariant's Condition block as the evaluator reads one. */
export function conditionsOf(when: Prohibition['when']): readonly KeyCondition[] {
  if (when === undefined || when === null) return []
  const [statement] = compileStatements(documentOf(when))
  return statement!.conditions.map((condition) => ({ condition, variables: true }))
}

/** @throws {PolicyError} when AWS would not take the Condition block; its path leads through the bundle */
export function checkWhen(when: Prohibition['when'], path: string): void {
  if (when === undefined || when === null) return
  try {
    compileStatements(checkGrammar(documentOf(when)))
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error
    const message = error.message.slice(`${error.path}: `.length)
    throw new PolicyError(error.code, error.path.replace(statementPath, path), message)
  }
}

/** The block without the conditions that insert one of the keys (in canonical form): more requests satisfy it. */
export function withoutVariables(
  when: NonNullable<Prohibition['when']>,
  names: ReadonlySet<string>,
): Prohibition['when'] {
  const coupled = new Set(
    conditionsOf(when)
      .filter((one) => variablesOf(one).some((name) => names.has(canonicalKey(name))))
      .map(({ condition }) => `${condition.operator} ${condition.key}`),
  )
  const kept = Object.entries(when).map(([operator, keys]) => [
    operator,
    Object.fromEntries(Object.entries(keys).filter(([key]) => !coupled.has(`${operator} ${key}`))),
  ])
  return Object.fromEntries(kept)
}

function documentOf(when: object): PolicyDocument {
  const Condition = when as Record<string, Record<string, string[]>>
  return { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*', Condition } }
}

/** Keys that the conditions compare or insert, in canonical form. */
export function keysOf(when: readonly KeyCondition[]): readonly string[] {
  return when.flatMap((one) => [one.condition.key, ...variablesOf(one)]).map(canonicalKey)
}
