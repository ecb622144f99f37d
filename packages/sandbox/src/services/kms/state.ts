import type { Call } from '../../kernel/operation.ts'
import type { Table } from '../../kernel/table.ts'
import { keyDisabled, keyPendingDeletion } from './errors.ts'

type KeyState = 'Enabled' | 'Disabled' | 'PendingDeletion'

export interface KeyRow {
  id: string
  account: string
  region: string
  arn: string
  description: string
  state: KeyState
  /** `AWS` for keys that a service created for the account (alias/aws/s3). */
  manager: 'CUSTOMER' | 'AWS'
  /** ISO 8601 */
  createdAt: string
  /** ISO 8601; the key is gone from then on. */
  deletionDate?: string
  /** The policy's text as it was given: clients compare it. */
  policy: string
  tags: Record<string, string>
  rotation?: { periodInDays: number; enabledAt: string }
  /** 256-bit keys, base64, oldest first; the last one encrypts, all of them decrypt. */
  material: { key: string; createdAt: string; rotation?: 'AUTOMATIC' | 'ON_DEMAND' }[]
}

export interface AliasRow {
  name: string
  arn: string
  targetKeyId: string
  /** ISO 8601 */
  createdAt: string
  /** ISO 8601 */
  updatedAt: string
}

export interface GrantRow {
  id: string
  token: string
  keyArn: string
  name?: string
  granteePrincipal: string
  retiringPrincipal?: string
  operations: string[]
  constraints?: {
    encryptionContextSubset?: Record<string, string>
    encryptionContextEquals?: Record<string, string>
  }
  issuingAccount: string
  /** ISO 8601 */
  createdAt: string
}

/** Where a key lives; keys of other accounts are reached by their ARN. */
export interface KeyHome {
  account: string
  region: string
}

const serviceName = 'kms'

export const keys = (call: Call, home: KeyHome = call): Table<KeyRow> => call.table('key', scope(home))
export const aliases = (call: Call, home: KeyHome = call): Table<AliasRow> => call.table('alias', scope(home))
export const grants = (call: Call, home: KeyHome = call): Table<GrantRow> => call.table('grant', scope(home))

function scope({ account, region }: KeyHome) {
  return { service: serviceName, account, region }
}

export function kmsArn(call: Call, resource: string, home: KeyHome = call): string {
  return `arn:${call.partition}:kms:${home.region}:${home.account}:${resource}`
}

export function putKey(call: Call, key: KeyRow): void {
  keys(call, key).put(key.id, key)
}

/** Aliases of a key, in the key's own account. */
export function aliasesOf(call: Call, key: KeyRow): AliasRow[] {
  return [...aliases(call, key).values()].filter((alias) => alias.targetKeyId === key.id)
}

export function grantsOf(call: Call, key: KeyRow): GrantRow[] {
  return [...grants(call, key).values()].filter((grant) => grant.keyArn === key.arn)
}

/** Refuses a key that may not encrypt or decrypt now. */
export function demandEnabled(key: KeyRow): void {
  if (key.state === 'PendingDeletion') throw keyPendingDeletion(key.arn)
  if (key.state === 'Disabled') throw keyDisabled(key.arn)
}

/** Refuses a change to a key that is about to be deleted. */
export function demandNotPendingDeletion(key: KeyRow): void {
  if (key.state === 'PendingDeletion') throw keyPendingDeletion(key.arn)
}

export function isGone(key: KeyRow, now: Date): boolean {
  return key.deletionDate !== undefined && new Date(key.deletionDate) <= now
}
