import type { PolicyDocument } from '../policy/document.ts'
import { checkGrammar } from '../policy/parse.ts'
import { PolicyError } from '../policy/policy-error.ts'
import { compileStatements } from '../policy/statement.ts'
import type { Prohibition } from './bundle.ts'
import type { KeyCondition } from './keys/key-values.ts'

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

function documentOf(when: object): PolicyDocument {
  const Condition = when as Record<string, Record<string, string[]>>
  return { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*', Condition } }
}
