import type { PolicyStatement } from '@uais/iam'
import { patternsOverlap } from '../overlap.ts'

/**
 * Denials reduced to what the grants hold: a denial of what is not granted anyway would only take up room. Follows
 * the grants by itself, so that an action granted later brings its denials along.
 */
export function denialsOf(grants: readonly PolicyStatement[], denials: readonly PolicyStatement[]): PolicyStatement[] {
  const granted = grants.flatMap((grant) => grant.Action ?? [])
  return denials.flatMap((denial) => {
    if (denial.Action === undefined) return [denial]
    const actions = [denial.Action]
      .flat()
      .filter((action) => granted.some((pattern) => patternsOverlap(pattern, action)))
    if (actions.length === 0) return []
    return [{ ...denial, Action: actions.length === 1 ? actions[0]! : actions }]
  })
}
