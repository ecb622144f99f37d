import { parentPort, workerData } from 'node:worker_threads'
import { type TrainingRequest, type TrainingResult, train } from './train.ts'
import { TrainingError } from './training-error.ts'

/** What the worker thread tells: log lines as they come, then one outcome. */
export type WorkerMessage =
  | { type: 'log'; line: string }
  | { type: 'done'; result: TrainingResult }
  | { type: 'failed'; failureReason: string }

const send = (message: WorkerMessage) => parentPort?.postMessage(message)

try {
  send({ type: 'done', result: train(workerData as TrainingRequest, (line) => send({ type: 'log', line })) })
} catch (error) {
  const problem = error instanceof TrainingError ? error : new TrainingError('AlgorithmError', (error as Error).message)
  send({ type: 'failed', failureReason: problem.failureReason })
}
