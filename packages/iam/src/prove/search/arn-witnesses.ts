import type { Question } from '../../evaluate/question.ts'
import { Dfa } from '../automaton/dfa.ts'
import { witnesses } from '../automaton/witnesses.ts'
import { resourceNfa } from '../keys/match-patterns.ts'
import { usualRegions } from './regions.ts'
import { couldMatch, type ResourceFormat } from './resource-format.ts'
import type { PatternSet, Universe } from './universe.ts'

/** Questions that give policy variables all the values they can have. */
export type Substitutions = (variables: readonly string[]) => readonly Question[]

interface Sources {
  readonly universe: Universe
  /** More patterns to tell apart, alternatives in one list. */
  readonly further: readonly (readonly string[])[]
  /** One of these matches every ARN that is wanted; undefined: any ARN is. */
  readonly scope: readonly string[] | undefined
  readonly substitutions: Substitutions
  /** ARNs of the format that are known: a text found here must be another. */
  readonly listed: ReadonlySet<string>
  readonly region: string
}

const knownAutomata = new Map<string, Dfa>()
const knownLimit = 5_000

/**
 * One ARN of the format for each class that the patterns tell apart, none of them listed.
 *
 * @returns undefined when there are too many to search
 */
export function arnWitnesses(format: ResourceFormat, sources: Sources): readonly string[] | undefined {
  const { universe } = sources
  const fits = (pattern: string) => couldMatch(pattern, format)
  const further = sources.further.map((patterns) => patterns.filter(fits)).filter((patterns) => patterns.length > 0)
  const scope = sources.scope?.filter(fits)
  if (scope?.length === 0) return []
  const inserted = setsFor(format, universe)
    .filter(({ names }) => names.length > 0)
    .map(({ names }) => sources.substitutions(names).map(({ context, caller }) => [context, caller.arn]))
  const name = JSON.stringify(['arns', format.expression, further, scope, inserted, [...sources.listed]])
  return universe.remember(name, () => find(format, { ...sources, further, scope }))
}

/** The pattern sets that could match an ARN of the format, with those patterns only. */
function setsFor(
  format: ResourceFormat,
  universe: Universe,
): readonly Pick<PatternSet, 'patterns' | 'variables' | 'names'>[] {
  return universe.remember(`sets ${format.expression}`, () =>
    universe.patternSets.flatMap(({ patterns, variables, names }) => {
      const fitting = patterns.filter((pattern) => couldMatch(pattern, format))
      return fitting.length === 0 ? [] : [{ patterns: fitting, variables, names }]
    }),
  )
}

function find(format: ResourceFormat, sources: Sources): readonly string[] | undefined {
  const automata = automataFor(format, sources)
  const sample = inRegion(format.sample, sources.region)
  if (automata.length === 0 && !sources.scope && !sources.listed.has(sample)) return [sample]
  const required = [format.language(), ...(sources.scope ? [automaton(sources.scope, false, undefined)] : [])]
  const excluded = new Set<string>()
  for (;;) {
    const others = [...excluded].map((arn) => automaton([arn], false, undefined))
    const found = witnesses([...automata, ...others], required)
    if (!found) return undefined
    const clashing = found.filter(({ value }) => sources.listed.has(value) && !excluded.has(value))
    for (const { value } of clashing) excluded.add(value)
    if (clashing.length > 0) continue
    return found
      .map(({ value }) => value)
      .filter((value) => !excluded.has(value))
      .map((value) => withRegion(value, [...automata, ...others, ...required], sources.region))
  }
}

function automataFor(format: ResourceFormat, { universe, further, substitutions }: Sources): Dfa[] {
  const automata = new Set<Dfa>()
  for (const { patterns, variables, names } of setsFor(format, universe)) {
    if (names.length === 0) automata.add(automaton(patterns, variables, undefined))
    else for (const question of substitutions(names)) automata.add(automaton(patterns, variables, question))
  }
  for (const patterns of further) automata.add(automaton(patterns, false, undefined))
  return [...automata]
}

function automaton(patterns: readonly string[], variables: boolean, question: Question | undefined): Dfa {
  const key = JSON.stringify([patterns, variables, question && [question.context, question.caller.arn]])
  const dfa = knownAutomata.get(key) ?? new Dfa(resourceNfa(patterns, variables, question))
  if (knownAutomata.size >= knownLimit) knownAutomata.clear()
  knownAutomata.set(key, dfa)
  return dfa
}

/** The same ARN in a region that exists, if no pattern tells them apart: it reads better, and can be sent. */
function withRegion(arn: string, automata: readonly Dfa[], region: string): string {
  const accepts = (dfa: Dfa, text: string) => dfa.accepts(dfa.after(dfa.start, text))
  const moved = [region, ...usualRegions].map((one) => inRegion(arn, one))
  return moved.find((other) => automata.every((dfa) => accepts(dfa, arn) === accepts(dfa, other))) ?? arn
}

/** Region that an ARN names; empty where it names none. */
export function regionOf(arn: string): string {
  return arn.split(':', 4)[3] ?? ''
}

export function inRegion(arn: string, region: string): string {
  const parts = arn.split(':')
  if (!parts[3]) return arn
  return [...parts.slice(0, 3), region, ...parts.slice(4)].join(':')
}
