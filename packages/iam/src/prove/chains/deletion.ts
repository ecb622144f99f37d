import type { ProofRequest } from '../bundle.ts'
import type { Asker } from './asker.ts'
import { both } from './policy-choices.ts'
import type { When } from './question.ts'
import { inTurn } from './steps.ts'
import { boundaryAtFirst, iamAction, type Target, withBoundary } from './target.ts'

/**
 * Steps by which somebody deletes the user or role. Its policies must go first (AWS IAM API Reference, "DeleteRole":
 * "the role must not have any policies attached"); what else a user has is not in the bundle.
 */
export function deletion(asker: Asker, target: Target): readonly ProofRequest[] | undefined {
  const { documents, kind, arn } = target
  const boundary = withBoundary(boundaryAtFirst(target))
  const ask = (verb: string, object: string, when: When) => () =>
    asker.ask({ action: iamAction(target, verb, object), arns: [arn], ...(when && { when }) })
  const attached = documents.flatMap((document) => document.arn ?? [])
  return inTurn([
    ...attached.map((policy) => ask('Detach', 'Policy', both(boundary, { StringEquals: { 'iam:PolicyARN': policy } }))),
    ...(attached.length < documents.length ? [ask('Delete', 'Policy', boundary)] : []),
    // Of a user's deletion the request says nothing of its boundary.
    ask('Delete', '', kind === 'role' ? boundary : undefined),
  ])
}
