import type { PolicyStatement } from '@uais/iam'

/**
 * Denials reduced to what the grants hold: a denial of what is not granted anyway would only take up room. Follows
 * the grants by itself, so that an action granted later brings its denials along.
 */
export function denialsOf(grants: readonly PolicyStatement[], denials: readonly PolicyStatement[]): PolicyStatement[] {
  const granted = grants.flatMap((grant) => grant.Action ?? [])
  return denials.flatMap((denial) => {
    if (denial.Action === undefined) return [denial]
    const actions = [denial.Action].flat().filter((action) => granted.some((pattern) => overlap(pattern, action)))
    if (actions.length === 0) return []
    return [{ ...denial, Action: actions.length === 1 ? actions[0]! : actions }]
  })
}

/** Whether two action patterns, each with a star at most at its end, have an action in common. */
function overlap(left: string, right: string): boolean {
  if (left.endsWith('*') && right.endsWith('*')) {
    const [a, b] = [left.slice(0, -1), right.slice(0, -1)]
    return a.startsWith(b) || b.startsWith(a)
  }
  if (left.endsWith('*')) return right.startsWith(left.slice(0, -1))
  if (right.endsWith('*')) return left.startsWith(right.slice(0, -1))
  return left === right
}
