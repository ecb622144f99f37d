import type { Account, accountGuardrail, guardrailSchema } from '@uais/contract'
import { type AccountParams, type Control, catalogue } from '@uais/guardrails'
import type { z } from 'zod'

type Guardrail = z.input<typeof guardrailSchema>
type AccountGuardrail = z.input<typeof accountGuardrail>

/** The catalogue as people read it. */
export const guardrails = (): Guardrail[] => catalogue.map(described)

function described(control: Control): Guardrail {
  return {
    id: control.id,
    title: control.title,
    category: control.category,
    words: control.words,
    enforcedBy: [...control.enforcedBy],
    limits: [...control.limits],
    sources: [...control.sources],
  }
}

/**
 * How each guardrail holds in one account. Without an organization there is no service control policy, and an
 * administrator of the account can undo what we make: that is detected and repaired, and never called enforced.
 */
export function guardrailsOf(account: Account, params: AccountParams): AccountGuardrail[] {
  const applied = account.status.observedGeneration > 0
  const held = account.spec.organization ? 'enforced' : 'detect-and-repair'
  return catalogue.map((control) => ({
    ...described(control),
    state: applied ? held : 'not-yet-applied',
    statements: control.statements(params).map((placed) => ({ place: placed.place, ...placed.statement })),
  }))
}
