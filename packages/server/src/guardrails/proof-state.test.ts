import { expect, it } from 'vitest'
import { proofState } from './proof-state.ts'
import type { KeptProof } from './proofs.ts'

const kept = (invariant: string, change: Partial<KeptProof> = {}): KeptProof => ({
  ...{ basis: 'live', stackKey: 'account/a', at: '2026-01-02T00:00:00.000Z', control: 'NET-1', invariant },
  ...{ verdict: 'proved', why: '', counterexample: null, exceptionId: null, ms: 5, assumptions: [] },
  scope: { actions: 1, principals: 1, resources: 1, unbounded: [] },
  ...change,
})
const state = (...all: KeptProof[]) => proofState(all, true).state

it('is proved when each promise is, not-yet-proved when none was, and nothing where nothing is promised', () => {
  expect(state(kept('NET-1/a'), kept('NET-1/b'))).toBe('proved')
  expect(state()).toBe('not-yet-proved')
  expect(proofState([], false).state).toBe('no-promise')
})

it('is what is worst, and never better than that', () => {
  const unknown = kept('NET-1/b', { verdict: 'unknown' })
  const disproved = kept('NET-1/c', { verdict: 'disproved' })
  expect(state(kept('NET-1/a'), unknown)).toBe('unknown')
  expect(state(unknown, disproved)).toBe('disproved')
  const excepted = { ...disproved, exceptionId: '00000000-0000-4000-8000-000000000001' }
  expect(state(kept('NET-1/a'), excepted)).toBe('excepted')
  expect(state(unknown, excepted)).toBe('unknown')
})

it('counts what is live before what was planned, and says since when all of it is known', () => {
  const planned = kept('NET-1/a', { basis: 'planned', verdict: 'disproved', at: '2026-01-01T00:00:00.000Z' })
  expect(proofState([planned, kept('NET-1/a')], true)).toMatchObject({ state: 'proved', basis: 'live', ms: 5 })
  expect(proofState([{ ...planned, invariant: 'NET-1/b' }, kept('NET-1/a')], true)).toMatchObject({
    ...{ state: 'disproved', basis: 'planned', at: '2026-01-01T00:00:00.000Z' },
  })
})
