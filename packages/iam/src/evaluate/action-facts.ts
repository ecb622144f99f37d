import { rcpServices } from '../__generated__/rcp-services.ts'
import { RequestError } from './request-error.ts'

/** What the rules need to know of an action, worked out once per action. */
export interface ActionFacts {
  /** `service:action` in lower case; action names compare without case. */
  readonly name: string
  /** RCPs can bind it: the service supports them (Organizations User Guide, "Resource control policies"). */
  readonly rcp: boolean
  /** Decided by the trust policy when the resource is a role. */
  readonly trust: boolean
  /** Decided by the key policy when the resource is a KMS key. */
  readonly key: boolean
}

const supported = new Set(rcpServices)
const trustActions = new Set([
  'sts:assumerole',
  'sts:assumerolewithsaml',
  'sts:assumerolewithwebidentity',
  'sts:tagsession',
  'sts:setsourceidentity',
  'sts:setcontext',
])
const known = new Map<string, ActionFacts>()
const knownLimit = 50_000

/** @throws {RequestError} when the action is not of the form service:Action */
export function factsOf(action: string): ActionFacts {
  return known.get(action) ?? learn(action)
}

function learn(action: string): ActionFacts {
  if (!/^[A-Za-z0-9-]+:[A-Za-z0-9-]+$/.test(action)) {
    throw new RequestError(
      'INVALID_ACTION',
      `reading the request's action: '${action}' is not of the form service:Action`,
    )
  }
  const name = action.toLowerCase()
  const service = name.slice(0, name.indexOf(':'))
  const facts: ActionFacts = {
    name,
    rcp: supported.has(service) && name !== 'kms:retiregrant',
    trust: trustActions.has(name),
    key: service === 'kms',
  }
  if (known.size < knownLimit) known.set(action, facts)
  return facts
}
