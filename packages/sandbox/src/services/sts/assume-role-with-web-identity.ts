import type { AssumeRoleWithWebIdentityRequest, AssumeRoleWithWebIdentityResponse } from '@aws-sdk/client-sts'
import { AwsError } from '../../kernel/aws-error.ts'
import { type Call, operation } from '../../kernel/operation.ts'
import { type OidcProviderRow, oidcProviders, type RoleRow } from '../iam/state.ts'
import { assumedRoleResponse } from './assumed-role-response.ts'
import { issueSession } from './session.ts'
import { findRole, packedSize, sessionPolicies, sessionSeconds } from './session-request.ts'
import { readToken, verifyToken, type WebIdentityToken } from './web-identity-token.ts'

type Input = AssumeRoleWithWebIdentityRequest

/** The trust policy is asked with the token's claims; the token itself is verified before anything is issued. */
export const assumeRoleWithWebIdentity = operation<Input, AssumeRoleWithWebIdentityResponse>({
  name: 'AssumeRoleWithWebIdentity',
  sensitive: ['WebIdentityToken'],
  access: (input, call) => {
    const { role, provider, token } = read(input, call)
    const name = provider.arn.replace(/^.*:oidc-provider\//, '')
    const { sub, aud, amr } = token.claims
    return [
      {
        action: 'sts:AssumeRoleWithWebIdentity',
        principal: { type: 'anonymous', provider: provider.arn },
        resource: role.arn,
        resourceAccount: role.account,
        resourcePolicy: JSON.parse(role.trust),
        resourceTags: role.tags,
        context: {
          [`${name}:sub`]: sub,
          [`${name}:aud`]: [aud ?? []].flat()[0],
          [`${name}:amr`]: amr,
          'aws:FederatedProvider': provider.arn,
          'sts:RoleSessionName': input.RoleSessionName,
        },
      },
    ]
  },
  handle: async (input, call) => {
    const { role, provider, token } = read(input, call)
    await verifyToken(token, provider.url, provider.clientIds, call.now)
    const documents = sessionPolicies(call, role, input.Policy, input.PolicyArns)
    const credential = issueSession(call, {
      role,
      sessionName: input.RoleSessionName ?? '',
      seconds: sessionSeconds(input.DurationSeconds, role, false),
      sessionPolicies: documents,
    })
    return {
      ...assumedRoleResponse(credential, packedSize(documents, {})),
      Provider: provider.arn,
      SubjectFromWebIdentityToken: token.claims.sub,
      Audience: [token.claims.aud ?? []].flat()[0],
    }
  },
})

function read(input: Input, call: Call): { role: RoleRow; provider: OidcProviderRow; token: WebIdentityToken } {
  const token = readToken(input.WebIdentityToken ?? '')
  const role = findRole(call, input.RoleArn ?? '')
  if (!role) throw new AwsError('AccessDenied', 'Not authorized to perform sts:AssumeRoleWithWebIdentity', 403)
  const provider = [...oidcProviders(call, role.account).values()].find(({ url }) => url === token.claims.iss)
  if (provider) return { role, provider, token }
  throw new AwsError(
    'InvalidIdentityToken',
    `No OpenIDConnect provider found in your account for ${token.claims.iss}`,
    400,
  )
}
