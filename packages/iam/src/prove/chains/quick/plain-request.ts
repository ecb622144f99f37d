import type { CatalogueAction } from '../../../catalogue/catalogue.ts'
import { decide } from '../../../evaluate/evaluate.ts'
import type { ContextValue } from '../../../evaluate/request.ts'
import { permits } from '../../assume/assumptions.ts'
import type { ProofRequest } from '../../bundle.ts'
import { presenceOf } from '../../keys/key-facts.ts'
import type { Candidate, World } from '../../world.ts'
import { mentions } from '../documents.ts'
import type { Pinned } from './pinned.ts'

/**
 * The request with no more in its context than it must have, if the evaluator allows that one.
 *
 * @param arn what it is about
 */
export function plainRequest(
  world: World,
  candidate: Candidate,
  entry: CatalogueAction,
  { arn, pinned }: { arn: string; pinned: Pinned },
): ProofRequest | undefined {
  // What aws:userid is depends on ids that no bundle tells.
  if (!pinned.isAll || mentions(world, 'aws:userid')) return undefined
  if (Object.keys(pinned.context).some((key) => presenceOf(key.toLowerCase(), entry) === 'never')) return undefined
  const listed = world.resources.find((resource) => resource.arn === arn)
  const context = { ...usualContext(world, candidate, entry, listed?.tags ?? {}), ...pinned.context }
  if (!isAssumed(world, candidate, context)) return undefined
  const resource = { arn, accountId: arn.split(':')[4] || world.bundle.account }
  const request = { principal: candidate.arn, action: entry.action, resource, context }
  const policies = { ...candidate.policies, resourcePolicy: listed?.resourcePolicy }
  return decide(request, policies) === 'Allowed' ? { ...request, resource: arn } : undefined
}

/** Keys that every such request has, as far as some policy asks for them. */
function usualContext(
  world: World,
  candidate: Candidate,
  entry: CatalogueAction,
  resourceTags: Readonly<Record<string, string>>,
): Record<string, ContextValue> {
  const { region, organizationId } = world.bundle
  const service = entry.action.slice(0, entry.action.indexOf(':'))
  const tags = (prefix: string, of: Readonly<Record<string, string>>) =>
    Object.entries(of).map(([key, value]): [string, ContextValue] => [`${prefix}/${key}`, value])
  const organization: [string, ContextValue][] =
    organizationId === undefined
      ? []
      : [
          ['aws:PrincipalOrgID', organizationId],
          ['aws:ResourceOrgID', organizationId],
        ]
  const usual: [string, ContextValue][] = [
    ['aws:RequestedRegion', region],
    ['aws:SecureTransport', 'true'],
    ['aws:ViaAWSService', 'false'],
    ['aws:CurrentTime', '2026-01-01T00:00:00Z'],
    ['aws:UserAgent', 'aws-cli/2'],
    ...organization,
    ...tags('aws:PrincipalTag', candidate.tags),
    ...tags('aws:ResourceTag', resourceTags),
    ...tags(`${service}:ResourceTag`, resourceTags),
  ]
  const asked = usual.filter(([key]) => mentions(world, key) && presenceOf(key.toLowerCase(), entry) !== 'never')
  return Object.fromEntries(asked)
}

function isAssumed(
  { assumptions }: World,
  { arn }: Candidate,
  context: Readonly<Record<string, ContextValue>>,
): boolean {
  const values = new Map(Object.entries(context).map(([key, value]) => [key.toLowerCase(), value]))
  return [...assumptions].every(([key, assumption]) => {
    const value = key === 'aws:principalarn' ? arn : values.get(key)
    return Array.isArray(value)
      ? value.every((one) => permits(assumption, one))
      : permits(assumption, value === undefined ? undefined : String(value))
  })
}
