import type { Run } from '@uais/contract'

/** Seconds that a run has taken so far, or took. */
export function elapsedSeconds(run: Run): number {
  if (!run.startedAt) return 0
  return ((run.endedAt ? Date.parse(run.endedAt) : Date.now()) - Date.parse(run.startedAt)) / 1000
}

/** Median of earlier runs of this kind, in seconds; 0 when there were none. */
export function typicalSeconds(run: Run): number {
  return run.timings.reduce((sum, timing) => sum + (timing.typicalSeconds ?? 0), 0)
}
