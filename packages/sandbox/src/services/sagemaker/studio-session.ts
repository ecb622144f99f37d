import type { UserContext } from '@aws-sdk/client-sagemaker'
import type { Call } from '../../kernel/operation.ts'
import type { Principal } from '../../kernel/principal.ts'

/** The execution-role session behind a Studio page or space, by access key: who works in it. */
export interface StudioSessionRow {
  domainId: string
  domainArn: string
  userProfileName: string
  userProfileArn: string
}

export const studioSessions = (call: Call) => call.table<StudioSessionRow>('StudioSession')

function studioSession(call: Call): StudioSessionRow | undefined {
  return call.principal.type === 'role-session' ? studioSessions(call).get(call.principal.accessKeyId) : undefined
}

/**
 * Tags that SageMaker puts on everything created from Studio, whatever the domain's tag propagation says
 * (SageMaker AI Developer Guide, "Use custom tags": sagemaker:domain-arn, sagemaker:user-profile-arn).
 */
export function automaticTags(call: Call): Record<string, string> {
  const session = studioSession(call)
  return session
    ? { 'sagemaker:domain-arn': session.domainArn, 'sagemaker:user-profile-arn': session.userProfileArn }
    : {}
}

/** `CreatedBy` and `LastModifiedBy` (API Reference, UserContext). */
export function userContext(call: Call): UserContext {
  const session = studioSession(call)
  return {
    ...(session && {
      UserProfileArn: session.userProfileArn,
      UserProfileName: session.userProfileName,
      DomainId: session.domainId,
    }),
    ...iamIdentity(call.principal),
  }
}

function iamIdentity(principal: Principal): UserContext {
  if (principal.type === 'role-session')
    return {
      IamIdentity: {
        Arn: principal.sessionArn,
        PrincipalId: `${principal.roleId}:${principal.sessionName}`,
        ...(principal.sourceIdentity ? { SourceIdentity: principal.sourceIdentity } : {}),
      },
    }
  if (principal.type === 'user') return { IamIdentity: { Arn: principal.userArn, PrincipalId: principal.userId } }
  return {}
}
