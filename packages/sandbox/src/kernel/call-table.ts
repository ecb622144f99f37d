import { copyJson } from './json-value.ts'
import type { StoredTable, Transaction } from './store.ts'
import type { Table } from './table.ts'

/** A call's view of a table: rows go in and out as copies, and writes belong to the call's transaction. */
export class CallTable<Row extends object> implements Table<Row> {
  readonly #table: StoredTable
  readonly #transaction: Transaction
  readonly #afterWrite: () => void

  constructor(table: StoredTable, transaction: Transaction, afterWrite: () => void) {
    this.#table = table
    this.#transaction = transaction
    this.#afterWrite = afterWrite
  }

  get(key: string): Row | undefined {
    const row = this.#table.rows.get(key)
    return row === undefined ? undefined : (copyJson(row) as Row)
  }

  has(key: string): boolean {
    return this.#table.rows.has(key)
  }

  put(key: string, row: Row): void {
    this.#transaction.write(this.#table, key, copyJson(row))
    this.#afterWrite()
  }

  delete(key: string): boolean {
    if (!this.#table.rows.has(key)) return false
    this.#transaction.write(this.#table, key, undefined)
    this.#afterWrite()
    return true
  }

  *values(): IterableIterator<Row> {
    for (const row of this.#table.rows.values()) yield copyJson(row) as Row
  }

  *entries(): IterableIterator<[string, Row]> {
    for (const [key, row] of this.#table.rows) yield [key, copyJson(row) as Row]
  }

  get size(): number {
    return this.#table.rows.size
  }
}
