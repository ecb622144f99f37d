import { createHash } from 'node:crypto'
import { PlatformError } from '@uais/contract'
import { sql } from 'kysely'
import type { Db } from '../db/database.ts'

interface Keyed {
  oid: string
  /** Of the header `Idempotency-Key`. */
  key: string
  /** What must be the same when the key comes again. */
  request: unknown
  status: number
}

/** Keys are remembered for a day: long enough for any client's retries. */
const remembered = '24 hours'

/**
 * Creates once per key: the first answer is kept in the same transaction as what it created, and given again.
 * @throws PlatformError idempotency-mismatch when the key comes with another request
 */
export async function once<Answer extends object>(
  tx: Db,
  keyed: Keyed,
  create: () => Promise<Answer>,
): Promise<Answer> {
  if (!/^[\x21-\x7e]{1,200}$/.test(keyed.key))
    throw new PlatformError('invalid-request', 'reading Idempotency-Key: use 1 to 200 visible ASCII characters')
  const hash = createHash('sha256').update(JSON.stringify(keyed.request)).digest()
  // Two requests with one key at once take turns; the second then finds the first one's answer.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${keyed.oid} ${keyed.key}`}, 0))`.execute(tx)
  await sql`delete from idempotency where created_at < now() - ${remembered}::interval`.execute(tx)
  const known = await tx
    .selectFrom('idempotency')
    .select(['request_hash', 'response'])
    .where('oid', '=', keyed.oid)
    .where('key', '=', keyed.key)
    .executeTakeFirst()
  if (known && !known.request_hash.equals(hash))
    throw new PlatformError(
      'idempotency-mismatch',
      'repeating a request: the key was used for another one; use a new key',
    )
  if (known) return known.response as Answer
  const answer = await create()
  await tx
    .insertInto('idempotency')
    .values({
      oid: keyed.oid,
      key: keyed.key,
      request_hash: hash,
      response: JSON.stringify(answer),
      status: keyed.status,
    })
    .execute()
  return answer
}
