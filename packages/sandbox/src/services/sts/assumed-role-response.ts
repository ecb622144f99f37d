import type { AssumeRoleResponse } from '@aws-sdk/client-sts'
import type { Credential } from '../../kernel/credentials.ts'
import type { RoleSession } from '../../kernel/principal.ts'

export function assumedRoleResponse(
  credential: Credential & { principal: RoleSession },
  packedPolicySize: number | undefined,
): AssumeRoleResponse {
  const { principal } = credential
  return {
    Credentials: {
      AccessKeyId: credential.accessKeyId,
      SecretAccessKey: credential.secretAccessKey,
      SessionToken: credential.sessionToken,
      Expiration: new Date(principal.expiresAt),
    },
    AssumedRoleUser: {
      AssumedRoleId: `${principal.roleId}:${principal.sessionName}`,
      Arn: principal.sessionArn,
    },
    ...(packedPolicySize === undefined ? {} : { PackedPolicySize: packedPolicySize }),
    ...(principal.sourceIdentity === undefined ? {} : { SourceIdentity: principal.sourceIdentity }),
  }
}
