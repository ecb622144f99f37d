import { randomInt } from 'node:crypto'
import type { Call } from '../../kernel/operation.ts'
import type { Table } from '../../kernel/table.ts'
import { markedForDeletion, noSuchSecret } from './errors.ts'

export interface SecretRow {
  name: string
  arn: string
  account: string
  region: string
  description?: string
  /** Key id, ARN or alias as given; absent for aws/secretsmanager. */
  kmsKeyId?: string
  tags: Record<string, string>
  policy?: string
  /** ISO 8601 */
  createdAt: string
  /** ISO 8601 */
  changedAt: string
  /** Day of the last read, ISO 8601. */
  accessedAt?: string
  /** ISO 8601; set while the recovery window runs, at whose end the secret is gone. */
  deletion?: { requestedAt: string; at: string }
  /** By version id. */
  versions: Record<string, VersionRow>
}

export interface VersionRow {
  id: string
  stages: string[]
  /** ISO 8601 */
  createdAt: string
  kind: 'string' | 'binary'
  keyArn: string
  /** Data key encrypted by KMS, and the value under it; base64. */
  dataKey: string
  sealed: string
}

export const current = 'AWSCURRENT'
export const previous = 'AWSPREVIOUS'

interface SecretHome {
  account: string
  region: string
}

/** Rows by name. */
export function secrets(call: Call, home: SecretHome = call): Table<SecretRow> {
  return call.table('secret', { service: 'secretsmanager', account: home.account, region: home.region })
}

/** The ARN ends in a hyphen and six random characters (Secrets Manager User Guide, "What's in a secret?"). */
export function newSecretArn(call: Call, name: string): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
  const suffix = Array.from({ length: 6 }, () => letters[randomInt(letters.length)]).join('')
  return `${bareArn(call, name)}-${suffix}`
}

export function bareArn(call: Call, name: string): string {
  return `arn:${call.partition}:secretsmanager:${call.region}:${call.account}:secret:${name}`
}

/** The secret that a SecretId names: its name, its ARN, or its ARN without the random end. */
export function findSecret(call: Call, secretId: string): SecretRow | undefined {
  const row = secretId.startsWith('arn:') ? findByArn(call, secretId) : secrets(call).get(secretId)
  const gone = row?.deletion !== undefined && new Date(row.deletion.at) <= call.now
  return gone ? undefined : row
}

export function openSecret(call: Call, secretId: string | undefined): SecretRow {
  const secret = findSecret(call, secretId ?? '')
  if (!secret) throw noSuchSecret()
  return secret
}

/** A secret that is not waiting to be deleted. */
export function openLiveSecret(call: Call, secretId: string | undefined): SecretRow {
  const secret = openSecret(call, secretId)
  if (secret.deletion) throw markedForDeletion()
  return secret
}

export function putSecret(call: Call, secret: SecretRow): void {
  secrets(call, secret).put(secret.name, secret)
}

/** The version that carries a stage. */
export function versionAt(secret: SecretRow, stage: string): VersionRow | undefined {
  return Object.values(secret.versions).find((version) => version.stages.includes(stage))
}

function findByArn(call: Call, arn: string): SecretRow | undefined {
  const [, , , region = '', account = '', , ...rest] = arn.split(':')
  const name = rest.join(':')
  const rows = secrets(call, { account, region })
  const exact = rows.get(name.replace(/-[A-Za-z0-9]{6}$/, ''))
  if (exact?.arn === arn) return exact
  return rows.get(name)
}
