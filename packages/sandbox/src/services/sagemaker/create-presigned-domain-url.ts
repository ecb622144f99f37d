import type { CreatePresignedDomainUrlRequest, CreatePresignedDomainUrlResponse } from '@aws-sdk/client-sagemaker'
import { type Call, operation } from '../../kernel/operation.ts'
import { studioUrl } from '../../studio/presigned-url.ts'
import type { StudioFacts } from '../../studio/state.ts'
import { onResource } from './access.ts'
import { validation } from './errors.ts'
import { find, resourceArn } from './resource.ts'
import { isReady } from './settling.ts'
import {
  type DomainRow,
  domains,
  profileKey,
  spaceKey,
  spaces,
  type UserProfileRow,
  userProfiles,
} from './studio-kinds.ts'
import { tagsOf } from './tag-store.ts'

/** Defaults of the API Reference, CreatePresignedDomainUrl. */
const expiresIn = 300
const sessionLasts = 43_200

export const createPresignedDomainUrl = operation<CreatePresignedDomainUrlRequest, CreatePresignedDomainUrlResponse>({
  name: 'CreatePresignedDomainUrl',
  access: (input, call) => [
    onResource(
      call,
      'CreatePresignedDomainUrl',
      resourceArn(userProfiles, call, profileKey(input.DomainId, input.UserProfileName)),
    ),
  ],
  handle: (input, call) => {
    const domain = find(domains, call, input.DomainId ?? '')
    if (domain.AuthMode !== 'IAM')
      throw validation('CreatePresignedDomainUrl is only supported for domains with AuthMode IAM.')
    const profile = find(userProfiles, call, profileKey(input.DomainId, input.UserProfileName))
    if (!isReady(profile, call.now)) throw validation(`User Profile [${input.UserProfileName}] is not InService.`)
    if (input.SpaceName) find(spaces, call, spaceKey(input.DomainId, input.SpaceName))
    return {
      AuthorizedUrl: studioUrl(call, {
        facts: studioFacts(call, domain, profile, input.SpaceName),
        expiresInSeconds: input.ExpiresInSeconds ?? expiresIn,
        sessionSeconds: input.SessionExpirationDurationInSeconds ?? sessionLasts,
      }),
    }
  },
})

/** What the session is for; private spaces and apps run with the profile's role, or the domain's default. */
function studioFacts(
  call: Call,
  domain: DomainRow,
  profile: UserProfileRow,
  spaceName: string | undefined,
): StudioFacts {
  const executionRoleArn = profile.UserSettings?.ExecutionRole ?? domain.DefaultUserSettings?.ExecutionRole
  if (!executionRoleArn) throw validation('Neither the user profile nor the domain has an execution role.')
  const groups = [
    ...(domain.DefaultUserSettings?.SecurityGroups ?? []),
    ...(profile.UserSettings?.SecurityGroups ?? []),
  ]
  const inVpc = domain.AppNetworkAccessType === 'VpcOnly' && domain.VpcId
  return {
    domainId: domain.DomainId ?? '',
    userProfileName: profile.UserProfileName ?? '',
    userProfileArn: profile.UserProfileArn ?? '',
    spaceName,
    executionRoleArn,
    identityPropagates: domain.DomainSettings?.ExecutionRoleIdentityConfig === 'USER_PROFILE_NAME',
    ...(inVpc
      ? {
          network: {
            vpcId: domain.VpcId ?? '',
            subnetIds: domain.SubnetIds ?? [],
            securityGroupIds: [...new Set(groups)],
          },
        }
      : {}),
    kmsKeyId: domain.KmsKeyId,
    tags: tagsOf(call, profile.UserProfileArn ?? '') ?? {},
  }
}
