import { lower } from '../../evaluate/context.ts'
import { Dfa } from '../automaton/dfa.ts'
import type { Assumption } from '../bundle.ts'
import { BundleError } from '../bundle-error.ts'
import { nfaOfRegex, RegexError } from './regex.ts'

/** What a bundle assumes of one key's values. */
export interface CompiledAssumption extends Assumption {
  /** As the bundle spells it. */
  readonly key: string
  /** Automaton of `pattern`. */
  readonly language: Dfa | undefined
}

/** By condition key in lower case. */
export type Assumptions = ReadonlyMap<string, CompiledAssumption>

/** By pattern: proofs of one account assume the same again and again. */
const languages = new Map<string, Dfa>()

/** @throws {BundleError} for a pattern that cannot be read */
export function compileAssumptions(assume: Readonly<Record<string, Assumption>>): Assumptions {
  const entries = Object.entries(assume).map(([key, assumption]): [string, CompiledAssumption] => {
    const { pattern } = assumption
    return [lower(key), { ...assumption, key, language: pattern === undefined ? undefined : languageOf(key, pattern) }]
  })
  return new Map(entries)
}

/** Whether the assumption lets the key have this value; undefined: be absent. */
export function permits(assumption: CompiledAssumption | undefined, value: string | undefined): boolean {
  if (!assumption) return true
  if (value === undefined) return assumption.absent !== false
  if (assumption.absent === true) return false
  if (assumption.values && !assumption.values.includes(value)) return false
  const { language } = assumption
  return !language || language.accepts(language.after(language.start, value))
}

/** One assumption as a sentence for the report. */
export function assumptionInWords({ key, pattern, values, absent }: CompiledAssumption): string {
  if (absent === true) return `${key} is in no request`
  const parts = [
    ...(absent === false ? ['is in every request'] : []),
    ...(pattern === undefined ? [] : [`has only values of the form ${pattern}`]),
    ...(values ? [`has only the values ${values.join(', ')}`] : []),
  ]
  return parts.length === 0 ? `${key} can have any value` : `${key} ${parts.join(' and ')}`
}

function languageOf(key: string, pattern: string): Dfa {
  const known = languages.get(pattern)
  if (known) return known
  try {
    const language = new Dfa(nfaOfRegex(pattern))
    languages.set(pattern, language)
    return language
  } catch (error) {
    if (error instanceof RegexError) throw new BundleError(`assume.${key}.pattern`, error.message)
    throw error
  }
}
