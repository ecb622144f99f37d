import { type Atom, type Box, type Point, pointOf, replaced, restrict } from './box.ts'

/** What the evaluator said of one request, and what that means for others. */
export type Judgement =
  | { kind: 'allowed' }
  /** Each statement that denies the request, as the atoms that make it apply. */
  | { kind: 'denied'; denies: readonly (readonly Atom[])[] }
  /**
   * Some kind of policy had no allow. With the same principal, on a resource of the same structure, one of these
   * statements would have to apply as well; none of them does here.
   */
  | { kind: 'unallowed'; allows: readonly (readonly Atom[])[]; structure: readonly number[] }

/** A question over boxes of requests. */
export interface Problem {
  readonly boxes: readonly Box[]
  readonly judge: (point: Point) => Judgement
}

const who = 0
const what = 1
const stepsLimit = 20_000

/**
 * Looks for an allowed request. Every request of a box that is put aside is denied: an explicit deny covers all requests
 * for which its atoms hold, and of those not allowed every allowed one must satisfy a further allow statement, since
 * allows are monotonic (property-tested in `evaluate/properties.test.ts`).
 *
 * @returns the request, `none`, or `exhausted` when it took too many steps
 */
export function solve({ boxes, judge }: Problem): Point | 'none' | 'exhausted' {
  const stack = [...boxes].reverse()
  for (let steps = 0; stack.length > 0; steps++) {
    if (steps >= stepsLimit) return 'exhausted'
    const box = stack.pop()!
    const point = pointOf(box)
    if (!point) continue
    const judgement = judge(point)
    if (judgement.kind === 'allowed') return point
    if (judgement.kind === 'denied') stack.push(...escapes(box, judgement.denies))
    else stack.push(...remedies(box, point, judgement))
  }
  return 'none'
}

/** The parts of the box that the most confining of the statements does not deny. */
function escapes(box: Box, denies: readonly (readonly Atom[])[]): Box[] {
  let best: Box[] | undefined
  for (const atoms of denies) {
    const parts = complement(box, atoms)
    if (best === undefined || parts.length < best.length) best = parts
    if (best.length === 0) break
  }
  return best ?? []
}

/** The part of the box where not all atoms hold: the first that does not, those before it holding. */
function complement(box: Box, atoms: readonly Atom[]): Box[] {
  const parts: Box[] = []
  let holding: Box[] = [box]
  for (const atom of atoms) {
    parts.push(...holding.flatMap((one) => restrict(one, atom, false)))
    holding = holding.flatMap((one) => restrict(one, atom, true))
  }
  return parts
}

/** The parts of the box that could be allowed: another principal, another kind of resource, or one more allow. */
function remedies(box: Box, point: Point, judgement: Extract<Judgement, { kind: 'unallowed' }>): Box[] {
  const alike = new Set(judgement.structure)
  const others = box[who]!.filter((value) => value !== point[who])
  const elsewhere = box[what]!.filter((value) => !alike.has(value))
  const same = replaced(
    replaced(box, who, [point[who]!]),
    what,
    box[what]!.filter((value) => alike.has(value)),
  )
  const parts: Box[] = []
  if (others.length > 0) parts.push(replaced(box, who, others))
  if (elsewhere.length > 0) parts.push(replaced(replaced(box, who, [point[who]!]), what, elsewhere))
  for (const atoms of judgement.allows) {
    let holding: Box[] = [same]
    for (const atom of atoms) holding = holding.flatMap((one) => restrict(one, atom, true))
    parts.push(...holding)
  }
  return parts
}
