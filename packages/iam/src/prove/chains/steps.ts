import type { ProofRequest } from '../bundle.ts'
import type { Candidate } from '../world.ts'

/** One allowed request, and who makes it. */
export interface Found {
  readonly request: ProofRequest
  readonly candidate: Candidate
}

/** The steps of whoever makes the request, then the request itself. */
export function stepsTo({ candidate, request }: Found): readonly ProofRequest[] {
  return [...candidate.steps, request]
}

/** Steps one after the other, each once. */
export function joined(...parts: readonly (readonly ProofRequest[])[]): readonly ProofRequest[] {
  const seen = new Set<string>()
  return parts.flat().filter((step) => {
    const key = JSON.stringify(step)
    return !seen.has(key) && seen.add(key)
  })
}

/** Steps of requests that may each be someone else's; undefined as soon as one is nobody's. */
export function inTurn(requests: readonly (() => Found | undefined)[]): readonly ProofRequest[] | undefined {
  const steps: ProofRequest[] = []
  for (const request of requests) {
    const found = request()
    if (!found) return undefined
    steps.push(...stepsTo(found))
  }
  return joined(steps)
}
