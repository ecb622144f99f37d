import { type CompiledCondition, parseOperator } from '../../condition/condition.ts'
import type { Question } from '../../evaluate/question.ts'
import type { ContextValue } from '../../evaluate/request.ts'
import { type CompiledAssumption, permits } from '../assume/assumptions.ts'
import { nfaOfRegex } from '../assume/regex.ts'
import { Dfa } from '../automaton/dfa.ts'
import { witnesses } from '../automaton/witnesses.ts'
import { addressWitnesses } from './addresses.ts'
import { instantWitnesses, numberWitnesses } from './break-points.ts'
import { contextQuestion } from './context-question.ts'
import { familyOf, variablesIn } from './match-patterns.ts'
import { type TextAtom, textAutomata } from './text-atoms.ts'
import { closedUnderUnion } from './value-sets.ts'

/** What a search must know of a condition key to find values for it. */
export interface KeySources {
  readonly key: string
  /** Every condition on the key in any policy concerned. */
  readonly conditions: readonly KeyCondition[]
  /** Type by AWS's documentation, where there is one. */
  readonly type: string | undefined
  readonly assumption: CompiledAssumption | undefined
  /** Values that something in the bundle has, such as tags of its resources: they read best, and come first. */
  readonly known: readonly string[]
  /** Questions that give the variables in a value all the values they can have. */
  readonly substitutions: (variables: readonly string[]) => readonly Question[]
  /** Further patterns that the value is matched with, and automata that every value satisfies. */
  readonly patterns: readonly string[]
  readonly required: readonly Dfa[]
  /** Texts to try besides, where the key is inserted into patterns. */
  readonly inserted: readonly string[] | undefined
}

export interface KeyCondition {
  readonly condition: CompiledCondition
  /** Policy variables count where it stands. */
  readonly variables: boolean
}

/** A value of each class, `undefined` for an absent key first; or why there are none to be had. */
export type KeyValues = { values: readonly (ContextValue | undefined)[] } | { unknown: string }

const trueOrFalse = new Dfa(nfaOfRegex('true|false'))

/** Values such that every condition of the bundle has the same truth over all values of one's class. */
export function keyValues(sources: KeySources): KeyValues {
  const { key, assumption, known } = sources
  const single = singleValues(sources)
  if ('unknown' in single) return single
  const values = [...new Set([...known, ...single.values])]
  const absent = permits(assumption, undefined) ? [undefined] : []
  if (sources.inserted && isMultivalued(sources)) {
    return { unknown: `${key} can have several values, so it is no policy variable` }
  }
  if (!isMultivalued(sources)) return { values: [...absent, ...values] }
  const sets = closedUnderUnion(
    values.filter((value) => value !== ''),
    sources.conditions.map((one) => ({ condition: one.condition, given: givenTo(one, sources) })),
    key,
  )
  return sets ? { values: [...absent, ...sets] } : { unknown: `${key} has too many combinations of values to search` }
}

function singleValues(sources: KeySources): { values: readonly string[] } | { unknown: string } {
  const { key, conditions, assumption } = sources
  if (assumption?.absent === true) return { values: [] }
  if (assumption?.values) return { values: assumption.values.filter((value) => permits(assumption, value)) }
  const families = new Set(conditions.map(({ condition }) => familyOf(baseOf(condition))))
  families.delete('null')
  const kinds = [...families].sort().join(' and ')
  if (kinds === '') return families.size === 0 && isTyped(sources) ? typed(sources) : textValues(sources)
  if (kinds === 'text') return textValues(sources)
  if (kinds === 'address') return restricted(sources, addressWitnesses(valuesOf(conditions, 'address')))
  if (key === 'aws:currenttime' && (kinds === 'date' || kinds === 'number' || kinds === 'date and number')) {
    return restricted(sources, instantWitnesses(valuesOf(conditions, 'date'), valuesOf(conditions, 'number')))
  }
  if (kinds === 'number') return restricted(sources, numberWitnesses(valuesOf(conditions, 'number')))
  if (kinds === 'date') return restricted(sources, instantWitnesses(valuesOf(conditions, 'date'), []))
  return { unknown: `${key} is compared as ${kinds} at once, and no value stands for both` }
}

/** A key that is only tested for being there: any value of its type will do. */
function isTyped({ type }: KeySources): boolean {
  return type === 'Numeric' || type === 'Date' || type === 'IPAddress'
}

function typed(sources: KeySources): { values: readonly string[] } | { unknown: string } {
  if (sources.type === 'Numeric') return restricted(sources, numberWitnesses([]))
  return restricted(sources, sources.type === 'Date' ? instantWitnesses([], []) : addressWitnesses([]))
}

function restricted(
  { key, assumption }: KeySources,
  values: readonly string[],
): { values: readonly string[] } | { unknown: string } {
  if (assumption?.language === undefined) return { values }
  return { unknown: `${key} is no text: assume values of it instead of a pattern` }
}

function textValues(sources: KeySources): { values: readonly string[] } | { unknown: string } {
  const { key, type, assumption, conditions, inserted = [] } = sources
  const atoms: TextAtom[] = conditions
    .map(({ condition, variables }) => ({ base: baseOf(condition), values: condition.values, variables }))
    .filter(({ base }) => base !== 'null')
    .concat(sources.patterns.map((pattern) => ({ base: 'stringlike', values: [pattern], variables: false })))
  const required = [
    ...sources.required,
    ...(assumption?.language ? [assumption.language] : []),
    ...(type === 'Bool' || type === 'ArrayOfBool' ? [trueOrFalse] : []),
  ]
  const automata = textAutomata(atoms, sources.substitutions)
  const found = automata && witnesses(automata, required)
  if (!found) return { unknown: `${key} is compared with too many patterns to tell all its values apart` }
  const further = inserted.filter((text) => required.every((dfa) => dfa.accepts(dfa.after(dfa.start, text))))
  return { values: [...found.map(({ value }) => value), ...further] }
}

function valuesOf(conditions: readonly KeyCondition[], family: ReturnType<typeof familyOf>): string[] {
  return conditions
    .filter(({ condition }) => familyOf(baseOf(condition)) === family)
    .flatMap(({ condition }) => condition.values)
}

/** By its type; a key of no documented type may have several values where a policy expects so. */
function isMultivalued({ type, conditions }: KeySources): boolean {
  if (type !== undefined) return type.startsWith('ArrayOf')
  return conditions.some(({ condition }) => parseOperator(condition.operator, '').quantifier !== undefined)
}

function givenTo({ condition, variables }: KeyCondition, { substitutions }: KeySources): readonly Question[] {
  const names = variables ? [...new Set(condition.values.flatMap(variablesIn))] : []
  return names.length === 0 ? [contextQuestion({})] : substitutions(names)
}

function baseOf({ operator }: CompiledCondition): string {
  return parseOperator(operator, '').base
}
