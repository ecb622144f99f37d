import { Worker } from 'node:worker_threads'
import type { TrainingRequest, TrainingResult } from './train.ts'
import type { WorkerMessage } from './training-worker.ts'

export type TrainingOutcome =
  | { status: 'Completed'; result: TrainingResult }
  | { status: 'Failed'; failureReason: string }
  | { status: 'Stopped' }

/**
 * Sources run as TypeScript, and a thread does not inherit the loader of every main thread (vitest has its own),
 * so the thread first registers tsx and then imports the worker.
 */
const loader = import.meta.resolve('tsx/esm/api')
const entry = new URL('./training-worker.ts', import.meta.url).href
const bootstrap = `import('${loader}').then(({ register }) => { register(); return import('${entry}') })`

/**
 * Trains in a worker thread, so that the sandbox keeps answering. Aborting `signal` ends the thread at once.
 * Never rejects: a fault of the thread is an AlgorithmError, as it would be in SageMaker.
 */
export function runTraining(
  request: TrainingRequest,
  { signal, onLog }: { signal: AbortSignal; onLog: (line: string) => void },
): Promise<TrainingOutcome> {
  if (signal.aborted) return Promise.resolve({ status: 'Stopped' })
  return new Promise((resolve) => {
    const worker = new Worker(bootstrap, { eval: true, workerData: request, execArgv: [] })
    const finish = (outcome: TrainingOutcome) => {
      signal.removeEventListener('abort', stop)
      void worker.terminate()
      resolve(outcome)
    }
    const stop = () => finish({ status: 'Stopped' })
    signal.addEventListener('abort', stop, { once: true })
    worker.on('message', (message: WorkerMessage) => {
      if (message.type === 'log') onLog(message.line)
      else if (message.type === 'done') finish({ status: 'Completed', result: message.result })
      else finish({ status: 'Failed', failureReason: message.failureReason })
    })
    worker.on('error', (error) =>
      finish({ status: 'Failed', failureReason: `AlgorithmError: ${error.message}, exit code: 1` }),
    )
    worker.on('exit', () =>
      finish({ status: 'Failed', failureReason: 'AlgorithmError: the container exited, exit code: 1' }),
    )
  })
}
