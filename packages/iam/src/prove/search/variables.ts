import { parseOperator } from '../../condition/condition.ts'
import { type Codes, pushCodes } from '../../pattern/codes.ts'
import { type Token, tokenise } from '../../pattern/tokens.ts'
import { Dfa } from '../automaton/dfa.ts'
import { nfaOfCodes } from '../automaton/nfa.ts'
import { acceptance, type Distinction } from '../automaton/witnesses.ts'
import { canonicalKey, subjectOf } from '../keys/key-facts.ts'
import type { KeyCondition } from '../keys/key-values.ts'
import { familyOf, resourceNfa, textNfa } from '../keys/match-patterns.ts'
import { agree, literalHead, type Universe } from './universe.ts'

/** Where a policy variable stands in a pattern. */
export interface Use {
  readonly key: string
  /** What comes before it in the pattern, and what comes after. */
  readonly before: readonly Token[]
  readonly after: readonly Token[]
  readonly ignoresCase: boolean
}

/** Patterns that are matched with the same text, some of which hold variables. */
interface Target {
  readonly uses: readonly Use[]
  /** All the patterns, variables being any text. */
  readonly patterns: readonly Dfa[]
}

/** What tells inserted texts apart; equal names mean the same, for one universe and the same conditions. */
interface Contexts {
  readonly name: string
  readonly distinctions: readonly Distinction[]
}

const statesLimit = 400

/** Keys, in canonical form, that are inserted into patterns as policy variables and have values of their own. */
export function variableKeys(universe: Universe, when: readonly KeyCondition[]): ReadonlySet<string> {
  return new Set(
    targetsOf(universe, when)
      .flatMap(({ uses }) => uses.map(({ key }) => key))
      .filter((key) => subjectOf(key) === 'context'),
  )
}

/** All places where one of the variables stands. */
export function usesOf(universe: Universe, when: readonly KeyCondition[]): readonly Use[] {
  return targetsOf(universe, when).flatMap(({ uses }) => uses)
}

/**
 * What tells values of variables apart by the patterns that they are inserted into: how they lead every other pattern of
 * the same text on, from each state in which it can be where the variable begins.
 *
 * @param boundaries further patterns of resources; see `boundaries.ts`
 * @returns undefined when there are too many such states
 */
export function contextsOf(
  universe: Universe,
  when: readonly KeyCondition[],
  boundaries: readonly (readonly string[])[],
): Contexts | undefined {
  const relevant = boundariesAround(universe, boundaries)
  const name = JSON.stringify(relevant)
  const distinctions = universe.remember(JSON.stringify(['contexts', name, when.length > 0 && when]), () =>
    distinctionsIn(targetsOf(universe, when, relevant)),
  )
  return distinctions && { name, distinctions }
}

/** The patterns that can match a text with a variable in it; a lone `*` tells nothing apart. */
function boundariesAround({ patternSets }: Universe, boundaries: readonly (readonly string[])[]): string[][] {
  const heads = patternSets
    .flatMap(({ patterns, names }) => (names.length > 0 ? patterns : []))
    .filter((pattern) => pattern.includes('${'))
    .map(literalHead)
  return boundaries
    .map((list) => list.filter((one) => one !== '*' && heads.some((head) => agree(head, literalHead(one)))))
    .filter((list) => list.length > 0)
}

function distinctionsIn(targets: readonly Target[]): readonly Distinction[] | undefined {
  const found: Distinction[] = []
  for (const { uses, patterns } of targets) {
    for (const { before, after } of uses) {
      const prefix = new Dfa(nfaOfCodes([looseCodes(before)], false))
      for (const dfa of patterns) {
        const states = statesAfter(prefix, dfa)
        if (states === undefined || found.length > statesLimit) return undefined
        for (const start of states) found.push({ dfa, start, mark: markBefore(after, dfa) })
      }
    }
  }
  return found
}

/** What follows the variable tells which of the states differ: only those after its first character, or the end. */
function markBefore([next]: readonly Token[], dfa: Dfa): Distinction['mark'] {
  if (next === undefined) return acceptance(dfa).mark
  if (next.kind !== 'text') return (state) => state
  const char = next.text.charCodeAt(0)
  return (state) => dfa.next(state, char)
}

/** States of an automaton after any text that the prefix accepts. */
function statesAfter(prefix: Dfa, dfa: Dfa): readonly number[] | undefined {
  const seen = new Map<string, readonly [number, number]>([['start', [prefix.start, dfa.start]]])
  const after = new Set<number>()
  for (const [one, two] of seen.values()) {
    if (prefix.accepts(one) && !dfa.isDead(two)) after.add(two)
    for (const step of prefix.steps(one)) {
      if (prefix.isDead(step.to)) continue
      for (const other of dfa.steps(two)) {
        if (other.lo > step.hi || other.hi < step.lo) continue
        seen.set(`${step.to} ${other.to}`, [step.to, other.to])
      }
    }
    if (seen.size > 5_000) return undefined
  }
  return [...after]
}

function targetsOf(
  universe: Universe,
  when: readonly KeyCondition[],
  boundaries: readonly (readonly string[])[] = [],
): Target[] {
  return [resourceTarget(universe, boundaries), ...keyTargets(universe, when)].filter(({ uses }) => uses.length > 0)
}

function resourceTarget({ patternSets }: Universe, boundaries: readonly (readonly string[])[]): Target {
  const uses = patternSets.flatMap(({ patterns, variables }) =>
    variables ? patterns.flatMap((pattern) => usesIn(pattern, true, false)) : [],
  )
  const loose = patternSets.map(({ patterns, variables }) =>
    variables ? patterns.map((pattern) => withoutVariables(pattern)) : patterns,
  )
  const all = uses.length === 0 ? [] : [...loose, ...boundaries]
  return { uses, patterns: all.map((list) => new Dfa(resourceNfa(list, false, undefined))) }
}

function keyTargets(universe: Universe, when: readonly KeyCondition[]): Target[] {
  const keys = [...universe.conditionKeys(), ...when.map(({ condition }) => canonicalKey(condition.key))]
  return [...new Set(keys)].map((key) => {
    const own = when.filter(({ condition }) => canonicalKey(condition.key) === key)
    const atoms = [...universe.conditionsOn(key), ...own]
      .map(textAtomOf)
      .filter((atom) => familyOf(atom.base) === 'text')
    const uses = atoms.flatMap(({ base, values, variables }) =>
      variables ? values.flatMap((value) => usesIn(value, isPattern(base), base.endsWith('ignorecase'))) : [],
    )
    if (uses.length === 0) return { uses, patterns: [] }
    return { uses, patterns: atoms.map((atom) => new Dfa(textNfa(loosened(atom), undefined))) }
  })
}

function textAtomOf({ condition, variables }: KeyCondition) {
  return { base: parseOperator(condition.operator, '').base, values: condition.values, variables }
}

function isPattern(base: string): boolean {
  return base.startsWith('arn') || base === 'stringlike' || base === 'stringnotlike'
}

/** The same condition with any text in place of variables; of an exact one only its literal values are kept. */
function loosened<Atom extends ReturnType<typeof textAtomOf>>(atom: Atom): Atom {
  if (!atom.variables) return atom
  if (isPattern(atom.base)) return { ...atom, values: atom.values.map(withoutVariables), variables: false }
  const negated = atom.base.includes('not') ? 'not' : ''
  const hasVariables = atom.values.some((value) => value.includes('${'))
  if (!hasVariables) return atom
  return { ...atom, base: `string${negated}like`, values: atom.values.map(withoutVariables), variables: false }
}

function withoutVariables(pattern: string): string {
  return pattern.replace(/\$\{[^}]*\}/g, '*')
}

function usesIn(pattern: string, wildcards: boolean, ignoresCase: boolean): Use[] {
  if (!pattern.includes('${')) return []
  const tokens = tokenise(pattern, { wildcards, variables: true })
  return tokens.flatMap((token, index) =>
    token.kind === 'variable'
      ? [{ key: canonicalKey(token.key), before: tokens.slice(0, index), after: tokens.slice(index + 1), ignoresCase }]
      : [],
  )
}

function looseCodes(tokens: readonly Token[]): Codes {
  const codes: Codes = []
  pushCodes(
    codes,
    tokens.map((token) => (token.kind === 'variable' ? { kind: 'any' } : token)),
    undefined,
  )
  return codes
}
