import type { Db } from '../db/database.ts'
import type { Listener } from '../db/listen.ts'
import type { StreamEvent } from '../http/event-stream.ts'
import { endPhases, presentRun } from './runs.ts'
import { readLogRows, readRunRow } from './store.ts'

/** Looks again after this long even without a notification: a hint may be lost, the rows are not. */
const lookAgain = 2_000
const linesAtOnce = 500

/**
 * The life of a run as events: `run` whenever it changed, `log` per line with its number as event id. Begins after line
 * `after`, so that a reconnecting browser misses and repeats nothing; ends with the run.
 */
export async function* followRun(
  db: Db,
  listener: Listener,
  id: string,
  after: number,
  signal: AbortSignal,
): AsyncGenerator<StreamEvent> {
  let seen = after
  let shown = ''
  while (!signal.aborted) {
    // Waiting begins before looking, so that what happens in between wakes us.
    const news = listener.next(id, lookAgain, signal)
    const row = await readRunRow(db, id)
    if (!row) return
    const run = await presentRun(db, row)
    const lines = await readLogRows(db, id, seen, linesAtOnce)
    for (const line of lines) {
      yield { event: 'log', id: String(line.seq), data: line }
      seen = line.seq
    }
    const { timings: _, ...steady } = run
    const mark = JSON.stringify(steady)
    if (mark !== shown) yield { event: 'run', data: run }
    shown = mark
    if (lines.length === linesAtOnce) continue
    if (endPhases.includes(run.phase)) return
    await news
  }
}

/** Number of the last line that a reconnecting browser has; 0 for a new one, and for anything but a number. */
export const lastSeen = (header: unknown) =>
  typeof header === 'string' && /^\d{1,9}$/.test(header) ? Number(header) : 0
