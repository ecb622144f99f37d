import type { GetSessionTokenRequest, GetSessionTokenResponse } from '@aws-sdk/client-sts'
import { AwsError } from '../../kernel/aws-error.ts'
import { newSecret, newSessionToken, uniqueId } from '../../kernel/credentials.ts'
import { operation } from '../../kernel/operation.ts'
import { credentials } from './session.ts'

const defaultSeconds = 43_200

/** Temporary credentials of an IAM user, with his own permissions. Sessions of roles cannot ask (STS API Reference). */
export const getSessionToken = operation<GetSessionTokenRequest, GetSessionTokenResponse>({
  name: 'GetSessionToken',
  access: () => [],
  handle: (input, call) => {
    const { principal, now } = call
    if (principal.type !== 'user') {
      throw new AwsError('AccessDenied', 'Cannot call GetSessionToken with session credentials', 403)
    }
    const accessKeyId = uniqueId('ASIA', 20)
    const expiration = new Date(now.getTime() + (input.DurationSeconds ?? defaultSeconds) * 1000)
    const credential = {
      accessKeyId,
      secretAccessKey: newSecret(),
      sessionToken: newSessionToken(),
      expiresAt: expiration.toISOString(),
      principal: { ...principal, accessKeyId },
    }
    credentials(call).put(accessKeyId, credential)
    return {
      Credentials: {
        AccessKeyId: accessKeyId,
        SecretAccessKey: credential.secretAccessKey,
        SessionToken: credential.sessionToken,
        Expiration: expiration,
      },
    }
  },
})
