import type { GuardrailProof, ProofResult } from '@uais/contract'
import type { KeptProof } from './proofs.ts'

/**
 * How a control stands, from its kept results. Live results count where there are any of the same promise: what is in
 * the account says more than what was planned for it.
 */
export function proofState(kept: readonly KeptProof[], promises: boolean): GuardrailProof {
  if (!promises) return { state: 'no-promise', basis: null, at: null, ms: 0, results: [] }
  const live = new Set(kept.filter(({ basis }) => basis === 'live').map(({ invariant }) => invariant))
  const counted = kept.filter(({ basis, invariant }) => basis === 'live' || !live.has(invariant))
  if (counted.length === 0) return { state: 'not-yet-proved', basis: null, at: null, ms: 0, results: [] }
  return {
    state: worst(counted),
    basis: counted.some(({ basis }) => basis === 'planned') ? 'planned' : 'live',
    // The oldest: until then nothing newer is known of all of them.
    at: counted.map(({ at }) => at).sort()[0] ?? null,
    ms: counted.reduce((sum, { ms }) => sum + ms, 0),
    results: counted.map(({ basis: _, stackKey: __, at: ___, ...result }) => result),
  }
}

function worst(results: readonly ProofResult[]): GuardrailProof['state'] {
  const open = results.filter(({ verdict, exceptionId }) => verdict !== 'proved' && exceptionId === null)
  if (open.some(({ verdict }) => verdict === 'disproved')) return 'disproved'
  if (open.length > 0) return 'unknown'
  return results.some(({ verdict }) => verdict !== 'proved') ? 'excepted' : 'proved'
}
