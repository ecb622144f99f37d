/**
 * Whether some text matches both patterns: `*` stands for any characters, `?` for one. Positions of both are walked
 * together; what was reached once is not walked again.
 */
export function patternsOverlap(left: string, right: string): boolean {
  const seen = new Set<number>()
  const width = right.length + 1
  const walk = (l: number, r: number): boolean => {
    const at = l * width + r
    if (seen.has(at)) return false
    seen.add(at)
    const [a, b] = [left[l], right[r]]
    if (a === '*') return walk(l + 1, r) || (b !== undefined && walk(l, r + 1))
    if (b === '*') return walk(l, r + 1) || (a !== undefined && walk(l + 1, r))
    if (a === undefined || b === undefined) return a === b
    return (a === b || a === '?' || b === '?') && walk(l + 1, r + 1)
  }
  return walk(0, 0)
}
