import type { RunPhase } from '@uais/contract'
import type { Timing } from './store.ts'

/** Closes the phase that was open and opens the next; an end phase takes no time. */
export function enterPhase(timings: readonly Timing[], phase: RunPhase, at: Date, ends: boolean): Timing[] {
  const closed = timings.map((timing) => (timing.endedAt ? timing : { ...timing, endedAt: at.toISOString() }))
  return ends ? closed : [...closed, { phase, startedAt: at.toISOString(), endedAt: null }]
}

/** Seconds with one decimal; an open phase counts up to now. */
export function secondsOf(timing: Timing, now = new Date()): number {
  const until = timing.endedAt ? Date.parse(timing.endedAt) : now.getTime()
  return Math.round(Math.max(0, until - Date.parse(timing.startedAt)) / 100) / 10
}

/** Median seconds per phase over earlier runs. */
export function medianSeconds(earlier: readonly (readonly Timing[])[]): Map<RunPhase, number> {
  const seconds = new Map<RunPhase, number[]>()
  for (const timing of earlier.flat()) {
    if (!timing.endedAt) continue
    const of = seconds.get(timing.phase) ?? []
    of.push(secondsOf(timing))
    seconds.set(timing.phase, of)
  }
  return new Map([...seconds].map(([phase, values]) => [phase, median(values)]))
}

function median(values: number[]): number {
  const sorted = values.sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 ? sorted[middle]! : Math.round((sorted[middle - 1]! + sorted[middle]!) * 5) / 10
}
