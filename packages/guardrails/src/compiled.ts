import { type SizedPolicy, sizeLimits } from '@uais/iam'
import { controlsIn } from './catalogue.ts'
import type { ControlSummary } from './control.ts'
import { checkSize } from './document.ts'

/** Exact JSON documents for a stack's variable `policies`, and the controls that they carry. */
export interface Compiled {
  policies: Record<string, string>
  controls: ControlSummary[]
  /** Characters used and allowed, by document; none for kinds whose size AWS does not publish. */
  sizes: Record<string, { characters: number; limit: number }>
}

export interface Source {
  text: string
  /** Absent for a queue's policy: SQS publishes no limit of its own. */
  kind?: SizedPolicy
}

/** Sorts, measures and describes the documents of one stack. @throws PolicyTooLarge */
export function compiled(documents: Readonly<Record<string, Source>>): Compiled {
  const sorted = Object.entries(documents).sort(([left], [right]) => (left < right ? -1 : 1))
  const sizes: Compiled['sizes'] = {}
  for (const [name, { text, kind }] of sorted) {
    if (!kind) continue
    checkSize(name, text, kind)
    sizes[name] = { characters: text.length, limit: sizeLimits[kind].limit }
  }
  const policies = Object.fromEntries(sorted.map(([name, { text }]) => [name, text]))
  return { policies, controls: controlsIn(policies), sizes }
}
