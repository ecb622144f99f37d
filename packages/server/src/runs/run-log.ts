import type { RunLogLine, RunPhase } from '@uais/contract'
import { sql } from 'kysely'
import type { Db } from '../db/database.ts'
import type { Logger } from '../logger.ts'

/** LISTEN channel of live runs: the payload is a run id; listeners read what is new. */
export const runChannel = 'uais_run'

const flushMs = 200
const longestMessage = 4000

/** Tells every listener that a run or its log has changed. */
export async function notifyRun(db: Db, runId: string): Promise<void> {
  await sql`select pg_notify(${runChannel}, ${runId})`.execute(db)
}

/** Writes a run's lines in batches, in order, and says so to those who follow it. */
export class RunLog {
  private readonly db: Db
  private readonly log: Logger
  private readonly runId: string
  private seq: number
  private waiting: RunLogLine[] = []
  private writing: Promise<void> = Promise.resolve()
  private timer: NodeJS.Timeout | undefined

  private constructor(db: Db, log: Logger, runId: string, seq: number) {
    this.db = db
    this.log = log
    this.runId = runId
    this.seq = seq
  }

  /** Goes on after the last line that an earlier process wrote. */
  static async open(db: Db, log: Logger, runId: string): Promise<RunLog> {
    const { last } = await db
      .selectFrom('run_log')
      .select(sql<number>`coalesce(max(seq), 0)`.as('last'))
      .where('run_id', '=', runId)
      .executeTakeFirstOrThrow()
    return new RunLog(db, log.child({ run: runId }), runId, last)
  }

  write(phase: RunPhase, line: { level?: RunLogLine['level']; message: string; address?: string | null }): void {
    this.seq += 1
    const level = line.level ?? 'info'
    const message = line.message.slice(0, longestMessage)
    this.waiting.push({
      seq: this.seq,
      at: new Date().toISOString(),
      level,
      phase,
      message,
      address: line.address ?? null,
    })
    this.log.debug({ phase, address: line.address }, message)
    this.timer ??= setTimeout(() => void this.flush(), flushMs)
  }

  /** Resolves when every line so far is kept. A lost line is logged, never fatal to the run. */
  flush(): Promise<void> {
    clearTimeout(this.timer)
    this.timer = undefined
    const lines = this.waiting
    this.waiting = []
    if (lines.length > 0)
      this.writing = this.writing.then(() =>
        this.keep(lines).catch((error) => this.log.error({ err: error, lines: lines.length }, 'run log lines lost')),
      )
    return this.writing
  }

  private async keep(lines: RunLogLine[]): Promise<void> {
    await this.db
      .insertInto('run_log')
      .values(lines.map((line) => ({ run_id: this.runId, ...line })))
      .execute()
    await notifyRun(this.db, this.runId)
  }
}
