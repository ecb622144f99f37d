import { counterexampleInWords } from '@uais/guardrails'
import type { Counterexample, ProofBundle, ProofRequest } from '@uais/iam'

type Told = Pick<ProofBundle, 'region' | 'organizationId'>

/** A counterexample in a sentence, without what every ordinary request from the account holds; the request keeps it. */
export function sentenceOf({ steps, ...act }: Counterexample, bundle: Told): string {
  return counterexampleInWords({ ...unusual(act, bundle), steps: steps.map((step) => unusual(step, bundle)) })
}

function unusual<Request extends ProofRequest>(request: Request, { region, organizationId }: Told): Request {
  const ordinary: Record<string, unknown> = {
    'aws:requestedregion': region,
    'aws:securetransport': 'true',
    'aws:viaawsservice': 'false',
    'aws:principalorgid': organizationId,
    'aws:resourceorgid': organizationId,
  }
  const context = Object.entries(request.context).filter(
    ([key, value]) => ordinary[key.toLowerCase()] === undefined || ordinary[key.toLowerCase()] !== String(value),
  )
  return { ...request, context: Object.fromEntries(context) }
}
