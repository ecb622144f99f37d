import type { PolicyType } from '../evaluate/decision.ts'
import { checkGrammar } from './parse.ts'
import { type CompiledStatement, compileStatements } from './statement.ts'

/** A policy document compiled once; opaque to callers. See `compilePolicy`. */
export interface CompiledPolicy {
  readonly name: string
}

/** Statements of a policy that speak about one action. */
export interface ActionStatements {
  readonly denies: readonly CompiledStatement[]
  readonly allows: readonly CompiledStatement[]
}

export interface CompileOptions {
  /** Name by which decisions refer to the policy. */
  name: string
  /** Kind of policy, which decides whether it needs a Principal or Resource. Without it neither is checked. */
  type?: PolicyType | undefined
}

const rememberedActions = 4_096
const nothing: ActionStatements = { denies: [], allows: [] }

/** What hides behind `CompiledPolicy`: statements as tests, and per action those that matter. */
export class StatementIndex implements CompiledPolicy {
  readonly name: string
  readonly statements: readonly CompiledStatement[]
  readonly #byAction = new Map<string, ActionStatements>()

  constructor(name: string, statements: readonly CompiledStatement[]) {
    this.name = name
    this.statements = statements
  }

  /** Statements whose Action or NotAction covers the action. Remembered: the same few actions come again and again. */
  forAction(action: string): ActionStatements {
    return this.#byAction.get(action) ?? this.#select(action)
  }

  #select(action: string): ActionStatements {
    const lowered = action.toLowerCase()
    const matching = this.statements.filter((statement) => statement.action(lowered))
    const selected =
      matching.length === 0
        ? nothing
        : {
            denies: matching.filter(({ effect }) => effect === 'Deny'),
            allows: matching.filter(({ effect }) => effect === 'Allow'),
          }
    if (this.#byAction.size >= rememberedActions) this.#byAction.clear()
    this.#byAction.set(action, selected)
    return selected
  }
}

/**
 * Validates a policy document and turns it into tests.
 *
 * @param document parsed JSON, or its text
 * @throws {PolicyError} when AWS would not store it
 */
export function compilePolicy(document: unknown, options: CompileOptions): CompiledPolicy {
  return new StatementIndex(options.name, compileStatements(checkGrammar(document, options.type)))
}
