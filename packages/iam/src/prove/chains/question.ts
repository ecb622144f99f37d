import type { Prohibition } from '../bundle.ts'
import { pinnedBy } from './quick/pinned.ts'
import type { Outline } from './quick/surely-denied.ts'

export type When = Prohibition['when']

/** May somebody do this on one of these, ARNs or patterns of them, in a request that satisfies the conditions? */
export interface Question {
  readonly action: string
  readonly arns: readonly string[]
  readonly when?: When
}

/** The same text for the same question. */
export function keyOf({ action, arns, when }: Question): string {
  return JSON.stringify([action, arns, when])
}

/** What the question says of the request for certain. */
export function outlineOf({ action, arns, when }: Question): Omit<Outline, 'candidate'> {
  const [only, second] = arns
  const isOne = only !== undefined && second === undefined && !/[*?]/.test(only)
  return { action, arn: isOne ? only : undefined, pinned: pinnedBy(when) }
}
