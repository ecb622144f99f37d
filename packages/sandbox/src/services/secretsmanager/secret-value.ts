import { randomUUID } from 'node:crypto'
import type {
  BatchGetSecretValueRequest,
  BatchGetSecretValueResponse,
  GetSecretValueRequest,
  GetSecretValueResponse,
  PutSecretValueRequest,
  PutSecretValueResponse,
} from '@aws-sdk/client-secrets-manager'
import { AwsError } from '../../kernel/aws-error.ts'
import { operation } from '../../kernel/operation.ts'
import { secretAccess } from './access.ts'
import { invalidParameter, noSuchValue } from './errors.ts'
import { current, openLiveSecret, putSecret, type SecretRow, type VersionRow, versionAt } from './state.ts'
import { addVersion, hasValue, openValue, sealValue, type ValueInput } from './value.ts'

export const getSecretValue = operation<GetSecretValueRequest, GetSecretValueResponse>({
  name: 'GetSecretValue',
  access: (input, call) => [
    secretAccess(call, 'secretsmanager:GetSecretValue', input.SecretId, {
      'secretsmanager:VersionId': input.VersionId,
      'secretsmanager:VersionStage': input.VersionStage ?? (input.VersionId === undefined ? current : undefined),
    }),
  ],
  handle: async (input, call) => {
    const secret = openLiveSecret(call, input.SecretId)
    const version = wantedVersion(secret, input)
    const value = await openValue(call, secret, version)
    const day = `${call.now.toISOString().slice(0, 10)}T00:00:00.000Z`
    if (secret.accessedAt !== day) putSecret(call, { ...openLiveSecret(call, secret.arn), accessedAt: day })
    return {
      ARN: secret.arn,
      Name: secret.name,
      VersionId: version.id,
      VersionStages: version.stages,
      CreatedDate: new Date(version.createdAt),
      ...value,
    }
  },
})

/** Each secret is read as a call of its own; those that may not be read are listed as errors. */
export const batchGetSecretValue = operation<BatchGetSecretValueRequest, BatchGetSecretValueResponse>({
  name: 'BatchGetSecretValue',
  access: () => [{ action: 'secretsmanager:BatchGetSecretValue', resource: '*' }],
  handle: async (input, call) => {
    if (input.SecretIdList === undefined || input.Filters !== undefined)
      throw invalidParameter('This sandbox takes SecretIdList, and no Filters, in BatchGetSecretValue')
    const SecretValues: GetSecretValueResponse[] = []
    const Errors: NonNullable<BatchGetSecretValueResponse['Errors']> = []
    for (const SecretId of input.SecretIdList) {
      try {
        SecretValues.push(await call.invoke('secretsmanager', 'GetSecretValue', { SecretId }))
      } catch (error) {
        if (!(error instanceof AwsError)) throw error
        Errors.push({ SecretId, ErrorCode: error.code, Message: error.message })
      }
    }
    return { SecretValues, Errors }
  },
})

export const putSecretValue = operation<PutSecretValueRequest, PutSecretValueResponse>({
  name: 'PutSecretValue',
  sensitive: ['SecretString', 'SecretBinary'],
  access: (input, call) => [secretAccess(call, 'secretsmanager:PutSecretValue', input.SecretId)],
  handle: async (input, call) => {
    const secret = openLiveSecret(call, input.SecretId)
    if (!hasValue(input)) throw invalidParameter('You must provide either SecretString or SecretBinary.')
    const id = input.ClientRequestToken ?? randomUUID()
    const known = secret.versions[id]
    if (known) {
      await demandSameValue(await openValue(call, secret, known), input)
      return { ARN: secret.arn, Name: secret.name, VersionId: id, VersionStages: known.stages }
    }
    const stages = input.VersionStages ?? [current]
    const sealed = await sealValue(call, secret, id, input)
    putSecret(call, addVersion(openLiveSecret(call, secret.arn), { ...sealed, stages }))
    return { ARN: secret.arn, Name: secret.name, VersionId: id, VersionStages: stages }
  },
})

/** A version never changes: its token may come again with the same value only. */
export function demandSameValue(stored: ValueInput, given: ValueInput): void {
  const same =
    stored.SecretString === given.SecretString &&
    Buffer.compare(Buffer.from(stored.SecretBinary ?? []), Buffer.from(given.SecretBinary ?? [])) === 0
  if (!same)
    throw new AwsError(
      'ResourceExistsException',
      'You provided a ClientRequestToken that is already used by a version with another value.',
    )
}

function wantedVersion(secret: SecretRow, { VersionId, VersionStage }: GetSecretValueRequest): VersionRow {
  const stage = VersionStage ?? (VersionId === undefined ? current : undefined)
  const version = VersionId === undefined ? versionAt(secret, stage ?? current) : secret.versions[VersionId]
  if (!version || (stage !== undefined && !version.stages.includes(stage)))
    throw noSuchValue(
      VersionId === undefined
        ? `staging label: ${stage}`
        : `VersionId: ${VersionId}${stage ? ` and staging label: ${stage}` : ''}`,
    )
  return version
}
