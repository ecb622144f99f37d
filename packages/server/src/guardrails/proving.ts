import type { ProofResult, ProvedRequest } from '@uais/contract'
import type { ProofBundle, ProofRequest, ProofResult as Proved } from '@uais/iam'
import type { Db } from '../db/database.ts'
import { covering, exceptionsInForce } from '../exceptions/covering.ts'
import type { Prover } from '../prover/prover.ts'
import type { AccountBundle } from './account-bundle.ts'
import { sentenceOf } from './sentence.ts'

interface Door {
  db: Db
  prover: Prover
  /** Nobody waits for the answer any more. */
  signal?: AbortSignal
}

/** Ids of an account and of its projects by name. */
export interface ProofOwner {
  accountId: string
  projectIds: ReadonlyMap<string, string>
}

/**
 * Proves a bundle and says it as the API does: by control, with the counterexample in words, and with the exception in
 * force that covers what is not proved.
 */
export async function proveAccountBundle(
  { db, prover, signal }: Door,
  owner: ProofOwner,
  { bundle, promises }: AccountBundle,
  seconds: number,
): Promise<ProofResult[]> {
  const [results, exceptions] = await Promise.all([
    prover.prove(bundle, seconds, signal),
    exceptionsInForce(db, owner.accountId),
  ])
  return results.map((result) => {
    const promised = promises.get(result.id)
    const control = promised?.control ?? result.id.split('/')[0] ?? ''
    const invariant = promised?.invariant ?? result.id
    const projectId = (promised?.project && owner.projectIds.get(promised.project)) || null
    const failure = { control, invariant, projectId, counterexample: result.counterexample }
    const exception =
      result.verdict === 'proved' ? undefined : covering(exceptions, { ...failure, verdict: result.verdict })
    const shown = promised?.project ? `${invariant}@${promised.project}` : invariant
    return { ...presented(result, bundle), control, invariant: shown, exceptionId: exception?.id ?? null }
  })
}

function presented(
  { verdict, why, counterexample, scope, assumptions, ms }: Proved,
  bundle: ProofBundle,
): Omit<ProofResult, 'control' | 'invariant' | 'exceptionId'> {
  return {
    ...{ verdict, why, ms },
    counterexample: counterexample
      ? {
          ...request(counterexample),
          sentence: sentenceOf(counterexample, bundle),
          steps: counterexample.steps.map(request),
        }
      : null,
    scope: { ...scope, unbounded: [...scope.unbounded] },
    assumptions: [...assumptions],
  }
}

const request = ({ principal, action, resource, context }: ProofRequest): ProvedRequest => ({
  ...{ principal, action, resource },
  context: context as ProvedRequest['context'],
})
