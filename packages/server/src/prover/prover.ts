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

/** Worlds whose answers are kept: the same documents are asked about again and again, by each plan that leaves them. */
const kept = 32

export function createProver(): Prover {
  const known = new Map<string, Map<string, ProofResult>>()
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
    async prove(bundle, seconds) {
      const { invariants, ...world } = bundle
      const answers = answersOf(known, createHash('sha256').update(JSON.stringify(world)).digest('hex'))
      const open = invariants.filter((invariant) => !answers.has(JSON.stringify(invariant)))
      const asked = last.then(() => (open.length > 0 ? ask({ ...bundle, invariants: open }, seconds) : []))
      last = asked.catch(() => {})
      const results = new Map((await asked).map((result) => [result.id, result]))
      for (const invariant of open) {
        const result = results.get(invariant.id)
        // What was not decided in time may be next time.
        if (result && result.verdict !== 'unknown') answers.set(JSON.stringify(invariant), result)
      }
      return invariants.flatMap((one) => results.get(one.id) ?? answers.get(JSON.stringify(one)) ?? [])
    },
    stop: end,
  }
}

/** The answers about one world, the last used of a few. */
function answersOf(known: Map<string, Map<string, ProofResult>>, world: string): Map<string, ProofResult> {
  const answers = known.get(world) ?? new Map<string, ProofResult>()
  known.delete(world)
  known.set(world, answers)
  const oldest = known.keys().next()
  if (known.size > kept && !oldest.done) known.delete(oldest.value)
  return answers
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
