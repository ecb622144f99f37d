import type { CatalogueAction } from '../catalogue/catalogue.ts'
import type { Prohibition, ProofRequest, ProofScope } from './bundle.ts'
import type { Candidate } from './world.ts'

/** A question to the search: can any of these do any of this? */
export interface Asked {
  candidates: readonly Candidate[]
  actions: readonly CatalogueAction[]
  on: Prohibition['on']
  when?: Prohibition['when']
}

/** `none`: no request in scope is allowed. `unknown` is never a pass; `why` says what stands in the way. */
export type Answer =
  | { kind: 'none'; scope: ProofScope }
  | { kind: 'found'; request: ProofRequest; candidate: Candidate }
  | { kind: 'unknown'; why: string }
