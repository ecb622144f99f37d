import type { Filter, ListSecretsRequest, ListSecretsResponse } from '@aws-sdk/client-secrets-manager'
import { operation } from '../../kernel/operation.ts'
import { secretFacts, stagesByVersion } from './describe-secret.ts'
import { findSecret, type SecretRow, secrets } from './state.ts'

export const listSecrets = operation<ListSecretsRequest, ListSecretsResponse>({
  name: 'ListSecrets',
  access: () => [{ action: 'secretsmanager:ListSecrets', resource: '*' }],
  handle: (input, call) => {
    const wanted = [...secrets(call).values()]
      .filter((secret) => findSecret(call, secret.name) !== undefined)
      .filter((secret) => input.IncludePlannedDeletion || !secret.deletion)
      .filter((secret) => (input.Filters ?? []).every((filter) => matches(secret, filter)))
    const newestFirst = input.SortOrder === 'desc' ? wanted.reverse() : wanted
    return {
      SecretList: newestFirst.map((secret) => ({
        ...secretFacts(secret),
        SecretVersionsToStages: stagesByVersion(secret),
      })),
    }
  },
})

/** Values are prefixes; a leading ! negates (Secrets Manager User Guide, "Find secrets"). Any of them suffices. */
function matches(secret: SecretRow, { Key, Values = [] }: Filter): boolean {
  const texts = filterable(secret)[Key ?? ''] ?? Object.values(filterable(secret)).flat()
  return Values.some((value) => {
    const negated = value.startsWith('!')
    const prefix = negated ? value.slice(1) : value
    return texts.some((text) => text.toLowerCase().startsWith(prefix.toLowerCase())) !== negated
  })
}

function filterable(secret: SecretRow): Record<string, string[]> {
  return {
    name: [secret.name],
    description: [secret.description ?? ''],
    'tag-key': Object.keys(secret.tags),
    'tag-value': Object.values(secret.tags),
    'primary-region': [secret.region],
    'owning-service': [],
  }
}
