import type { ProofRequest } from '../bundle.ts'
import type { Asker } from './asker.ts'
import { inTurn } from './steps.ts'
import { computeWays } from './ways/compute.ts'

/** Steps by which somebody makes compute that runs as the role do what one likes. */
export function throughCompute(asker: Asker, role: string): readonly ProofRequest[] | undefined {
  for (const { arn } of asker.world.resources.filter((resource) => resource.role === role)) {
    for (const { resource, needs } of computeWays) {
      const parts = resource.exec(arn)
      if (!parts) continue
      const place = (on: string | undefined) => on?.replace(/\$(\d)/g, (_, index) => parts[Number(index)]!) ?? arn
      const steps = inTurn(
        needs.map(
          ({ action, on }) =>
            () =>
              asker.ask({ action, arns: [place(on)] }),
        ),
      )
      if (steps) return steps
    }
  }
  return undefined
}

/** Compute of ours that somebody can enter and whose role the bundle does not tell: what it may do is not known. */
export function noteUntoldRoles(asker: Asker): void {
  const { bundle, resources } = asker.world
  const told = new Set(bundle.principals.map(({ arn }) => arn))
  for (const { arn, role } of resources) {
    if (role === undefined || told.has(role) || !throughCompute(asker, role)) continue
    asker.unknown.add(`what ${role} may do, as which ${arn} runs, is not in the bundle`)
  }
}
