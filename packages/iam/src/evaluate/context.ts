import type { ContextValue, RequestContext } from './request.ts'

const mark: unique symbol = Symbol('normalised')

/** A request context whose keys are in lower case; made by `normaliseContext`. */
export type NormalisedContext = RequestContext & { readonly [mark]: true }

const lowered = new Map<string, string>()
const loweredLimit = 20_000

/** Lower case of a condition key or action; remembered, since the same few names come with every request. */
export function lower(name: string): string {
  const known = lowered.get(name)
  if (known !== undefined) return known
  const value = name.toLowerCase()
  if (lowered.size < loweredLimit) lowered.set(name, value)
  return value
}

/**
 * Context keys compare without case (IAM User Guide, "Condition"). Callers that ask many questions with one
 * context normalise it once; `decide` and `evaluate` accept either form.
 */
export function normaliseContext(context: RequestContext): NormalisedContext {
  if (isNormalised(context)) return context
  const result: Record<string | symbol, ContextValue | true> = Object.create(null)
  for (const key in context) {
    const value = context[key]
    if (value !== undefined) result[lower(key)] = value
  }
  result[mark] = true
  return result as unknown as NormalisedContext
}

function isNormalised(context: RequestContext): context is NormalisedContext {
  return (context as { [mark]?: true })[mark] === true
}
