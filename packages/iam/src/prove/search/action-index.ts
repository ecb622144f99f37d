import { listOf } from '../../policy/document.ts'
import type { CompiledStatement } from '../../policy/statement.ts'

/** Statements with the same Action or NotAction. */
interface ActionList {
  readonly id: number
  readonly statements: CompiledStatement[]
  readonly covers: (action: string) => boolean
  readonly inverted: boolean
  /** Services that the patterns name; undefined: any. Outside of them nothing matches. */
  readonly services: ReadonlySet<string> | undefined
}

/** Finds the statements about an action among thousands of actions: by service first. */
export class ActionIndex {
  readonly #lists: readonly ActionList[]
  readonly #byService = new Map<string, { always: readonly ActionList[]; perhaps: readonly ActionList[] }>()
  readonly #found = new Map<string, readonly ActionList[]>()

  constructor(statements: readonly CompiledStatement[]) {
    this.#lists = listsOf(statements)
  }

  statementsFor(action: string): readonly CompiledStatement[] {
    return this.#listsFor(action).flatMap(({ statements }) => statements)
  }

  signatureOf(action: string): string {
    return this.#listsFor(action)
      .map(({ id }) => id)
      .join()
  }

  #listsFor(action: string): readonly ActionList[] {
    const known = this.#found.get(action)
    if (known) return known
    const name = action.toLowerCase()
    const { always, perhaps } = this.#ofService(name.slice(0, name.indexOf(':')))
    const found = [...always, ...perhaps.filter(({ covers }) => covers(name))]
    this.#found.set(action, found)
    return found
  }

  #ofService(service: string): { always: readonly ActionList[]; perhaps: readonly ActionList[] } {
    const known = this.#byService.get(service)
    if (known) return known
    const perhaps = this.#lists.filter(({ services }) => services === undefined || services.has(service))
    const always = this.#lists.filter((list) => list.inverted && !perhaps.includes(list))
    this.#byService.set(service, { always, perhaps })
    return { always, perhaps }
  }
}

function listsOf(statements: readonly CompiledStatement[]): ActionList[] {
  const found = new Map<string, ActionList>()
  for (const statement of statements) {
    const { Action, NotAction } = statement.source
    const key = keyOf(statement)
    const list = found.get(key) ?? {
      id: found.size,
      statements: [],
      covers: statement.action,
      inverted: NotAction !== undefined,
      services: servicesIn(listOf(NotAction ?? Action)),
    }
    list.statements.push(statement)
    found.set(key, list)
  }
  return [...found.values()]
}

const keys = new WeakMap<CompiledStatement, string>()

function keyOf(statement: CompiledStatement): string {
  const { Action, NotAction } = statement.source
  const key = keys.get(statement) ?? JSON.stringify([Action, NotAction])
  keys.set(statement, key)
  return key
}

function servicesIn(patterns: readonly string[]): ReadonlySet<string> | undefined {
  const services = patterns.map((pattern) => /^([a-z0-9-]+):/i.exec(pattern)?.[1]?.toLowerCase())
  return services.includes(undefined) ? undefined : new Set(services as string[])
}
