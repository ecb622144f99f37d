import { parseInstant } from '../../condition/instant.ts'

const daysLimit = 8.64e15

/**
 * Numbers of every class that comparisons with the policies' values tell apart: each value, one between each two, one
 * below and one above all.
 *
 * @param values as policies write them; what is no number matches nothing
 */
export function numberWitnesses(values: readonly string[]): string[] {
  const points = sorted(values.map(Number).filter((value) => !Number.isNaN(value)))
  if (points.length === 0) return ['1']
  return [...points, ...between(points), points.at(-1)! + 1, points[0]! - 1].map(String)
}

/**
 * Instants of every class, as ISO 8601 text. Whole seconds around each point are there too: aws:EpochTime has no smaller
 * unit.
 *
 * @param dates values of Date operators
 * @param seconds values of Numeric operators on aws:EpochTime
 */
export function instantWitnesses(dates: readonly string[], seconds: readonly string[]): string[] {
  const given = [...dates.map(parseInstant), ...seconds.map((value) => Number(value) * 1000)]
  const points = sorted(given.flatMap((point) => [point - 1000, point, point + 1000])).filter(
    (point) => Math.abs(point) <= daysLimit,
  )
  if (points.length === 0) return [new Date(0).toISOString()]
  return sorted([...points, ...between(points)]).map((point) => new Date(point).toISOString())
}

function sorted(points: readonly number[]): number[] {
  return [...new Set(points.filter((point) => Number.isFinite(point)))].sort((a, b) => a - b)
}

/** One point between each two neighbours; a whole number where there is one. */
function between(points: readonly number[]): number[] {
  return points.slice(1).map((point, index) => {
    const previous = points[index]!
    const whole = Math.floor(previous) + 1
    return whole < point ? whole : (previous + point) / 2
  })
}
