import { randomBytes } from 'node:crypto'
import type { CallOrigin } from './operation.ts'
import type { Principal } from './principal.ts'
import type { Store } from './store.ts'

/** Credentials that the sandbox has issued, with the principal they stand for. */
export interface Credential {
  accessKeyId: string
  secretAccessKey: string
  sessionToken?: string | undefined
  /** ISO 8601; absent for long-term keys. */
  expiresAt?: string | undefined
  /** A deactivated key is treated as unknown. */
  inactive?: boolean | undefined
  principal: Principal
  /** Where the credential is used from, if not from the wire; see `ServiceSession.origin`. */
  origin?: CallOrigin | undefined
}

/** Table of all credentials, keyed by access key id, over all accounts. */
export const credentialTable = 'sts|||Credential'

export function findCredential(store: Store, accessKeyId: string): Credential | undefined {
  const credential = store.table(credentialTable).rows.get(accessKeyId) as Credential | undefined
  return credential?.inactive ? undefined : credential
}

const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** `ASIA…`, `AROA…`: the unique-identifier prefixes of the IAM User Guide, "IAM identifiers". */
export function uniqueId(prefix: string, length = 21): string {
  const random = randomBytes(length - prefix.length)
  return prefix + [...random].map((byte) => base32[byte & 31]).join('')
}

export const newSecret = () => randomBytes(30).toString('base64')
export const newSessionToken = () => randomBytes(180).toString('base64')
