import type { Service } from '../../kernel/service.ts'
import { createSecret } from './create-secret.ts'
import { deleteSecret, restoreSecret } from './delete-secret.ts'
import { describeSecret, listSecretVersionIds } from './describe-secret.ts'
import { getRandomPassword } from './get-random-password.ts'
import { listSecrets } from './list-secrets.ts'
import { deleteResourcePolicy, getResourcePolicy, putResourcePolicy, validateResourcePolicy } from './secret-policy.ts'
import { tagResource, untagResource } from './secret-tags.ts'
import { batchGetSecretValue, getSecretValue, putSecretValue } from './secret-value.ts'
import { secrets } from './state.ts'
import { updateSecret, updateSecretVersionStage } from './update-secret.ts'

export const service: Service = {
  name: 'secretsmanager',
  model: 'secretsmanager',
  scope: 'region',
  operations: [
    createSecret,
    describeSecret,
    listSecrets,
    listSecretVersionIds,
    getSecretValue,
    batchGetSecretValue,
    putSecretValue,
    updateSecret,
    updateSecretVersionStage,
    deleteSecret,
    restoreSecret,
    tagResource,
    untagResource,
    getResourcePolicy,
    putResourcePolicy,
    deleteResourcePolicy,
    validateResourcePolicy,
    getRandomPassword,
  ],
  tagged: (call) => [...secrets(call).values()],
}
