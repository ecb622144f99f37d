import type { ProofBundle } from '@uais/iam'

/**
 * The same bundle for the same account, wherever its documents were read: Terraform, AWS and the compiler each have an
 * order of their own, and what was proved of one need not be proved again of another. Statements keep theirs, by which
 * people find them.
 */
export function inOneOrder(bundle: ProofBundle): ProofBundle {
  const principals = bundle.principals.map((principal) => ({
    ...principal,
    identityPolicies: sortedBy(principal.identityPolicies, ({ name }) => name),
  }))
  const arn = (one: { arn: string }) => one.arn
  return keysSorted({
    ...bundle,
    principals: sortedBy(principals, arn),
    resources: sortedBy(bundle.resources, arn),
  }) as ProofBundle
}

const sortedBy = <Item>(items: readonly Item[], keyOf: (item: Item) => string): Item[] =>
  [...items].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : keyOf(a) > keyOf(b) ? 1 : 0))

function keysSorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(keysSorted)
  if (value === null || typeof value !== 'object') return value
  const entries = Object.entries(value).map(([key, item]) => [key, keysSorted(item)] as const)
  return Object.fromEntries(sortedBy(entries, ([key]) => key))
}
