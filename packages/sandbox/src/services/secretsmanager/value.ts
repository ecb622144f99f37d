import type { DecryptResponse, GenerateDataKeyResponse } from '@aws-sdk/client-kms'
import { AwsError } from '../../kernel/aws-error.ts'
import type { Call } from '../../kernel/operation.ts'
import { openWithDataKey, sealWithDataKey } from '../envelope.ts'
import { invalidParameter } from './errors.ts'
import { current, previous, type SecretRow, type VersionRow } from './state.ts'

export interface ValueInput {
  SecretString?: string | undefined
  SecretBinary?: Uint8Array | undefined
}

const maxBytes = 65_536
/** Versions without a stage are kept up to this number (Secrets Manager User Guide, "Quotas"). */
const maxVersions = 100

/** Encrypts a value under the secret's key (Secrets Manager User Guide, "Secret encryption and decryption"). */
export async function sealValue(
  call: Call,
  secret: SecretRow,
  id: string,
  input: ValueInput,
): Promise<Omit<VersionRow, 'stages'>> {
  const bytes = bytesOf(input)
  const answer = await callKms<GenerateDataKeyResponse>(call, secret, 'GenerateDataKey', {
    KeyId: secret.kmsKeyId ?? 'alias/aws/secretsmanager',
    KeySpec: 'AES_256',
    EncryptionContext: encryptionContext(secret, id),
  })
  return {
    id,
    createdAt: call.now.toISOString(),
    kind: input.SecretBinary === undefined ? 'string' : 'binary',
    keyArn: answer.KeyId ?? '',
    dataKey: Buffer.from(answer.CiphertextBlob ?? []).toString('base64'),
    sealed: sealWithDataKey(answer.Plaintext ?? new Uint8Array(), bytes).toString('base64'),
  }
}

/** Decrypts a value as the caller. */
export async function openValue(call: Call, secret: SecretRow, version: VersionRow): Promise<ValueInput> {
  const answer = await callKms<DecryptResponse>(call, secret, 'Decrypt', {
    CiphertextBlob: Buffer.from(version.dataKey, 'base64'),
    EncryptionContext: encryptionContext(secret, version.id),
  })
  const bytes = openWithDataKey(answer.Plaintext ?? new Uint8Array(), Buffer.from(version.sealed, 'base64'))
  return version.kind === 'string' ? { SecretString: bytes.toString() } : { SecretBinary: bytes }
}

/** Adds a version and moves the stages to it; the one that was current becomes the previous one. */
export function addVersion(secret: SecretRow, added: VersionRow): SecretRow {
  const wasCurrent = Object.values(secret.versions).find((version) => version.stages.includes(current))
  const takesCurrent = added.stages.includes(current)
  const moved = Object.values(secret.versions).map((version) => {
    const taken = takesCurrent ? [...added.stages, previous] : added.stages
    const stages = version.stages.filter((stage) => !taken.includes(stage))
    return takesCurrent && version === wasCurrent
      ? { ...version, stages: [...stages, previous] }
      : { ...version, stages }
  })
  return { ...secret, changedAt: added.createdAt, versions: pruned([...moved, added]) }
}

function pruned(versions: readonly VersionRow[]): Record<string, VersionRow> {
  const spare = versions.filter((version) => version.stages.length === 0)
  const dropped = new Set(spare.slice(0, Math.max(0, versions.length - maxVersions)))
  return Object.fromEntries(versions.filter((version) => !dropped.has(version)).map((version) => [version.id, version]))
}

export function hasValue(input: ValueInput): boolean {
  return input.SecretString !== undefined || input.SecretBinary !== undefined
}

function bytesOf({ SecretString: text, SecretBinary: binary }: ValueInput): Buffer {
  if (text !== undefined && binary !== undefined)
    throw invalidParameter('You must provide either SecretString or SecretBinary.')
  const bytes = text === undefined ? Buffer.from(binary ?? []) : Buffer.from(text)
  if (bytes.length > maxBytes) throw invalidParameter('The secret value must have length less than or equal to 65536.')
  return bytes
}

function encryptionContext(secret: SecretRow, versionId: string) {
  return { SecretARN: secret.arn, SecretVersionId: versionId }
}

/** KMS as the caller, through Secrets Manager; refusals come back under this service's codes. */
async function callKms<Output>(call: Call, secret: SecretRow, operation: string, input: object): Promise<Output> {
  try {
    const via = `secretsmanager.${secret.region}.amazonaws.com`
    return await call.invoke<Output>('kms', operation, input, { via, region: secret.region })
  } catch (error) {
    if (!(error instanceof AwsError)) throw error
    if (/^AccessDenied/.test(error.code)) throw new AwsError('AccessDeniedException', 'Access to KMS is not allowed')
    const [code, verb] = operation === 'Decrypt' ? ['DecryptionFailure', 'decrypt'] : ['EncryptionFailure', 'encrypt']
    throw new AwsError(
      code,
      `Secrets Manager can't ${verb} the protected secret text using the provided KMS key. Check that the KMS key is available, enabled, and not in an invalid state. ${error.message}`,
    )
  }
}
