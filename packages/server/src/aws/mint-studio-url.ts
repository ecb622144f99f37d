import { CreatePresignedDomainUrlCommand, SageMakerClient } from '@aws-sdk/client-sagemaker'
import { PlatformError } from '@uais/contract'
import { mintSessionPolicy } from '@uais/guardrails'
import { explainAwsError } from './aws-error.ts'
import type { AwsDoor } from './session.ts'

export interface StudioUrlRequest {
  awsAccountId: string
  region: string
  externalId: string
  /** Entra object id: becomes the source identity that the owner's CloudTrail shows. */
  oid: string
  domainId: string
  userProfileName: string
  userProfileArn: string
}

/** 5-300 s (SageMaker API Reference, "CreatePresignedDomainUrl"); the browser follows the link at once. */
const linkSeconds = 60
/** 1,800-43,200 s (same page); a working day would outlive a removal from the group for too long. */
const sessionSeconds = 4 * 3600

/** A link that opens Studio as exactly this profile. The session that asks for it may do nothing else. */
export async function mintStudioUrl(aws: AwsDoor, request: StudioUrlRequest) {
  const session = await aws.enter({
    ...{ awsAccountId: request.awsAccountId, region: request.region, externalId: request.externalId },
    role: 'uais-mint',
    sourceIdentity: request.oid,
    ttlSeconds: 900,
    sessionPolicy: mintSessionPolicy(request.userProfileArn),
  })
  const now = Date.now()
  const answer = await session
    .client(SageMakerClient)
    .send(
      new CreatePresignedDomainUrlCommand({
        DomainId: request.domainId,
        UserProfileName: request.userProfileName,
        ExpiresInSeconds: linkSeconds,
        SessionExpirationDurationInSeconds: sessionSeconds,
        LandingUri: 'studio::',
      }),
    )
    .catch((cause: unknown) => {
      throw new PlatformError('account-unreachable', `minting the Studio URL: ${explainAwsError(cause)}`, { cause })
    })
  const { AuthorizedUrl } = answer
  if (!AuthorizedUrl)
    throw new PlatformError('account-unreachable', 'minting the Studio URL: SageMaker answered without one')
  return {
    url: AuthorizedUrl,
    expiresAt: new Date(now + linkSeconds * 1000).toISOString(),
    sessionExpiresAt: new Date(now + sessionSeconds * 1000).toISOString(),
  }
}
