import { getHeapStatistics } from 'node:v8'
import { parentPort } from 'node:worker_threads'
import { type ProofResult, prove } from '@uais/iam'

/** One question of `prover.ts`. */
interface Question {
  id: number
  bundle: unknown
}

/** What comes back: results one by one, then that there are no more, or why there are none. */
export type Told = { id: number } & ({ result: ProofResult } | { done: 'done' | 'full' } | { fault: string })

/** What is left must do for the next answer: near the limit the collector runs again and again, for little. */
const fullAt = 0.7

const isFull = () => {
  const { used_heap_size, heap_size_limit } = getHeapStatistics()
  return used_heap_size > fullAt * heap_size_limit
}

const tell = (told: Told) => parentPort?.postMessage(told)

parentPort?.on('message', ({ id, bundle }: Question) => {
  prove(bundle, (result) => tell({ id, result })).then(
    () => tell({ id, done: isFull() ? 'full' : 'done' }),
    (error: unknown) => tell({ id, fault: error instanceof Error ? error.message : 'the prover gave no reason' }),
  )
})
