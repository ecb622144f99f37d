import type { Account, AccountGuardrail, Exception, GuardrailDocument, guardrailSchema } from '@uais/contract'
import { type AccountParams, type Control, catalogue, type ProjectParams } from '@uais/guardrails'
import type { z } from 'zod'
import { proofState } from './proof-state.ts'
import type { KeptProof } from './proofs.ts'

type Guardrail = z.input<typeof guardrailSchema>

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

/** What is known of an account's guardrails beside the catalogue. */
export interface GuardrailFacts {
  params: AccountParams
  /** Of each of its projects: some controls promise something per project. */
  projects: readonly ProjectParams[]
  documents: readonly GuardrailDocument[]
  proofs: readonly KeptProof[]
  /** Asked for or in force. */
  exceptions: readonly Exception[]
  /** Whether the asker may read how a promise is broken. */
  showCounterexamples: boolean
}

/**
 * How each guardrail holds in one account. Without an organization there is no service control policy, and an
 * administrator of the account can undo what we make: that is detected and repaired, and never called enforced.
 */
export function guardrailsOf(account: Account, facts: GuardrailFacts): AccountGuardrail[] {
  const applied = account.status.observedGeneration > 0
  const held = account.spec.organization ? 'enforced' : 'detect-and-repair'
  return catalogue.map((control) => ({
    ...described(control),
    state: applied ? held : 'not-yet-applied',
    statements: control
      .statements(facts.params)
      .map((placed) => ({ place: placed.place, ...placed.statement }) as Record<string, unknown>),
    proof: hidden(
      proofState(
        facts.proofs.filter((proof) => proof.control === control.id),
        promises(control, facts),
      ),
      facts,
    ),
    exceptions: facts.exceptions.filter(({ spec }) => spec.control === control.id),
    documents: facts.documents
      .filter(({ controls }) => controls.includes(control.id))
      .map(({ text: _, controls: __, ...size }) => size),
  }))
}

const promises = (control: Control, { params, projects }: GuardrailFacts): boolean =>
  [params, ...projects].some((each) => (control.invariants?.(each) ?? []).length > 0)

const hidden = (
  proof: AccountGuardrail['proof'],
  { showCounterexamples }: GuardrailFacts,
): AccountGuardrail['proof'] =>
  showCounterexamples
    ? proof
    : { ...proof, results: proof.results.map((result) => ({ ...result, counterexample: null })) }
