/** A set of requests: for each variable the values it may still take, by index. Variables 0 and 1 are who and on what. */
export type Box = readonly (readonly number[])[]
/** One request: an index for each variable. */
export type Point = readonly number[]

/** Something a statement tests, over one variable, or over several that a policy variable couples. */
export interface Atom {
  readonly variables: readonly number[]
  /** Looks at its own variables only. */
  readonly holds: (point: Point) => boolean
}

export function pointOf(box: Box): Point | undefined {
  const point = box.map(([first]) => first)
  return point.includes(undefined) ? undefined : (point as number[])
}

/** The part of the box where the atom is as wanted, as boxes: one for each assignment to all its variables but one. */
export function restrict(box: Box, atom: Atom, wanted: boolean): Box[] {
  const [target, ...others] = atom.variables
  if (target === undefined) return atom.holds([]) === wanted ? [box] : []
  const found: Box[] = []
  for (const fixed of assignments(box, others)) {
    const point: number[] = []
    for (const variable of others) point[variable] = fixed[variable]![0]!
    const values = fixed[target]!.filter((value) => {
      point[target] = value
      return atom.holds(point) === wanted
    })
    if (values.length > 0) found.push(replaced(fixed, target, values))
  }
  return found
}

export function replaced(box: Box, variable: number, values: readonly number[]): Box {
  const copy = box.slice()
  copy[variable] = values
  return copy
}

function assignments(box: Box, variables: readonly number[]): Box[] {
  let boxes: Box[] = [box]
  for (const variable of variables) {
    boxes = boxes.flatMap((one) => one[variable]!.map((value) => replaced(one, variable, [value])))
  }
  return boxes
}
