/** One measured figure; `peer` is the same work by somebody else in the same run. */
export interface Figure {
  unit: string
  n: number
  median: number
  min: number
  max: number
  peer?: { name: string; median: number; ratio: number }
}

export function figure(unit: string, samples: readonly number[]): Figure {
  const sorted = [...samples].sort((a, b) => a - b)
  const at = (share: number) =>
    round(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN)
  return { unit, n: sorted.length, median: at(0.5), min: at(0), max: at(1) }
}

export function against(ours: Figure, name: string, peer: Figure): Figure {
  return { ...ours, peer: { name, median: peer.median, ratio: round(ours.median / peer.median) } }
}

function round(value: number): number {
  return Number(value.toPrecision(5))
}

/** Seconds that `work` took. */
export async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await work()
  return (performance.now() - began) / 1000
}
