import type { Decision, PolicyType } from '@uais/iam'
import { AwsError } from '../kernel/aws-error.ts'
import type { AccessCheck } from '../kernel/operation.ts'
import type { Principal } from '../kernel/principal.ts'
import { commonError } from '../wire/common-errors.ts'
import type { Model } from '../wire/model.ts'
import { principalName } from './authorize.ts'

/** A call that IAM refused, with the decision, so that the audit record can name the statement. */
export class AccessDenied extends AwsError {
  readonly decision: Decision

  constructor(error: AwsError, decision: Decision) {
    super(error.code, error.message, error.status, error.details)
    this.decision = decision
  }
}

const policyNames: Record<PolicyType, string> = {
  identity: 'identity-based policy',
  boundary: 'permissions boundary',
  session: 'session policy',
  scp: 'service control policy',
  rcp: 'resource control policy',
  resource: 'resource-based policy',
  endpoint: 'VPC endpoint policy',
  grant: 'resource-based policy',
  aws: 'identity-based policy',
}

/** The refusal in AWS's words (IAM User Guide, "Troubleshoot access denied error messages"). */
export function denial(model: Model, principal: Principal, check: AccessCheck, decision: Decision): AccessDenied {
  return new AccessDenied(commonError(model, 'accessDenied', messageFor(model, principal, check, decision)), decision)
}

function messageFor(model: Model, principal: Principal, check: AccessCheck, decision: Decision): string {
  if (principal.type === 'anonymous') {
    return principal.provider === undefined ? 'Access Denied' : `Not authorized to perform ${check.action}`
  }
  const resource = model.name === 's3' ? `"${check.resource}"` : check.resource
  const who = `User: ${principalName(principal)} is not authorized to perform: ${check.action}`
  const text = `${who} on resource: ${resource} ${reason(check, decision)}`
  return model.name === 'ec2' ? `You are not authorized to perform this operation. ${text}` : text
}

function reason(check: AccessCheck, decision: Decision): string {
  const cause = decision.because[0]
  const trust = cause?.type === 'resource' && /^sts:/.test(check.action)
  const policy = trust ? 'role trust policy' : policyNames[cause?.type ?? 'identity']
  if (decision.decision === 'ExplicitlyDenied') {
    return `with an explicit deny in ${/^[aeiou]/i.test(policy) ? 'an' : 'a'} ${policy}`
  }
  return `because no ${policy} allows the ${check.action} action`
}
