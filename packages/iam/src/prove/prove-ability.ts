import type { Reason } from '../evaluate/decision.ts'
import { evaluate } from '../evaluate/evaluate.ts'
import type { ContextValue } from '../evaluate/request.ts'
import { assumptionsOf } from './assume/in-words.ts'
import type { Ability, ProofResult } from './bundle.ts'
import { defaultKeyPolicy } from './search/element.ts'
import type { Candidate, World, WorldResource } from './world.ts'

/** Asks the evaluator whether what must stay possible is. */
export async function proveAbility(world: World, { id, mustBeAbleTo }: Ability): Promise<Omit<ProofResult, 'ms'>> {
  const { principal, action, resource } = mustBeAbleTo
  const scope = { actions: 1, principals: 1, resources: 1, unbounded: [] }
  const assumptions = assumptionsOf(world)
  const candidate = world.candidates.find(({ arn }) => arn === principal)
  if (!candidate) {
    const why = `${principal} is not among the principals of the bundle, so its policies are not known.`
    return { id, verdict: 'unknown', why, scope, assumptions }
  }
  const listed = world.resources.find(({ arn }) => arn === resource)
  const { account } = world.bundle
  const decision = evaluate(
    {
      principal,
      action,
      resource: { arn: resource, accountId: resource.split(':')[4] || account },
      context: contextOf(world, candidate, listed, mustBeAbleTo),
    },
    { ...candidate.policies, resourcePolicy: policyOn(world, resource, listed) },
  )
  const request = `${principal} ${decision.decision === 'Allowed' ? 'can' : 'cannot'} do ${action} on ${resource}`
  if (decision.decision === 'Allowed') return { id, verdict: 'proved', why: `${request}.`, scope, assumptions }
  const why = `${request}: ${decision.because.map(inWords).join('; ')}.`
  return { id, verdict: 'disproved', why, scope, assumptions }
}

function inWords({ policy, statement, sid, type, why }: Reason): string {
  if (statement < 0) return policy ? `${why} (${type} at ${policy})` : why
  return `${sid ?? `Statement[${statement}]`} of ${policy} (${type}) ${why}`
}

/** The context that the invariant gives, and what follows from the bundle: region, organization, tags of both sides. */
function contextOf(
  { bundle }: World,
  candidate: Candidate,
  listed: WorldResource | undefined,
  { context = {} }: Ability['mustBeAbleTo'],
): Record<string, ContextValue> {
  const tags = (prefix: string, of: Readonly<Record<string, string>> = {}) =>
    Object.entries(of).map(([key, value]) => [`${prefix}/${key}`, value])
  const organization =
    bundle.organizationId === undefined
      ? []
      : [
          ['aws:PrincipalOrgID', bundle.organizationId],
          ['aws:ResourceOrgID', bundle.organizationId],
        ]
  const region = ['aws:RequestedRegion', bundle.region]
  const known = [
    region,
    ...organization,
    ...tags('aws:PrincipalTag', candidate.tags),
    ...tags('aws:ResourceTag', listed?.tags),
  ]
  const given = new Set(Object.keys(context).map((key) => key.toLowerCase()))
  return {
    ...Object.fromEntries(known.filter(([key]) => !given.has(key!.toLowerCase()))),
    ...context,
  }
}

function policyOn({ bundle, resources }: World, arn: string, listed: WorldResource | undefined) {
  const bucket = /^(arn:[^:]+:s3:::[^/]+)\//.exec(arn)?.[1]
  const holder = listed ?? resources.find((one) => one.arn === bucket)
  const isKey = /^arn:[^:]+:kms:[^:]*:[^:]*:key\//.test(arn)
  return holder?.resourcePolicy ?? (isKey ? defaultKeyPolicy(bundle.partition, bundle.account) : undefined)
}
