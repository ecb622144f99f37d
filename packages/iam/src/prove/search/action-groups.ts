import type { CatalogueAction } from '../../catalogue/catalogue.ts'
import { factsOf } from '../../evaluate/action-facts.ts'
import { canonicalKey, presenceOf, subjectOf } from '../keys/key-facts.ts'
import type { KeyCondition } from '../keys/key-values.ts'
import type { Group, Variable } from './group.ts'
import type { KeySpace } from './key-space.ts'
import type { Principal } from './principal-classes.ts'
import type { ResourceClasses } from './resource-classes.ts'
import { resourceVariablesOf, type Universe, variablesOf } from './universe.ts'

interface Sources {
  readonly universe: Universe
  readonly principals: readonly Principal[]
  readonly keys: KeySpace
  readonly resources: ResourceClasses
  readonly when: readonly KeyCondition[]
}

/** A group that cannot be searched, and why. */
export interface Obscure {
  readonly action: CatalogueAction
  readonly unknown: string
}

/** Services whose rules look at the very action; see `service-rules.ts` and `scope.ts`. */
const ruled = /^(iam|kms|sts|s3):/

/** Puts actions together that no policy, key, resource type or rule tells apart: one of each group is searched. */
export class ActionGroups {
  readonly #sources: Sources
  readonly #keysOf = new Map<string, readonly string[]>()
  #actions = 0
  readonly #arns = new Set<string>()

  constructor(sources: Sources) {
    this.#sources = sources
  }

  /** Counts of what was grouped so far. */
  scope(): { actions: number; resources: number } {
    return { actions: this.#actions, resources: this.#arns.size }
  }

  *of(actions: readonly CatalogueAction[]): Iterable<Group | Obscure> {
    const seen = new Set<string>()
    for (const action of actions) {
      const resources = this.#sources.resources.of(action)
      if ('unknown' in resources) {
        yield { action, unknown: resources.unknown }
        continue
      }
      if (resources.elements.length === 0 || this.#sources.principals.length === 0) continue
      this.#actions++
      for (const { arn } of resources.elements) this.#arns.add(arn)
      const keys = this.#keys(action)
      const signature = this.#signature(action, keys, resources.signature)
      if (seen.has(signature)) continue
      seen.add(signature)
      yield this.#group(action, keys, resources.elements)
    }
  }

  #signature(entry: CatalogueAction, keys: readonly string[], resources: string): string {
    const { action } = entry
    const presence = keys.map((key) => presenceOf(key, entry)).join()
    const own = ruled.test(action) ? action : String(factsOf(action).rcp)
    return `${this.#sources.universe.signatureOf(action)} ${presence} ${own} ${resources}`
  }

  #group(action: CatalogueAction, keys: readonly string[], elements: Group['elements']): Group | Obscure {
    const variables: Variable[] = []
    for (const key of keys) {
      const found = presenceOf(key, action) === 'never' ? { values: [undefined] } : this.#sources.keys.valuesOf(key)
      if ('unknown' in found) return { action, unknown: found.unknown }
      variables.push({ key, name: this.#name(key), values: found.values })
    }
    return { action, principals: this.#sources.principals, elements, variables }
  }

  /** Policy variables, in canonical form, of statements about the action and of the invariant. */
  insertedFor({ action }: CatalogueAction): readonly string[] {
    const { universe, when } = this.#sources
    const names = universe.statementsFor(action).flatMap((statement) => {
      const { conditions, variables } = statement
      return [
        ...resourceVariablesOf(statement),
        ...conditions.flatMap((condition) => variablesOf({ condition, variables })),
      ]
    })
    return [...new Set([...names, ...when.flatMap(variablesOf)].map(canonicalKey))]
  }

  #name(key: string): string {
    const { universe, when } = this.#sources
    const own = when.find(({ condition }) => canonicalKey(condition.key) === key)?.condition.key
    return key === 'aws:currenttime' ? 'aws:CurrentTime' : (universe.spellingOf(key) ?? own ?? key)
  }

  /** Keys with a value of their own that a statement about the action, or the invariant, looks at. */
  #keys({ action }: CatalogueAction): readonly string[] {
    const { universe, when } = this.#sources
    const signature = universe.signatureOf(action)
    const known = this.#keysOf.get(signature)
    if (known) return known
    const statements = universe.statementsFor(action)
    const conditions = statements.flatMap(({ conditions: list, variables }) =>
      list.map((condition) => ({ condition, variables })),
    )
    const names = [
      ...[...conditions, ...when].flatMap((one) => [one.condition.key, ...variablesOf(one)]),
      ...statements.flatMap(resourceVariablesOf),
    ]
    const keys = [...new Set(names.map(canonicalKey))].filter((key) => subjectOf(key) === 'context').sort()
    this.#keysOf.set(signature, keys)
    return keys
  }
}
