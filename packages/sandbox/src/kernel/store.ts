import type { Journal, JournalEntry } from './journal.ts'

/** Rows of one table. Stored rows are plain JSON values that nobody may change: a write replaces the row. */
export interface StoredTable {
  readonly id: string
  readonly rows: Map<string, object>
  /** Grows with every write, so that what was derived from the table can be kept until it changes. */
  version: number
}

/** All tables of the sandbox in memory, restored from and kept in the journal. */
export class Store {
  readonly #tables = new Map<string, StoredTable>()
  readonly #journal: Journal

  constructor(journal: Journal) {
    this.#journal = journal
    journal.restore((entries) => {
      for (const [id, key, row] of entries) this.write(this.table(id), key, row ?? undefined)
    })
  }

  table(id: string): StoredTable {
    let table = this.#tables.get(id)
    if (!table) {
      table = { id, rows: new Map(), version: 0 }
      this.#tables.set(id, table)
    }
    return table
  }

  tables(): IterableIterator<StoredTable> {
    return this.#tables.values()
  }

  write(table: StoredTable, key: string, row: object | undefined): void {
    if (row === undefined) table.rows.delete(key)
    else table.rows.set(key, row)
    table.version++
  }

  begin(): Transaction {
    return new Transaction(this)
  }

  append(entries: JournalEntry[]): void {
    if (entries.length > 0) this.#journal.append(entries)
    if (this.#journal.shouldCompact()) this.#journal.compact(this.#snapshot())
  }

  close(): void {
    this.#journal.compact(this.#snapshot())
    this.#journal.close()
  }

  *#snapshot(): IterableIterator<JournalEntry> {
    for (const table of this.#tables.values()) {
      for (const [key, row] of table.rows) yield [table.id, key, row]
    }
  }
}

interface Change {
  table: StoredTable
  key: string
  before: object | undefined
  /** What this transaction wrote last; another call may have written since. */
  after: object | undefined
}

/**
 * The writes of one call. They are visible at once, so that a handler's "is it there? then take it" holds between
 * two awaits; a failed call puts the old rows back, unless another call has changed them meanwhile.
 */
export class Transaction {
  readonly #store: Store
  readonly #changes = new Map<string, Change>()

  constructor(store: Store) {
    this.#store = store
  }

  write(table: StoredTable, key: string, row: object | undefined): void {
    const id = `${table.id}\u0000${key}`
    const change = this.#changes.get(id)
    if (change) change.after = row
    else this.#changes.set(id, { table, key, before: table.rows.get(key), after: row })
    this.#store.write(table, key, row)
  }

  /** Journals every row that was touched, as it is now: one write, before the call is answered. */
  commit(): void {
    const entries = [...this.#changes.values()].map(
      ({ table, key }): JournalEntry => [table.id, key, table.rows.get(key) ?? null],
    )
    this.#changes.clear()
    this.#store.append(entries)
  }

  rollback(): void {
    for (const { table, key, before, after } of [...this.#changes.values()].reverse()) {
      if (table.rows.get(key) === after) this.#store.write(table, key, before)
    }
    this.#changes.clear()
  }

  /** Hands the writes to the transaction of the call that made this one. */
  mergeInto(outer: Transaction): void {
    for (const [id, change] of this.#changes) {
      const known = outer.#changes.get(id)
      if (known) known.after = change.after
      else outer.#changes.set(id, change)
    }
    this.#changes.clear()
  }
}
