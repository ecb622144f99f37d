import { parentPort } from 'node:worker_threads'
import { type ProofResult, prove } from '@uais/iam'

/** One question of `prover.ts`. */
interface Question {
  id: number
  bundle: unknown
}

/** What comes back: results one by one, then that there are no more, or why there are none. */
export type Told = { id: number } & ({ result: ProofResult } | { done: true } | { fault: string })

const tell = (told: Told) => parentPort?.postMessage(told)

parentPort?.on('message', ({ id, bundle }: Question) => {
  prove(bundle, (result) => tell({ id, result })).then(
    () => tell({ id, done: true }),
    (error: unknown) => tell({ id, fault: error instanceof Error ? error.message : 'the prover gave no reason' }),
  )
})
