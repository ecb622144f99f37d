import { parentPort } from 'node:worker_threads'
import { prove } from '@uais/iam'

/** One question of `prover.ts`. */
interface Question {
  id: number
  bundle: unknown
}

parentPort?.on('message', ({ id, bundle }: Question) => {
  prove(bundle).then(
    ({ results }) => parentPort?.postMessage({ id, results }),
    (error: unknown) =>
      parentPort?.postMessage({ id, fault: error instanceof Error ? error.message : 'the prover gave no reason' }),
  )
})
