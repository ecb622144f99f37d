import { EventEmitter } from 'node:events'
import { Logger as QueueLogger, type Runner, run, type TaskList, type WorkerEvents } from 'graphile-worker'
import type { Database } from '../db/database.ts'
import type { Logger } from '../logger.ts'
import { enterProcess, leaveProcess, releaseDeadProcesses, seen } from './worker-process.ts'

const heartbeatMs = 10_000

export interface QueueRunner {
  /** Row of `worker_process`. */
  holder: string
  /** Waits for running jobs, then leaves. */
  stop(): Promise<void>
}

/** Work by task name. A task that throws is tried again later: after e^n seconds, n being the try. */
export type Tasks = Record<string, (payload: unknown) => Promise<void>>

/** Registers this process and frees the jobs of processes that died; call before `runQueue`. */
export async function openProcess(database: Database, log: Logger): Promise<string> {
  const freed = await releaseDeadProcesses(database.db)
  if (freed > 0) log.warn({ processes: freed }, 'jobs of dead workers released')
  return enterProcess(database.db)
}

/**
 * Runs jobs until stopped. Plain mode, without graphile-worker's local queue: a worker that crashes must not hold
 * jobs that it has only fetched.
 * @param crontab graphile-worker's own format, times in UTC
 */
export async function runQueue(
  database: Database,
  log: Logger,
  holder: string,
  options: { tasks: Tasks; concurrency: number; crontab: string },
): Promise<QueueRunner> {
  const events: WorkerEvents = new EventEmitter() as WorkerEvents
  const workers = new Set<string>()
  events.on('worker:create', ({ worker }) => workers.add(worker.workerId))
  events.on('job:error', ({ job, error }) =>
    log.warn({ err: error, task: job.task_identifier, attempt: job.attempts }, 'job failed, will be tried again'),
  )
  events.on('job:failed', ({ job, error }) => log.error({ err: error, task: job.task_identifier }, 'job given up'))
  events.on('pool:listen:error', ({ error }) => log.warn({ err: error }, 'queue connection lost'))
  const runner: Runner = await run({
    pgPool: database.pool,
    concurrency: options.concurrency,
    noHandleSignals: true,
    pollInterval: 1000,
    crontab: options.crontab,
    taskList: options.tasks as TaskList,
    events,
    logger: new QueueLogger(() => (level, message, meta) => log.debug({ level, meta }, message)),
  })
  await seen(database.db, holder, [...workers])
  const beat = setInterval(() => {
    seen(database.db, holder, [...workers]).catch((error) => log.warn({ err: error }, 'worker heartbeat missed'))
  }, heartbeatMs)
  return {
    holder,
    async stop() {
      clearInterval(beat)
      await runner.stop()
      await leaveProcess(database.db, holder)
    },
  }
}
