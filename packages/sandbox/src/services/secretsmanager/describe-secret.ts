import type {
  DescribeSecretRequest,
  DescribeSecretResponse,
  ListSecretVersionIdsRequest,
  ListSecretVersionIdsResponse,
} from '@aws-sdk/client-secrets-manager'
import { operation } from '../../kernel/operation.ts'
import { tagList } from '../tag-list.ts'
import { secretAccess } from './access.ts'
import { openSecret, type SecretRow } from './state.ts'

export const describeSecret = operation<DescribeSecretRequest, DescribeSecretResponse>({
  name: 'DescribeSecret',
  access: (input, call) => [secretAccess(call, 'secretsmanager:DescribeSecret', input.SecretId)],
  handle: (input, call) => {
    const secret = openSecret(call, input.SecretId)
    return { ...secretFacts(secret), VersionIdsToStages: stagesByVersion(secret) }
  },
})

export const listSecretVersionIds = operation<ListSecretVersionIdsRequest, ListSecretVersionIdsResponse>({
  name: 'ListSecretVersionIds',
  access: (input, call) => [secretAccess(call, 'secretsmanager:ListSecretVersionIds', input.SecretId)],
  handle: (input, call) => {
    const secret = openSecret(call, input.SecretId)
    const versions = Object.values(secret.versions).filter(
      (version) => input.IncludeDeprecated || version.stages.length > 0,
    )
    return {
      ARN: secret.arn,
      Name: secret.name,
      Versions: versions.map((version) => ({
        VersionId: version.id,
        VersionStages: version.stages,
        CreatedDate: new Date(version.createdAt),
        KmsKeyIds: [secret.kmsKeyId ?? 'DefaultEncryptionKey'],
      })),
    }
  },
})

/** What DescribeSecret and ListSecrets both show. */
export function secretFacts(secret: SecretRow) {
  return {
    ARN: secret.arn,
    Name: secret.name,
    ...(secret.description === undefined ? {} : { Description: secret.description }),
    ...(secret.kmsKeyId === undefined ? {} : { KmsKeyId: secret.kmsKeyId }),
    CreatedDate: new Date(secret.createdAt),
    LastChangedDate: new Date(secret.changedAt),
    ...(secret.accessedAt ? { LastAccessedDate: new Date(secret.accessedAt) } : {}),
    ...(secret.deletion ? { DeletedDate: new Date(secret.deletion.requestedAt) } : {}),
    Tags: tagList(secret.tags),
  }
}

/** Versions that still carry a stage. */
export function stagesByVersion(secret: SecretRow): Record<string, string[]> {
  return Object.fromEntries(
    Object.values(secret.versions)
      .filter((version) => version.stages.length > 0)
      .map((version) => [version.id, version.stages]),
  )
}
