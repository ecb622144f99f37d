import { controlsIn } from './catalogue.ts'
import type { ControlSummary } from './control.ts'
import { checkSize } from './document.ts'
import { type LimitName, limits } from './limits.ts'

/** Exact JSON documents for a stack's variable `policies`, and the controls that they carry. */
export interface Compiled {
  policies: Record<string, string>
  controls: ControlSummary[]
  /** Characters used and allowed, by document. */
  sizes: Record<string, { characters: number; limit: number }>
}

/** Sorts, measures and describes the documents of one stack. @throws PolicyTooLarge */
export function compiled(documents: Record<string, { text: string; kind: LimitName }>): Compiled {
  const names = Object.keys(documents).sort()
  const policies = Object.fromEntries(
    names.map((name) => [name, checkSize(name, documents[name]!.text, documents[name]!.kind)]),
  )
  const sizes = Object.fromEntries(
    names.map((name) => [
      name,
      { characters: documents[name]!.text.length, limit: limits[documents[name]!.kind].characters },
    ]),
  )
  return { policies, controls: controlsIn(policies), sizes }
}
