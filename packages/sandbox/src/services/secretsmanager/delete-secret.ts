import type {
  DeleteSecretRequest,
  DeleteSecretResponse,
  RestoreSecretRequest,
  RestoreSecretResponse,
} from '@aws-sdk/client-secrets-manager'
import { operation } from '../../kernel/operation.ts'
import { secretAccess } from './access.ts'
import { invalidParameter } from './errors.ts'
import { openLiveSecret, openSecret, putSecret, secrets } from './state.ts'

const day = 86_400_000

/** 7 to 30 days to recover, 30 when not given; or gone at once (Secrets Manager API Reference, DeleteSecret). */
export const deleteSecret = operation<DeleteSecretRequest, DeleteSecretResponse>({
  name: 'DeleteSecret',
  access: (input, call) => [
    secretAccess(call, 'secretsmanager:DeleteSecret', input.SecretId, {
      'secretsmanager:ForceDeleteWithoutRecovery': input.ForceDeleteWithoutRecovery,
      'secretsmanager:RecoveryWindowInDays': input.RecoveryWindowInDays,
    }),
  ],
  handle: (input, call) => {
    const { ForceDeleteWithoutRecovery: force, RecoveryWindowInDays: days } = input
    if (force && days !== undefined)
      throw invalidParameter("You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.")
    if (days !== undefined && (days < 7 || days > 30))
      throw invalidParameter('The RecoveryWindowInDays value must be between 7 and 30 days (inclusive).')
    const secret = force ? openSecret(call, input.SecretId) : openLiveSecret(call, input.SecretId)
    const at = new Date(call.now.getTime() + (force ? 0 : (days ?? 30) * day))
    if (force) secrets(call, secret).delete(secret.name)
    else putSecret(call, { ...secret, deletion: { requestedAt: call.now.toISOString(), at: at.toISOString() } })
    return { ARN: secret.arn, Name: secret.name, DeletionDate: at }
  },
})

export const restoreSecret = operation<RestoreSecretRequest, RestoreSecretResponse>({
  name: 'RestoreSecret',
  access: (input, call) => [secretAccess(call, 'secretsmanager:RestoreSecret', input.SecretId)],
  handle: (input, call) => {
    const { deletion: _ended, ...secret } = openSecret(call, input.SecretId)
    putSecret(call, secret)
    return { ARN: secret.arn, Name: secret.name }
  },
})
