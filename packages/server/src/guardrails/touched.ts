import { patternsOverlap } from '@uais/guardrails'
import type { Invariant, NamedDocument, PolicyDocument, PolicyStatement, ProofBundle } from '@uais/iam'
import { takeOverActions } from '@uais/iam'

/**
 * Ids of the promises whose verdict an edit can change: those about an action of a statement that differs. Where such
 * an action is a way of becoming somebody else, it is all of them; a promise about what must stay possible is decided
 * at once, so each is.
 */
export function touched(was: ProofBundle, would: ProofBundle): Set<string> {
  const patterns = changedActions(was, would)
  const all = patterns.some((pattern) => takeOverActions().some((action) => overlap(pattern, action)))
  if (patterns.length === 0) return new Set()
  const isDirect = (invariant: Invariant) =>
    'mustBeAbleTo' in invariant || patterns.some((one) => invariant.may.some((may) => overlap(one, may)))
  const direct = would.invariants.filter(isDirect)
  // The direct ones first: whoever waits for an answer sees them, however long the others take.
  return new Set([...direct, ...(all ? would.invariants : [])].map(({ id }) => id))
}

/** Action patterns of the statements that are in one of the bundles and not in the other. */
function changedActions(was: ProofBundle, would: ProofBundle): string[] {
  const [before, after] = [statementsOf(was), statementsOf(would)]
  const changed = [
    ...[...before].filter(([text]) => !after.has(text)),
    ...[...after].filter(([text]) => !before.has(text)),
  ]
  return [...new Set(changed.flatMap(([, statement]) => actionsOf(statement)))]
}

/** A statement that names what it does not mean is about everything. */
const actionsOf = ({ Action }: PolicyStatement): string[] =>
  Action === undefined ? ['*'] : [Action].flat().map(String)

function statementsOf(bundle: ProofBundle): Map<string, PolicyStatement> {
  const found = new Map<string, PolicyStatement>()
  const add = (where: string, document: PolicyDocument | null | undefined) => {
    for (const statement of [document?.Statement ?? []].flat())
      found.set(`${where} ${JSON.stringify(statement)}`, statement)
  }
  const named = (where: string, documents: readonly NamedDocument[]) => {
    for (const { name, policy } of documents) add(`${where} ${name}`, policy)
  }
  for (const { level, policies } of bundle.serviceControlPolicies ?? []) named(level, policies)
  for (const { level, policies } of bundle.resourceControlPolicies ?? []) named(`${level} resources`, policies)
  for (const { arn, identityPolicies, permissionsBoundary, trustPolicy } of bundle.principals) {
    named(arn, identityPolicies)
    if (permissionsBoundary) named(`${arn} boundary`, [permissionsBoundary])
    add(`${arn} trust`, trustPolicy)
  }
  for (const { arn, resourcePolicy } of bundle.resources) add(arn, resourcePolicy)
  return found
}

/** Whether some action matches both patterns; `*` and `?` as in IAM, letters in either case. */
export const overlap = (left: string, right: string): boolean =>
  patternsOverlap(left.toLowerCase(), right.toLowerCase())
