import type { CatalogueAction } from '../../catalogue/catalogue.ts'
import { factsOf } from '../../evaluate/action-facts.ts'
import { canonicalKey, presenceOf, subjectOf } from '../keys/key-facts.ts'
import type { KeyCondition } from '../keys/key-values.ts'
import { keysOf } from '../when.ts'
import type { Group, Variable } from './group.ts'
import type { KeySpace } from './key-space.ts'
import type { Principal } from './principal-classes.ts'
import type { ResourceClasses } from './resource-classes.ts'
import { insertedBy, type Universe, variablesOf } from './universe.ts'

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

/** Puts actions together that no key, resource type or rule tells apart: one of each group is searched. */
export class ActionGroups {
  readonly #sources: Sources
  /** How many actions were looked at so far, and on what. */
  actions = 0
  readonly arns = new Set<string>()

  constructor(sources: Sources) {
    this.#sources = sources
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
      this.actions++
      for (const { arn } of resources.elements) this.arns.add(arn)
      const signature = this.#signature(action, resources.signature)
      if (seen.has(signature)) continue
      seen.add(signature)
      yield this.#group(action, resources.elements)
    }
  }

  #signature(entry: CatalogueAction, resources: string): string {
    const { universe, when } = this.#sources
    const ofAction = universe.remember(`action ${entry.action}`, () => {
      const own = ruled.test(entry.action) ? entry.action : String(factsOf(entry.action).rcp)
      const presence = universe.contextKeys.map((key) => presenceOf(key, entry))
      return `${presence.join()} ${own}`
    })
    const asked = keysOf(when).map((key) => presenceOf(key, entry))
    return `${ofAction} ${asked.join()} ${resources}`
  }

  #group(action: CatalogueAction, elements: Group['elements']): Group | Obscure {
    const variables: Variable[] = []
    const { universe, when } = this.#sources
    const keys = new Set([...universe.contextKeys, ...keysOf(when).filter((key) => subjectOf(key) === 'context')])
    for (const key of [...keys].sort()) {
      const found = presenceOf(key, action) === 'never' ? { values: [undefined] } : this.#sources.keys.valuesOf(key)
      if ('unknown' in found) return { action, unknown: found.unknown }
      variables.push({ key, name: this.#name(key), values: found.values })
    }
    return { action, principals: this.#sources.principals, elements, variables }
  }

  /** Policy variables, in canonical form, of the statements and of the invariant. */
  inserted(): readonly string[] {
    const { universe, when } = this.#sources
    const names = [...universe.statements.flatMap(insertedBy), ...when.flatMap(variablesOf)]
    return [...new Set(names.map(canonicalKey))]
  }

  #name(key: string): string {
    const { universe, when } = this.#sources
    const own = when.find(({ condition }) => canonicalKey(condition.key) === key)?.condition.key
    return key === 'aws:currenttime' ? 'aws:CurrentTime' : (universe.spellingOf(key) ?? own ?? key)
  }
}
