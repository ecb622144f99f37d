import type { CreatePresignedDomainUrlRequest, CreatePresignedDomainUrlResponse } from '@aws-sdk/client-sagemaker'
import { operation } from '../../kernel/operation.ts'
import type { RoleSession } from '../../kernel/principal.ts'
import { onResource } from './access.ts'
import { validation } from './errors.ts'
import { find, resourceArn } from './resource.ts'
import { isReady } from './settling.ts'
import { domains, profileKey, spaceKey, spaces, userProfiles } from './studio-kinds.ts'
import { presignedUrls } from './studio-urls.ts'

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
    const token = call.id(64)
    presignedUrls(call).put(token, {
      account: call.account,
      region: call.region,
      domainId: input.DomainId ?? '',
      userProfileName: profile.UserProfileName ?? '',
      spaceName: input.SpaceName,
      minter: call.principal as RoleSession,
      minterOrigin: call.origin,
      expiresAt: new Date(call.now.getTime() + (input.ExpiresInSeconds ?? expiresIn) * 1000).toISOString(),
      sessionSeconds: input.SessionExpirationDurationInSeconds ?? sessionLasts,
      used: false,
    })
    const host = call.http?.headers.host ?? '127.0.0.1:4566'
    return { AuthorizedUrl: `http://${host}/_studio/auth?token=${token}` }
  },
})
