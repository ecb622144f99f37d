/** Rows of one kind, scoped to service, account and region. Keys are strings; order is insertion order. */
export interface Table<Row extends object> {
  get(key: string): Row | undefined
  has(key: string): boolean
  /** Stores the row (a new object or the one that was read and changed); the only way a change is kept. */
  put(key: string, row: Row): void
  delete(key: string): boolean
  values(): IterableIterator<Row>
  entries(): IterableIterator<[string, Row]>
  readonly size: number
}
