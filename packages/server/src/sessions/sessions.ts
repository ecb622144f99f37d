import { createHash, randomBytes } from 'node:crypto'
import { type Person, PlatformError } from '@uais/contract'
import type { Db } from '../db/database.ts'
import * as store from './store.ts'

/** Who calls, and how that was shown. */
export interface SignedIn {
  person: Person
  expiresAt: Date
  /** Cookie sessions alone: what unsafe requests must repeat in `X-CSRF-Token`. */
  csrfToken: string | undefined
  /** Ends exactly this session or token. */
  idHash: Buffer
}

/** Bearer tokens carry a prefix, so that a leaked one is found by secret scanners. */
export const tokenPrefix = 'uais_'
/** Tokens of the command line live as long as a working day. */
const tokenHours = 8

const hashOf = (secret: string) => createHash('sha256').update(secret).digest()
const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000)
const newSecret = () => randomBytes(32).toString('base64url')

/** Begins a session. The id goes into the cookie and nowhere else: the database keeps its hash. */
export async function startSession(db: Db, person: Person, tenantId: string, hours: number) {
  const id = newSecret()
  const expiresAt = inHours(hours)
  await store.insertSession(db, { idHash: hashOf(id), tenantId, person, csrfToken: newSecret(), expiresAt })
  return { id, expiresAt }
}

/** @throws PlatformError not-signed-in */
export async function findSession(db: Db, id: string): Promise<SignedIn> {
  const found = await store.liveSession(db, hashOf(id))
  if (!found) throw new PlatformError('not-signed-in', 'reading the session: it has ended or never was; sign in again')
  return { person: found.person, expiresAt: found.expires_at, csrfToken: found.csrf_token, idHash: found.id_hash }
}

/** Issues a token for the command line, to a person whom Entra has just confirmed. */
export async function issueToken(db: Db, person: Person, label: string) {
  const token = tokenPrefix + newSecret()
  const expiresAt = inHours(tokenHours)
  await store.insertToken(db, { idHash: hashOf(token), person, label, expiresAt })
  return { token, expiresAt }
}

/** @throws PlatformError not-signed-in */
export async function findToken(db: Db, token: string): Promise<SignedIn> {
  const found = await store.liveToken(db, hashOf(token))
  if (!found)
    throw new PlatformError('not-signed-in', 'reading the token: it has expired or was revoked; sign in again')
  return { person: found.person, expiresAt: found.expires_at, csrfToken: undefined, idHash: found.id_hash }
}

/** Ends a session or revokes a token, whichever it is. */
export const endSignedIn = (db: Db, signedIn: Pick<SignedIn, 'idHash'>) => store.end(db, signedIn.idHash)
