import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { lockDirectory } from './directory-lock.ts'

/** [table, key, row]; null deletes the row. */
export type JournalEntry = [table: string, key: string, row: object | null]

/** Where rows outlive the process. A line is the writes of one call. */
export interface Journal {
  restore(apply: (entries: JournalEntry[]) => void): void
  append(entries: JournalEntry[]): void
  shouldCompact(): boolean
  compact(rows: Iterable<JournalEntry>): void
  close(): void
}

/** A journal is folded into a snapshot when it is longer than this, and than the snapshot. */
const compactAt = 32 * 1024 * 1024
const snapshotBatch = 1 << 20

/**
 * Journal in a directory: `snapshot-N.jsonl` holds all rows when generation N began, `journal-N.jsonl` what was
 * written since. A line is handed to the kernel by one write() before its call is answered, so a killed process
 * loses nothing that was answered; a line that was cut short was never answered, and is dropped.
 */
export class FileJournal implements Journal {
  readonly #directory: string
  readonly #unlock: () => void
  #generation = 0
  #file = -1
  #bytes = 0
  #snapshotBytes = 0

  constructor(directory: string) {
    this.#directory = directory
    mkdirSync(directory, { recursive: true })
    this.#unlock = lockDirectory(directory)
  }

  restore(apply: (entries: JournalEntry[]) => void): void {
    this.#generation = this.#latestGeneration()
    this.#snapshotBytes = readLines(this.#path('snapshot'), apply)
    const path = this.#path('journal')
    const good = readLines(path, apply)
    this.#file = openSync(path, 'a')
    ftruncateSync(this.#file, good)
    this.#bytes = good
  }

  append(entries: JournalEntry[]): void {
    const line = Buffer.from(`${JSON.stringify(entries)}\n`)
    let written = 0
    while (written < line.length) written += writeSync(this.#file, line, written)
    this.#bytes += line.length
  }

  shouldCompact(): boolean {
    return this.#bytes > Math.max(compactAt, this.#snapshotBytes)
  }

  /** Writes the next generation beside the present one, and switches by a rename. */
  compact(rows: Iterable<JournalEntry>): void {
    const next = this.#generation + 1
    const temporary = join(this.#directory, 'snapshot.tmp')
    const file = openSync(temporary, 'w')
    let batch = ''
    for (const row of rows) {
      batch += `${JSON.stringify([row])}\n`
      if (batch.length > snapshotBatch) {
        writeSync(file, batch)
        batch = ''
      }
    }
    if (batch !== '') writeSync(file, batch)
    fsyncSync(file)
    this.#snapshotBytes = fstatSync(file).size
    closeSync(file)
    renameSync(temporary, join(this.#directory, `snapshot-${next}.jsonl`))
    closeSync(this.#file)
    this.#generation = next
    this.#file = openSync(this.#path('journal'), 'a')
    this.#bytes = 0
    this.#removeOlderThan(next)
  }

  close(): void {
    closeSync(this.#file)
    this.#unlock()
  }

  #path(kind: 'snapshot' | 'journal'): string {
    return join(this.#directory, `${kind}-${this.#generation}.jsonl`)
  }

  #latestGeneration(): number {
    const found = readdirSync(this.#directory).map((name) => /^snapshot-(\d+)\.jsonl$/.exec(name)?.[1])
    return Math.max(0, ...found.filter((n) => n !== undefined).map(Number))
  }

  #removeOlderThan(generation: number): void {
    for (const name of readdirSync(this.#directory)) {
      const found = /^(?:snapshot|journal)-(\d+)\.jsonl$/.exec(name)?.[1]
      if (found !== undefined && Number(found) < generation) rmSync(join(this.#directory, name))
    }
  }
}

/** Applies every whole line and returns the length in bytes of what was whole. */
function readLines(path: string, apply: (entries: JournalEntry[]) => void): number {
  if (!existsSync(path)) return 0
  const content = readFileSync(path)
  let at = 0
  for (;;) {
    const end = content.indexOf(10, at)
    if (end < 0) return at
    try {
      apply(JSON.parse(content.toString('utf8', at, end)) as JournalEntry[])
    } catch (cause) {
      throw new Error(
        `reading the sandbox's journal '${path}': the line at byte ${at} is damaged; restore the directory from a copy, or remove it to start empty`,
        { cause },
      )
    }
    at = end + 1
  }
}
