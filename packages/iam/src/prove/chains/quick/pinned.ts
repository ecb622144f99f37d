import type { ContextValue } from '../../../evaluate/request.ts'
import { listOf } from '../../../policy/document.ts'
import type { Prohibition } from '../../bundle.ts'

/** What a Condition block says of the request for certain. */
export interface Pinned {
  readonly context: Readonly<Record<string, ContextValue>>
  /** Keys in lower case whose value, or absence, is pinned. */
  readonly keys: ReadonlySet<string>
  /** The block says no more than that: a request with exactly this context satisfies it. */
  readonly isAll: boolean
}

/** Reads what is simple: StringEquals to one value, one of several values, and absence. */
export function pinnedBy(when: Prohibition['when']): Pinned {
  const context: Record<string, ContextValue> = {}
  const keys = new Set<string>()
  let isAll = true
  for (const [operator, conditions] of Object.entries(when ?? {})) {
    for (const [key, given] of Object.entries(conditions)) {
      const [only, second] = listOf(given).map(String)
      const isOne = only !== undefined && second === undefined
      if (isOne && operator === 'StringEquals') context[key] = only
      else if (isOne && operator === 'ForAnyValue:StringEquals') context[key] = [only]
      else if (!isOne || operator !== 'Null' || only !== 'true') {
        isAll = false
        continue
      }
      // More than one value may be sent, so that only for a single one the key is known.
      if (operator !== 'ForAnyValue:StringEquals') keys.add(key.toLowerCase())
    }
  }
  return { context, keys, isAll }
}
