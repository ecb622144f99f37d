import { spawn } from 'node:child_process'
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { FileJournal } from './journal.ts'
import { Store } from './store.ts'

let directory: string
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'uais-journal-'))
})
afterEach(() => rmSync(directory, { recursive: true, force: true }))

const open = () => new Store(new FileJournal(directory))
const rowsOf = (store: Store) => Object.fromEntries(store.table('t').rows)

function write(store: Store, rows: Record<string, object | undefined>): void {
  const transaction = store.begin()
  for (const [key, row] of Object.entries(rows)) transaction.write(store.table('t'), key, row)
  transaction.commit()
}

it('keeps what was committed, without being closed', () => {
  const store = open()
  write(store, { a: { n: 1 }, b: { n: 2 } })
  write(store, { a: { n: 3 }, b: undefined })
  expect(rowsOf(open())).toEqual({ a: { n: 3 } })
})

it('forgets a line that was cut short, and goes on after it', () => {
  write(open(), { a: { n: 1 } })
  const file = join(directory, 'journal-0.jsonl')
  appendFileSync(file, '[["t","b",{"n":')
  const store = open()
  expect(rowsOf(store)).toEqual({ a: { n: 1 } })
  write(store, { c: { n: 2 } })
  expect(rowsOf(open())).toEqual({ a: { n: 1 }, c: { n: 2 } })
})

it('forgets a line that lost its end, at every length', () => {
  write(open(), { a: { n: 1 } })
  const whole = readFileSync(join(directory, 'journal-0.jsonl')).length
  for (let length = whole - 1; length >= 0; length--) {
    truncateSync(join(directory, 'journal-0.jsonl'), length)
    expect(rowsOf(open())).toEqual({})
  }
})

it('refuses a journal that is damaged in the middle', () => {
  write(open(), { a: { n: 1 } })
  appendFileSync(join(directory, 'journal-0.jsonl'), 'nonsense\n')
  expect(open).toThrow(/is damaged; restore the directory from a copy/)
})

it('compacts into a snapshot and drops the older generation', () => {
  const store = open()
  for (let n = 0; n < 100; n++) write(store, { a: { n }, [`k${n}`]: n % 2 ? undefined : { n } })
  store.close()
  expect(readdirSync(directory).sort()).toEqual(['journal-1.jsonl', 'snapshot-1.jsonl'])
  expect(Object.keys(rowsOf(open()))).toHaveLength(51)
})

it('survives a compaction that was cut short', () => {
  write(open(), { a: { n: 1 } })
  appendFileSync(join(directory, 'snapshot.tmp'), '[["t","a",{"n":')
  expect(rowsOf(open())).toEqual({ a: { n: 1 } })
})

it('undoes a failed call, but not what another call has written since', () => {
  const store = open()
  write(store, { a: { n: 1 }, b: { n: 1 } })
  const failing = store.begin()
  failing.write(store.table('t'), 'a', { n: 2 })
  failing.write(store.table('t'), 'b', { n: 2 })
  failing.write(store.table('t'), 'c', { n: 2 })
  write(store, { b: { n: 3 } })
  failing.rollback()
  expect(rowsOf(store)).toEqual({ a: { n: 1 }, b: { n: 3 } })
  expect(rowsOf(open())).toEqual({ a: { n: 1 }, b: { n: 3 } })
})

it('journals the newest row when two calls overlap', () => {
  const store = open()
  const first = store.begin()
  first.write(store.table('t'), 'a', { n: 1 })
  write(store, { a: { n: 2 } })
  first.commit()
  expect(rowsOf(open())).toEqual({ a: { n: 2 } })
})

it.runIf(process.platform === 'linux')('belongs to one process at a time, until that one is gone', async () => {
  const other = spawn('sleep', ['30'])
  const stat = readFileSync(`/proc/${other.pid}/stat`, 'utf8')
  const start = stat.replace(/^.*\) /s, '').split(' ')[19]
  writeFileSync(join(directory, 'lock'), JSON.stringify({ pid: other.pid, start }))
  expect(open).toThrow(`process ${other.pid} is using it`)
  const gone = new Promise((resolve) => other.once('exit', resolve))
  other.kill('SIGKILL')
  await gone
  write(open(), { a: { n: 1 } })
  writeFileSync(join(directory, 'lock'), JSON.stringify({ pid: 1, start: 'of another process' }))
  expect(rowsOf(open())).toEqual({ a: { n: 1 } })
})
