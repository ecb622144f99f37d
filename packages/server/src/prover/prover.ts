import { createHash } from 'node:crypto'
import { Worker } from 'node:worker_threads'
import type { ProofBundle, ProofResult } from '@uais/iam'

/**
 * Proves bundles in a thread of its own: a proof computes for seconds, and the process that asks for it must go on
 * answering, and keep its leases, meanwhile. One at a time; the thread stays, warm, until `stop`.
 */
export interface Prover {
  /**
   * @param seconds how long it may take; what is not decided by then is `unknown`
   * @throws Error when the bundle cannot be read, or holds a policy that AWS would not store
   */
  prove(bundle: ProofBundle, seconds: number): Promise<readonly ProofResult[]>
  stop(): Promise<void>
}

interface Answer {
  id: number
  results?: readonly ProofResult[]
  fault?: string
}

/** Proofs of the same documents are asked for again and again: by each plan that changes none of them. */
const kept = 32

export function createProver(): Prover {
  const known = new Map<string, readonly ProofResult[]>()
  let thread: Worker | undefined
  let last: Promise<unknown> = Promise.resolve()
  let nextId = 1

  const end = async () => {
    const ended = thread
    thread = undefined
    await ended?.terminate()
  }
  const ask = async (bundle: ProofBundle, seconds: number): Promise<readonly ProofResult[]> => {
    thread ??= startThread()
    const answer = await answerOf(thread, { id: nextId++, bundle }, seconds)
    if (answer === 'late' || answer === 'gone') await end()
    if (answer === 'gone') throw new Error('proving: the prover ended before it answered')
    if (answer === 'late') return bundle.invariants.map(({ id }) => undecided(id, seconds))
    if (!answer.results) throw new Error(`proving: ${answer.fault}`)
    return answer.results
  }
  return {
    prove(bundle, seconds) {
      const key = createHash('sha256').update(JSON.stringify(bundle)).digest('hex')
      const before = known.get(key)
      if (before) return Promise.resolve(before)
      const asked = last.then(async () => {
        const results = await ask(bundle, seconds)
        // What was not decided in time may be next time.
        if (results.every(({ verdict }) => verdict !== 'unknown')) keep(known, key, results)
        return results
      })
      last = asked.catch(() => {})
      return asked
    },
    stop: end,
  }
}

function keep<Value>(known: Map<string, Value>, key: string, value: Value): void {
  known.set(key, value)
  const oldest = known.keys().next()
  if (known.size > kept && !oldest.done) known.delete(oldest.value)
}

/** Fails closed: no verdict is no proof. */
const undecided = (id: string, seconds: number): ProofResult => ({
  id,
  verdict: 'unknown',
  why: `The proof took longer than ${seconds} seconds and was given up.`,
  scope: { actions: 0, principals: 0, resources: 0, unbounded: [] },
  assumptions: [],
  ms: seconds * 1000,
})

function answerOf(thread: Worker, question: { id: number; bundle: ProofBundle }, seconds: number) {
  return new Promise<Answer | 'late' | 'gone'>((resolve) => {
    const done = (answer: Answer | 'late' | 'gone') => {
      clearTimeout(timer)
      thread.off('message', heard)
      thread.off('error', gone)
      thread.off('exit', gone)
      resolve(answer)
    }
    const heard = (answer: Answer) => answer.id === question.id && done(answer)
    const gone = () => done('gone')
    const timer = setTimeout(() => done('late'), seconds * 1000)
    thread.on('message', heard)
    thread.on('error', gone)
    thread.on('exit', gone)
    thread.postMessage(question)
  })
}

function startThread(): Worker {
  const thread = new Worker(new URL('./prover-thread.mjs', import.meta.url), {
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: 512 },
  })
  // It must not keep a process alive that has nothing else to do.
  thread.unref()
  return thread
}
