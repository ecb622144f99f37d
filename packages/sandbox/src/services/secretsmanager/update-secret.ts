import { randomUUID } from 'node:crypto'
import type {
  UpdateSecretRequest,
  UpdateSecretResponse,
  UpdateSecretVersionStageRequest,
  UpdateSecretVersionStageResponse,
} from '@aws-sdk/client-secrets-manager'
import { operation } from '../../kernel/operation.ts'
import { secretAccess } from './access.ts'
import { invalidParameter, noSuchValue } from './errors.ts'
import { demandSameValue } from './secret-value.ts'
import { current, openLiveSecret, previous, putSecret, type SecretRow, versionAt } from './state.ts'
import { addVersion, hasValue, openValue, sealValue } from './value.ts'

/** A new key is used from the next value on. */
export const updateSecret = operation<UpdateSecretRequest, UpdateSecretResponse>({
  name: 'UpdateSecret',
  sensitive: ['SecretString', 'SecretBinary'],
  access: (input, call) => [
    secretAccess(call, 'secretsmanager:UpdateSecret', input.SecretId, {
      'secretsmanager:Description': input.Description,
      'secretsmanager:KmsKeyId': input.KmsKeyId,
    }),
  ],
  handle: async (input, call) => {
    const secret: SecretRow = {
      ...openLiveSecret(call, input.SecretId),
      ...(input.Description === undefined ? {} : { description: input.Description }),
      ...(input.KmsKeyId === undefined ? {} : { kmsKeyId: input.KmsKeyId }),
      changedAt: call.now.toISOString(),
    }
    const named = { ARN: secret.arn, Name: secret.name }
    if (!hasValue(input)) {
      putSecret(call, secret)
      return named
    }
    const id = input.ClientRequestToken ?? randomUUID()
    const known = secret.versions[id]
    if (known) demandSameValue(await openValue(call, secret, known), input)
    const added = known ?? { ...(await sealValue(call, secret, id, input)), stages: [current] }
    putSecret(call, known ? secret : addVersion(secret, added))
    return { ...named, VersionId: id }
  },
})

/** Moves a stage from one version to another; AWSPREVIOUS follows AWSCURRENT. */
export const updateSecretVersionStage = operation<UpdateSecretVersionStageRequest, UpdateSecretVersionStageResponse>({
  name: 'UpdateSecretVersionStage',
  access: (input, call) => [
    secretAccess(call, 'secretsmanager:UpdateSecretVersionStage', input.SecretId, {
      'secretsmanager:VersionStage': input.VersionStage,
    }),
  ],
  handle: (input, call) => {
    const secret = openLiveSecret(call, input.SecretId)
    const stage = input.VersionStage ?? ''
    const { MoveToVersionId: to, RemoveFromVersionId: from } = input
    const holder = versionAt(secret, stage)
    for (const id of [to, from]) if (id !== undefined && !secret.versions[id]) throw noSuchValue(`VersionId: ${id}`)
    if (holder && holder.id !== to && holder.id !== from)
      throw invalidParameter(
        `The parameter RemoveFromVersionId can't be empty. Staging label ${stage} is currently attached to version ${holder.id}, so you must explicitly reference that version in RemoveFromVersionId.`,
      )
    if (stage === current && to === undefined)
      throw invalidParameter(
        "You can only move staging label AWSCURRENT to a different secret version. It can't be completely removed.",
      )
    const versions = Object.values(secret.versions).map((version) => {
      const without = version.stages.filter((name) => name !== stage && !(stage === current && name === previous))
      const becomesPrevious = stage === current && version.id === holder?.id && version.id !== to
      const stages = [...without, ...(version.id === to ? [stage] : []), ...(becomesPrevious ? [previous] : [])]
      return [version.id, { ...version, stages }] as const
    })
    putSecret(call, { ...secret, versions: Object.fromEntries(versions), changedAt: call.now.toISOString() })
    return { ARN: secret.arn, Name: secret.name }
  },
})
