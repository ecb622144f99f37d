/** Work that runs in this process, by the job's run id: how StopTrainingJob reaches a thread that is training. */
const running = new Map<string, AbortController>()

export interface Run {
  signal: AbortSignal
  /** Ends the run. False when another has taken its place, which then writes how the job ends. */
  end(): boolean
}

/** Begins a run; one that a sandbox stopped earlier in this process left behind is aborted. */
export function beginRun(runId: string): Run {
  running.get(runId)?.abort()
  const control = new AbortController()
  running.set(runId, control)
  return {
    signal: control.signal,
    end: () => running.get(runId) === control && running.delete(runId),
  }
}

export function isRunning(runId: string): boolean {
  return running.has(runId)
}

export function abortRun(runId: string) {
  running.get(runId)?.abort()
}
