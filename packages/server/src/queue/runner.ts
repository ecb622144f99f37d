import { EventEmitter } from 'node:events'
import { Logger as QueueLogger, type Runner, run, type TaskList, type WorkerEvents } from 'graphile-worker'
import type { Database } from '../db/database.ts'
import type { Logger } from '../logger.ts'
import { enterProcess, leaveProcess, releaseDeadProcesses, seen } from './worker-process.ts'

const heartbeatMs = 10_000
/** How long `stop` waits for jobs: as long as terraform may need to save its state. */
const graceMs = 90_000

export interface QueueRunner {
  /** Row of `worker_process`. */
  holder: string
  /** Waits for running jobs, then leaves. */
  stop(): Promise<void>
}

/** Work by task name. A task that throws is tried again later: after e^n seconds, n being the try. */
export type Tasks = Record<string, (payload: unknown) => Promise<void>>

/** Jobs that share a limit. What a person waits for has a lane of its own, so that long runs never block it. */
export interface Lane {
  tasks: Tasks
  concurrency: number
  /** graphile-worker's own format, times in UTC. */
  crontab?: string
}

/** Registers this process and frees the jobs of processes that died; call before `runQueue`. */
export async function openProcess(database: Database, log: Logger): Promise<string> {
  const freed = await releaseDeadProcesses(database.db)
  if (freed > 0) log.warn({ processes: freed }, 'jobs of dead workers released')
  return enterProcess(database.db)
}

/**
 * Runs jobs until stopped. Plain mode, without graphile-worker's local queue: a worker that crashes must not hold
 * jobs that it has only fetched.
 */
export async function runQueue(
  database: Database,
  log: Logger,
  holder: string,
  lanes: readonly Lane[],
): Promise<QueueRunner> {
  const events: WorkerEvents = new EventEmitter() as WorkerEvents
  const workers = new Set<string>()
  events.on('worker:create', ({ worker }) => workers.add(worker.workerId))
  events.on('job:error', ({ job, error }) =>
    log.warn({ err: error, task: job.task_identifier, attempt: job.attempts }, 'job failed, will be tried again'),
  )
  events.on('job:failed', ({ job, error }) => log.error({ err: error, task: job.task_identifier }, 'job given up'))
  events.on('pool:listen:error', ({ error }) => log.warn({ err: error }, 'queue connection lost'))
  const runners: Runner[] = []
  for (const lane of lanes)
    runners.push(
      await run({
        pgPool: database.pool,
        concurrency: lane.concurrency,
        noHandleSignals: true,
        pollInterval: 1000,
        crontab: lane.crontab ?? '',
        taskList: lane.tasks as TaskList,
        events,
        logger: new QueueLogger(() => (level, message, meta) => log.debug({ level, meta }, message)),
        preset: { worker: { gracefulShutdownAbortTimeout: graceMs } },
      }),
    )
  await seen(database.db, holder, [...workers])
  const beat = setInterval(() => {
    seen(database.db, holder, [...workers]).catch((error) => log.warn({ err: error }, 'worker heartbeat missed'))
  }, heartbeatMs)
  return {
    holder,
    async stop() {
      clearInterval(beat)
      await Promise.all(runners.map((runner) => runner.stop()))
      await leaveProcess(database.db, holder)
    },
  }
}
