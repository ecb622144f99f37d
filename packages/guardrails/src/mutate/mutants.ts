import type { PolicyDocument, PolicyStatement } from '@uais/iam'
import { render } from '../document.ts'
import { changesOf } from './statement-changes.ts'

/** One document with one mistake in it. */
export interface Mutant {
  document: string
  sid: string
  effect: 'Allow' | 'Deny'
  /** `without sagemaker:CreateModel`, `StringEquals aws:ResourceTag/ManagedBy as StringEqualsIfExists` */
  change: string
  text: string
  /** Action patterns that it concerns. */
  actions: readonly string[]
  /** Why it decides every request as before, where that is certain: nothing could notice it. */
  equivalent: string | undefined
}

/**
 * Every mistake in every statement of the documents, by the compiler's names, in a fixed order. `people` are roles of
 * the account that a mistake might spare.
 */
export const mutants = (documents: Readonly<Record<string, string>>, people: readonly string[]): Mutant[] =>
  Object.keys(documents)
    .sort()
    .flatMap((name) => mutantsOf(name, (JSON.parse(documents[name]!) as PolicyDocument).Statement, people))

function mutantsOf(document: string, given: PolicyDocument['Statement'], people: readonly string[]): Mutant[] {
  const statements = [given].flat() as PolicyStatement[]
  return statements.flatMap((statement, index) =>
    changesOf(statement, people).flatMap(({ says, statement: changed, actions, equivalent }) => {
      const others = [...statements.slice(0, index), ...(changed ? [changed] : []), ...statements.slice(index + 1)]
      // AWS stores no document without a statement: one with nothing else in it is told by what it was made for.
      if (others.length === 0) return []
      return [
        {
          document,
          sid: statement.Sid ?? String(index),
          effect: statement.Effect,
          change: says,
          text: render(others),
          actions: actions ?? (statement.NotAction ? ['*'] : [statement.Action ?? []].flat()),
          equivalent,
        },
      ]
    }),
  )
}
