import type { Question } from '../../evaluate/question.ts'
import { Dfa } from '../automaton/dfa.ts'
import { contextQuestion } from './context-question.ts'
import { type TextPatterns, textNfa, variablesIn } from './match-patterns.ts'

/** The text patterns of one condition. */
export type TextAtom = TextPatterns

const automataLimit = 600
const nothing = contextQuestion({})
const known = new Map<string, Dfa>()
const knownLimit = 5_000

/**
 * One automaton for each condition, its values being alternatives; of a condition with policy variables one for each
 * assignment of values to the variables. Equal conditions share theirs.
 *
 * @returns undefined when there would be too many
 */
export function textAutomata(
  atoms: readonly TextAtom[],
  substitutions: (variables: readonly string[]) => readonly Question[],
): readonly Dfa[] | undefined {
  const automata = new Map<string, Dfa>()
  for (const atom of atoms) {
    const names = atom.variables ? [...new Set(atom.values.flatMap(variablesIn))] : []
    const key = JSON.stringify([atom.base.replace('not', ''), atom.values, atom.variables])
    for (const question of names.length === 0 ? [nothing] : substitutions(names)) {
      const name = `${key} ${JSON.stringify([question.context, question.caller.arn])}`
      automata.set(name, shared(name, atom, question))
    }
    if (automata.size > automataLimit) return undefined
  }
  return [...automata.values()]
}

function shared(name: string, atom: TextAtom, question: Question): Dfa {
  const dfa = known.get(name) ?? new Dfa(textNfa(atom, question))
  if (known.size >= knownLimit) known.clear()
  known.set(name, dfa)
  return dfa
}
