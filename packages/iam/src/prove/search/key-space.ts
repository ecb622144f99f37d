import type { Question } from '../../evaluate/question.ts'
import { permits } from '../assume/assumptions.ts'
import { BudgetError } from '../budget-error.ts'
import type { Prohibition } from '../bundle.ts'
import { contextQuestion } from '../keys/context-question.ts'
import { canonicalKey, principalTagOf, resourceTagOf, serviceValuesOf, subjectOf } from '../keys/key-facts.ts'
import { type KeyCondition, type KeyValues, keyValues } from '../keys/key-values.ts'
import type { World } from '../world.ts'
import { regionOf } from './arn-witnesses.ts'
import type { Principal } from './principal-classes.ts'
import { regions, usualRegions } from './regions.ts'
import { type Universe, variablesOf } from './universe.ts'
import { insertedTexts } from './variable-texts.ts'
import { variableKeys } from './variables.ts'

const combinationsLimit = 300

interface Sources {
  readonly world: World
  readonly universe: Universe
  readonly principals: readonly Principal[]
  readonly on: Prohibition['on']
  /** Conditions that every request in scope satisfies. */
  readonly when: readonly KeyCondition[]
}

/** The values of every condition key, found once for all actions of a search. */
export class KeySpace {
  readonly #sources: Sources
  readonly #known = new Map<string, KeyValues>()
  readonly #open = new Set<string>()
  readonly #variables: ReadonlySet<string>
  #inserted: readonly string[] | undefined

  constructor(sources: Sources) {
    this.#sources = sources
    this.#variables = variableKeys(sources.universe, sources.when)
  }

  /** Values of a key in its canonical form. */
  valuesOf(key: string): KeyValues {
    const known = this.#known.get(key)
    if (known) return known
    if (this.#open.has(key)) return { unknown: `${key} is compared with a policy variable that depends on itself` }
    this.#open.add(key)
    const values = this.#find(key)
    this.#open.delete(key)
    this.#known.set(key, values)
    return values
  }

  /**
   * Questions that give the variables every combination of values that they can have. None when some variable's values
   * cannot be told: `valuesOf` says why.
   */
  readonly substitutions = (variables: readonly string[]): readonly Question[] => {
    let questions: Question[] = [contextQuestion({})]
    for (const name of variables) {
      questions = questions.flatMap((question) => this.#assign(canonicalKey(name), question))
      if (questions.length > combinationsLimit)
        throw new BudgetError(`the policy variables ${variables.join(' and ')} have too many values together`)
    }
    return questions
  }

  #assign(key: string, question: Question): Question[] {
    const { principals, world } = this.#sources
    const subject = subjectOf(key)
    if (subject === 'principal') return principals.map(({ caller }) => ({ ...question, caller }))
    if (subject === 'resource') return [{ ...question, resourceAccount: world.bundle.account }]
    const values = this.valuesOf(key)
    if ('unknown' in values) return []
    return values.values.map((value) => ({ ...question, ...contextOf({ ...question.context, [key]: value }) }))
  }

  #find(key: string): KeyValues {
    const { world, universe, when } = this.#sources
    const own = when.filter(({ condition }) => canonicalKey(condition.key) === key)
    const conditions = [...universe.conditionsOn(key), ...own]
    const known = this.#knownValues(key)
    const patterns = key === 'aws:requestedregion' ? this.#regionPatterns() : []
    const inserted = this.#variables.has(key) ? this.#insertedTexts() : undefined
    const find = () =>
      keyValues({
        key,
        conditions,
        type: world.keyTypes.get(key),
        assumption: world.assumptions.get(key),
        known,
        patterns,
        required: key === 'aws:requestedregion' ? [regions] : [],
        substitutions: this.substitutions,
        inserted,
      })
    const depends = own.length > 0 || conditions.some((one) => variablesOf(one).length > 0)
    return depends ? find() : universe.remember(JSON.stringify(['values', key, known, patterns, inserted]), find)
  }

  #insertedTexts(): readonly string[] {
    this.#inserted ??= insertedTexts(this.#variables, this.#sources)
    return this.#inserted
  }

  /** Regions that patterns of resources name: a resource is reached through its own. */
  #regionPatterns(): readonly string[] {
    const { universe, on } = this.#sources
    const patterns = [...universe.patternSets.flatMap((set) => set.patterns), ...(on.arns ?? [])]
    const named = patterns.map(regionOf).filter((part) => part !== '' && part !== '*' && !part.includes('${'))
    return [...new Set(named)].sort()
  }

  /**
   * Values that tags of the bundle's principals and resources have, the names of its organization and region, and what a
   * service takes: a counterexample is a request that can be sent.
   */
  #knownValues(key: string): string[] {
    const { world, principals, on } = this.#sources
    const { organizationId, region } = world.bundle
    const assumption = world.assumptions.get(key)
    if (/^aws:(principal|resource)orgid$/.test(key)) return organizationId === undefined ? [] : [organizationId]
    const usual = key === 'aws:requestedregion' ? [region, ...usualRegions] : serviceValuesOf(key)
    if (usual.length > 0) return [...new Set(usual)].filter((one) => permits(assumption, one))
    const resourceTag = resourceTagOf(key)
    const principalTag = principalTagOf(key)
    const tagged = [...world.resources.map(({ tags }) => tags), on.tags ?? {}]
    const values =
      resourceTag !== undefined
        ? tagged.map((tags) => tagOf(tags, resourceTag))
        : principalTag !== undefined
          ? principals.map(({ tags }) => tags.get(principalTag))
          : []
    return [...new Set(values.filter((value) => value !== undefined))]
  }
}

function contextOf(context: Question['context']): Pick<Question, 'context'> {
  return { context: contextQuestion({ ...context }).context }
}

function tagOf(tags: Readonly<Record<string, string>>, wanted: string): string | undefined {
  return Object.entries(tags).find(([key]) => key.toLowerCase() === wanted)?.[1]
}
