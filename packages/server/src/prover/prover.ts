import { createHash } from 'node:crypto'
import { Worker } from 'node:worker_threads'
import type { ProofBundle, ProofResult } from '@uais/iam'
import type { Told } from './answer-questions.ts'

/**
 * Proves bundles in a thread of its own: a proof computes for seconds, and the process that asks for it must go on
 * answering, and keep its leases, meanwhile. One at a time; the thread stays, warm, until `stop`.
 */
export interface Prover {
  /**
   * @param seconds how long it may take; what is not decided by then is `unknown`
   * @param signal given up before its turn has come, it is not begun
   * @throws Error when the bundle cannot be read, or holds a policy that AWS would not store
   */
  prove(bundle: ProofBundle, seconds: number, signal?: AbortSignal): Promise<readonly ProofResult[]>
  stop(): Promise<void>
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
    const isWarm = thread !== undefined
    thread ??= startThread()
    const { results, end: ended } = await answersOf(thread, { id: nextId++, bundle }, seconds)
    // What a thread remembers fills its memory in the end; a fresh one has all of it.
    if (ended === 'late' || ended === 'gone' || ended === 'full') await end()
    if (ended === 'gone' && isWarm) return ask(bundle, seconds)
    if (ended === 'gone') throw new Error('proving: the prover ended before it answered')
    if (typeof ended === 'object') throw new Error(`proving: ${ended.fault}`)
    return results
  }
  const answered = async (bundle: ProofBundle, seconds: number): Promise<ProofResult[]> => {
    const { invariants, ...world } = bundle
    const answers = knownOf(known, createHash('sha256').update(JSON.stringify(world)).digest('hex'))
    const open = invariants.filter((invariant) => !answers.has(JSON.stringify(invariant)))
    const results = open.length > 0 ? await ask({ ...bundle, invariants: open }, seconds) : []
    const fresh = new Map(results.map((result) => [result.id, result]))
    for (const invariant of open) {
      const result = fresh.get(invariant.id)
      // What is not decided now may be next time.
      if (result && result.verdict !== 'unknown') answers.set(JSON.stringify(invariant), result)
    }
    return invariants.map((one) => fresh.get(one.id) ?? answers.get(JSON.stringify(one)) ?? undecided(one.id, seconds))
  }
  return {
    prove(bundle, seconds, signal) {
      // What somebody else asked meanwhile about the same world need not be asked again.
      const asked = last.then(() => {
        signal?.throwIfAborted()
        return answered(bundle, seconds)
      })
      last = asked.catch(() => {})
      return asked
    },
    stop: end,
  }
}

/** The answers about one world, the last used of a few. */
function knownOf(known: Map<string, Map<string, ProofResult>>, world: string): Map<string, ProofResult> {
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

type End = 'done' | 'full' | 'late' | 'gone' | { fault: string }

/** The results that came, and how it ended; what came before the end is decided, however it ended. */
function answersOf(thread: Worker, question: { id: number; bundle: ProofBundle }, seconds: number) {
  const results: ProofResult[] = []
  return new Promise<{ results: ProofResult[]; end: End }>((resolve) => {
    const done = (end: End) => {
      clearTimeout(timer)
      thread.off('message', heard)
      thread.off('error', gone)
      thread.off('exit', gone)
      resolve({ results, end })
    }
    const heard = (told: Told) => {
      if (told.id !== question.id) return
      if ('result' in told) results.push(told.result)
      else done('fault' in told ? { fault: told.fault } : told.done)
    }
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
    resourceLimits: { maxOldGenerationSizeMb: 512, maxYoungGenerationSizeMb: 32 },
  })
  // Whoever waits for an answer hears of it too; nobody may be waiting.
  thread.on('error', () => {})
  // It must not keep a process alive that has nothing else to do.
  thread.unref()
  return thread
}
