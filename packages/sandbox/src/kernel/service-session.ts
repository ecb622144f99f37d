import { roleOf } from '../authz/identity-policies.ts'
import { issueSession } from '../services/sts/session.ts'
import { AwsError } from './aws-error.ts'
import type { CallContext } from './call-context.ts'
import type { AccessCheck, ServiceSession } from './operation.ts'
import type { Principal } from './principal.ts'

const defaultSeconds = 12 * 3600

/**
 * A service assumes a role for its work, if the role's trust policy lets it. The session's credentials are kept
 * like any other's: their secret stands in the credential table under the principal's access key.
 */
export async function assumeForService(
  call: CallContext,
  roleArn: string,
  service: string,
  session: ServiceSession,
): Promise<Principal> {
  const account = /^arn:[^:]+:iam::(\d{12}):role\//.exec(roleArn)?.[1] ?? ''
  const role = roleOf(call.kernel.store, account, roleArn)
  const principal: Principal = {
    type: 'service',
    service,
    sourceAccount: call.account,
    sourceArn: session.sourceArn,
  }
  if (!role || !isTrusted(call, principal, roleArn, account, role.trust, session)) {
    throw new AwsError(
      'AccessDenied',
      `The role ${roleArn} cannot be assumed by the service principal ${service}.`,
      403,
    )
  }
  const credential = issueSession(call, {
    role,
    sessionName: session.sessionName,
    seconds: session.seconds ?? defaultSeconds,
    sourceIdentity: session.sourceIdentity,
    invokedBy: service,
    origin: session.origin,
  })
  return credential.principal
}

function isTrusted(
  call: CallContext,
  principal: Principal,
  roleArn: string,
  account: string,
  trust: string,
  session: ServiceSession,
): boolean {
  const check: AccessCheck = {
    action: 'sts:AssumeRole',
    resource: roleArn,
    resourceAccount: account,
    resourcePolicy: JSON.parse(trust),
    context: { 'sts:RoleSessionName': session.sessionName, 'sts:SourceIdentity': session.sourceIdentity },
  }
  const decision = call.decide(check, principal)
  return decision.decision === 'Allowed'
}
