import { join } from 'node:path'
import type { Adapter, AdapterFactory, AdapterPayload } from 'oidc-provider'
import { FileJournal } from '../kernel/journal.ts'
import { Store, type StoredTable } from '../kernel/store.ts'

interface Row {
  payload: AdapterPayload
  /** Milliseconds since 1970; absent for what does not end by itself. */
  endsAt?: number
}

/** What the issuer has handed out: sessions, codes, grants, refresh tokens. Kept, so that a restart signs nobody out. */
export interface IssuedStore {
  adapter: AdapterFactory
  close(): void
}

export function openIssuedStore(dataDir: string): IssuedStore {
  const store = new Store(new FileJournal(join(dataDir, 'issued')))
  return { adapter: (model) => new IssuedTable(store, store.table(model)), close: () => store.close() }
}

/** One of oidc-provider's models ("Adapter" of its documentation), as a table of the sandbox's journaled store. */
class IssuedTable implements Adapter {
  readonly #store: Store
  readonly #table: StoredTable

  constructor(store: Store, table: StoredTable) {
    this.#store = store
    this.#table = table
  }

  async upsert(id: string, payload: AdapterPayload, expiresIn?: number): Promise<void> {
    const now = Date.now()
    const ended = this.#keys(({ endsAt }) => endsAt !== undefined && endsAt <= now)
    const row: Row = { payload, ...(expiresIn === undefined ? {} : { endsAt: now + expiresIn * 1000 }) }
    this.#write([...ended.map((key): [string, undefined] => [key, undefined]), [id, row]])
  }

  async find(id: string): Promise<AdapterPayload | undefined> {
    const row = this.#table.rows.get(id) as Row | undefined
    return row && (row.endsAt ?? Number.POSITIVE_INFINITY) > Date.now() ? structuredClone(row.payload) : undefined
  }

  async findByUid(uid: string): Promise<AdapterPayload | undefined> {
    return this.#findWhere(({ payload }) => payload.uid === uid)
  }

  async findByUserCode(userCode: string): Promise<AdapterPayload | undefined> {
    return this.#findWhere(({ payload }) => payload.userCode === userCode)
  }

  /** Marks a code as used (seconds since 1970), so that its second use is known for one. */
  async consume(id: string): Promise<void> {
    const row = this.#table.rows.get(id) as Row | undefined
    if (!row) return
    this.#write([[id, { ...row, payload: { ...row.payload, consumed: Math.floor(Date.now() / 1000) } }]])
  }

  async destroy(id: string): Promise<void> {
    this.#write([[id, undefined]])
  }

  async revokeByGrantId(grantId: string): Promise<void> {
    this.#write(this.#keys(({ payload }) => payload.grantId === grantId).map((key) => [key, undefined]))
  }

  async #findWhere(wanted: (row: Row) => boolean): Promise<AdapterPayload | undefined> {
    const [key] = this.#keys(wanted)
    return key === undefined ? undefined : this.find(key)
  }

  #keys(wanted: (row: Row) => boolean): string[] {
    return [...this.#table.rows].filter(([, row]) => wanted(row as Row)).map(([key]) => key)
  }

  #write(changes: [string, Row | undefined][]): void {
    const transaction = this.#store.begin()
    for (const [key, row] of changes) transaction.write(this.#table, key, row)
    transaction.commit()
  }
}
