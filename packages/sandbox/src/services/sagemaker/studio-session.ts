import type { UserContext } from '@aws-sdk/client-sagemaker'
import type { Call } from '../../kernel/operation.ts'
import type { Principal } from '../../kernel/principal.ts'
import { rows } from './resource.ts'
import { domains, type UserProfileRow, userProfiles } from './studio-kinds.ts'

/**
 * The user profile behind a Studio session: an execution role that SageMaker assumed, with the profile's name as
 * source identity. Without ExecutionRoleIdentityConfig nothing tells one profile's session from another's.
 */
function profileOf(call: Call): UserProfileRow | undefined {
  const { principal } = call
  if (principal.type !== 'role-session' || principal.invokedBy !== 'sagemaker.amazonaws.com') return undefined
  return [...rows(userProfiles, call).values()].find((row) => row.UserProfileName === principal.sourceIdentity)
}

/**
 * Tags that SageMaker puts on everything created from Studio, whatever the domain's tag propagation says
 * (SageMaker AI Developer Guide, "Use custom tags": sagemaker:domain-arn, sagemaker:user-profile-arn).
 */
export function automaticTags(call: Call): Record<string, string> {
  const profile = profileOf(call)
  const domain = profile && rows(domains, call).get(profile.DomainId ?? '')
  if (!profile || !domain) return {}
  return {
    'sagemaker:domain-arn': domain.DomainArn ?? '',
    'sagemaker:user-profile-arn': profile.UserProfileArn ?? '',
  }
}

/** `CreatedBy` and `LastModifiedBy` (API Reference, UserContext). */
export function userContext(call: Call): UserContext {
  const profile = profileOf(call)
  return {
    ...(profile && {
      UserProfileArn: profile.UserProfileArn,
      UserProfileName: profile.UserProfileName,
      DomainId: profile.DomainId,
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
