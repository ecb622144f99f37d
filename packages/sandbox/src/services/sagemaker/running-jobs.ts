/** Work that runs in this process, by the job's run id: how StopTrainingJob reaches a thread that is training. */
const running = new Map<string, AbortController>()

/** Registers a run until `end` is called. */
export function beginRun(runId: string): { signal: AbortSignal; end: () => void } {
  const control = new AbortController()
  running.set(runId, control)
  return { signal: control.signal, end: () => running.delete(runId) }
}

export function isRunning(runId: string): boolean {
  return running.has(runId)
}

export function abortRun(runId: string) {
  running.get(runId)?.abort()
}
