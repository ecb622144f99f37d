import type { CompiledCondition } from '../../condition/condition.ts'
import type { Question } from '../../evaluate/question.ts'
import { contextQuestion } from './context-question.ts'

/** A condition, with a question for each assignment of values to its policy variables: one empty question without. */
export interface SetTest {
  readonly condition: CompiledCondition
  readonly given: readonly Question[]
}

const setsLimit = 512

/**
 * Sets of values of a multivalued key, one for every combination of truths that its conditions can have. Over a union of
 * sets a condition is the "or" or the "and" of its truths over each (ForAnyValue, ForAllValues), so sets with the same
 * truths have unions with the same truths: it is enough to grow one set of each kind by one value at a time.
 *
 * @returns undefined when there are too many combinations
 */
export function closedUnderUnion(
  values: readonly string[],
  tests: readonly SetTest[],
  key: string,
): readonly (readonly string[])[] | undefined {
  const found = new Map<string, readonly string[]>()
  const truths = (set: readonly string[]) =>
    tests
      .flatMap(({ condition, given }) =>
        given.map(({ context, caller }) => condition.holds(contextQuestion({ ...context, [key]: set }, caller))),
      )
      .map(Number)
      .join('')
  const singles = values.map((value) => [value])
  for (const set of singles) {
    const truth = truths(set)
    if (!found.has(truth)) found.set(truth, set)
  }
  for (const set of found.values()) {
    for (const value of values) {
      if (set.includes(value)) continue
      const larger = [...set, value]
      const truth = truths(larger)
      if (found.has(truth)) continue
      if (found.size >= setsLimit) return undefined
      found.set(truth, larger)
    }
  }
  return [...found.values()]
}
