import { parseOperator } from '../../condition/condition.ts'
import { nfaOfRegex } from '../assume/regex.ts'
import { Dfa } from '../automaton/dfa.ts'
import { nfaOfCodes } from '../automaton/nfa.ts'
import { acceptance, type Distinction, textsOf } from '../automaton/witnesses.ts'
import { BudgetError } from '../budget-error.ts'
import type { Prohibition } from '../bundle.ts'
import { canonicalKey } from '../keys/key-facts.ts'
import type { KeyCondition } from '../keys/key-values.ts'
import { familyOf } from '../keys/match-patterns.ts'
import { textAutomata } from '../keys/text-atoms.ts'
import type { World } from '../world.ts'
import { boundaries, scopeOf } from './boundaries.ts'
import { type Universe, variablesOf } from './universe.ts'
import { contextsOf } from './variables.ts'

/** Values that reach beyond their place in a pattern, or look like one: what assumptions usually exclude. */
const probes = ['x/', 'x/x', 'x:x', '*', 'x*']

interface Sources {
  readonly world: World
  readonly universe: Universe
  readonly on: Prohibition['on']
  readonly when: readonly KeyCondition[]
}

/**
 * Texts to insert for the keys: for each class that the patterns around the variables and the conditions on the variables
 * tell apart as many as there are variables, so that any of them can be equal or differ. What this proves, and when, is
 * said at `unprovable`.
 *
 * @throws {BudgetError} when there are too many classes
 */
export function insertedTexts(keys: ReadonlySet<string>, { world, universe, on, when }: Sources): readonly string[] {
  const contexts = contextsOf(universe, when, [scopeOf(on) ?? [], ...boundaries(world)])
  const name = JSON.stringify([
    'texts',
    contexts?.name,
    when.map(({ condition: { operator, key, values } }) => [operator, key, values]),
  ])
  return universe.remember(name, () => {
    const distinctions = [...keys].flatMap((key) => ofKey(key, { world, universe, on, when }))
    const texts = contexts && classTexts([...distinctions, ...contexts.distinctions], keys, world)
    if (texts) return [...texts, ...probes.filter((probe) => !texts.includes(probe))]
    const names = [...keys].join(', ')
    throw new BudgetError(`the policy variables ${names} stand in too many patterns to tell all their values apart`)
  })
}

function classTexts(
  distinctions: readonly Distinction[],
  keys: ReadonlySet<string>,
  { assumptions }: World,
): readonly string[] | undefined {
  const patterns = [...keys].map((key) => assumptions.get(key)?.pattern)
  const isBounded = patterns.every((pattern) => pattern !== undefined)
  const required = isBounded ? [new Dfa(nfaOfRegex(patterns.map((pattern) => `(${pattern})`).join('|')))] : []
  const texts: string[] = []
  for (let round = 0; round < keys.size; round++) {
    const already = new Dfa(nfaOfCodes(texts.map(codesOf), false))
    const found = textsOf([...distinctions, acceptance(already)], required)
    if (!found) return undefined
    texts.push(...found.map(({ value }) => value).filter((value) => !texts.includes(value)))
  }
  return texts
}

function ofKey(key: string, { world, universe, when }: Sources): Distinction[] {
  const own = when.filter(({ condition }) => canonicalKey(condition.key) === key)
  const atoms = [...universe.conditionsOn(key), ...own]
    .filter((one) => variablesOf(one).length === 0)
    .map(({ condition, variables }) => ({
      base: parseOperator(condition.operator, '').base,
      values: condition.values,
      variables,
    }))
    .filter(({ base }) => familyOf(base) === 'text')
  const { language } = world.assumptions.get(key) ?? {}
  return [...(textAutomata(atoms, () => []) ?? []), ...(language ? [language] : [])].map(acceptance)
}

function codesOf(text: string): number[] {
  return Array.from({ length: text.length }, (_, index) => text.charCodeAt(index))
}
