import type { RunPhase } from '@uais/contract'
import type { Db } from '../db/database.ts'
import type { WorkerContext } from '../worker-context.ts'
import { notifyRun, RunLog } from './run-log.ts'
import { endPhases } from './runs.ts'
import { readRunRow, renewLease, type Timing, updateRun } from './store.ts'
import { enterPhase } from './timing.ts'

/** A holder that misses this many seconds of heartbeats is presumed dead; `reaper.ts` still proves it. */
export const leaseSeconds = 30
const heartbeatMs = 5000

/** A run that this process holds: its phase, its log, its heartbeat and the signal that ends it. */
export class LiveRun {
  readonly id: string
  readonly log: RunLog
  /** Aborted when a person cancels, the lease is lost or the worker stops. */
  readonly signal: AbortSignal
  phase: RunPhase
  private readonly db: Db
  private readonly ctx: WorkerContext
  private readonly ended = new AbortController()
  private readonly cancelled = new AbortController()
  private timings: Timing[]
  private beat: NodeJS.Timeout

  private constructor(ctx: WorkerContext, id: string, phase: RunPhase, timings: Timing[], log: RunLog) {
    this.ctx = ctx
    this.db = ctx.db
    this.id = id
    this.phase = phase
    this.timings = timings
    this.log = log
    this.signal = AbortSignal.any([this.cancelled.signal, ctx.stopping])
    this.beat = setInterval(() => void this.heartbeat(), heartbeatMs)
  }

  /** Takes up a run whose lease is already ours. */
  static async hold(ctx: WorkerContext, id: string): Promise<LiveRun> {
    const row = await readRunRow(ctx.db, id)
    if (!row) throw new Error(`holding run ${id}: it is not in the database`)
    const log = await RunLog.open(ctx.db, ctx.log, id)
    return new LiveRun(ctx, id, row.phase as RunPhase, row.timings as Timing[], log)
  }

  get wasCancelled(): boolean {
    return this.cancelled.signal.aborted
  }

  say(message: string, level: 'info' | 'warn' | 'error' = 'info', address: string | null = null): void {
    this.log.write(this.phase, { level, message, address })
  }

  /** Enters a phase; an end phase closes the run, empties the stored plan and gives the lease back. */
  async enter(phase: RunPhase, change: Parameters<typeof updateRun>[2] = {}): Promise<void> {
    const now = new Date()
    const ends = endPhases.includes(phase)
    const waits = phase === 'awaiting-approval'
    this.phase = phase
    this.timings = enterPhase(this.timings, phase, now, ends)
    if (ends || waits) this.release()
    await this.log.flush()
    await updateRun(this.db, this.id, {
      ...change,
      phase,
      timings: this.timings,
      ...(ends ? { endedAt: now, planFile: null } : {}),
      ...(ends || waits ? { leaseHolder: null } : {}),
    })
    await notifyRun(this.db, this.id)
  }

  /** Ends the heartbeat. Safe to call twice. */
  release(): void {
    clearInterval(this.beat)
    this.ended.abort()
  }

  private async heartbeat(): Promise<void> {
    try {
      const lease = await renewLease(this.db, this.id, this.ctx.holder, leaseSeconds)
      if (this.ended.signal.aborted) return
      if (!lease) this.cancelled.abort(new Error('the lease of the run was lost'))
      else if (lease.cancel_requested_at) this.cancelled.abort(new Error('the run was cancelled'))
    } catch (error) {
      // The database is away: the lease may run out, and then whoever takes the run proves this process gone first.
      this.ctx.log.warn({ err: error, run: this.id }, 'heartbeat missed')
    }
  }
}
