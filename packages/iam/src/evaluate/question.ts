import { type Caller, callerOf } from '../principal/caller.ts'
import { type ActionFacts, factsOf } from './action-facts.ts'
import { type NormalisedContext, normaliseContext } from './context.ts'
import type { AuthorizationRequest, PolicySet } from './request.ts'

/** A request in the form that compiled statements read: the caller resolved, context keys in lower case. */
export interface Question {
  readonly caller: Caller
  readonly action: string
  readonly facts: ActionFacts
  readonly resource: string
  readonly resourceAccount: string
  readonly context: NormalisedContext
  /** NotPrincipal denies whoever has a permissions boundary; see `principal/element.ts`. */
  readonly bounded: boolean
}

/** Resolves the caller and puts the context's keys in lower case. */
export function questionOf(request: AuthorizationRequest, policies: PolicySet): Question {
  const { action, resource } = request
  const context = normaliseContext(request.context)
  return {
    caller: callerOf(request.principal, context['aws:principalarn']),
    action,
    facts: factsOf(action),
    resource: resource.arn,
    resourceAccount: resource.accountId,
    context,
    bounded: policies.permissionsBoundaries !== undefined,
  }
}
