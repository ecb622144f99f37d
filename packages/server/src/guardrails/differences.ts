import { boundaryArn, projectRoleArn } from '@uais/guardrails'
import type { ProofPrincipal } from '@uais/iam'
import { canonical } from '../runs/prove/planned-documents.ts'
import type { Stack } from '../runs/stack.ts'
import type { AccountFacts } from './account-facts.ts'
import type { LiveAccount } from './live-account.ts'

/** A document that is not, or not only, what was applied. */
export interface Difference {
  resource: string
  /** As the compiler names it. */
  document: string
  message: string
}

/** Where what is live is not what was applied. @param stacks with the policies that were last applied */
export function differencesOf(facts: AccountFacts, live: LiveAccount, stacks: readonly Stack[]): Difference[] {
  const found: Difference[] = []
  for (const stack of stacks) {
    if (stack.kind === 'account') found.push(...ofAccount(facts, stack, live))
    if (stack.kind === 'organization') found.push(...aboveAccount(stack, live))
    if (stack.kind === 'project') found.push(...ofProject(facts, stack, stacks, live))
  }
  return found
}

function ofAccount({ place: { account, params } }: AccountFacts, { policies }: Stack, live: LiveAccount): Difference[] {
  const found: Difference[] = []
  for (const { document, arn, text } of live.resources) {
    const applied = policies[document]
    // A key that the owner brought has the owner's own policy.
    if (applied === undefined || (document === 'key' && account.spec.key.kind === 'existing')) continue
    if (text === null) found.push({ resource: arn, document, message: 'It has no policy, or it is gone.' })
    else if (canonical(text) !== canonical(applied)) found.push({ resource: arn, document, message: differs })
  }
  const boundary = live.principals.policies.get(boundaryArn(params))
  const applied = policies.boundary
  if (!boundary) found.push({ resource: boundaryArn(params), document: 'boundary', message: 'The boundary is gone.' })
  else if (applied && canonical(JSON.stringify(boundary)) !== canonical(applied))
    found.push({ resource: boundaryArn(params), document: 'boundary', message: differs })
  return found
}

const differs = 'It says something else than what was applied.'

function aboveAccount({ policies, key }: Stack, { organization }: LiveAccount): Difference[] {
  const levels = [...(organization?.serviceControlPolicies ?? []), ...(organization?.resourceControlPolicies ?? [])]
  const attached = new Set(
    levels.flatMap((level) => level.policies.map(({ policy }) => canonical(JSON.stringify(policy)))),
  )
  return (
    Object.entries(policies)
      // AWS Budgets attaches that one, when the month is spent.
      .filter(([document]) => document !== 'budget-stop')
      .filter(([, text]) => !attached.has(canonical(text)))
      .map(([document]) => ({
        resource: key,
        document,
        message: 'It is not attached above the account, or was changed.',
      }))
  )
}

const documentsOfRole = {
  studio: ['studio', 'studio-guards'],
  training: ['training'],
  inference: ['inference'],
} as const

function ofProject(
  { projects, place }: AccountFacts,
  { policies, resource }: Stack,
  stacks: readonly Stack[],
  live: LiveAccount,
): Difference[] {
  const params = projects.find(({ project }) => project.name === resource.name)
  if (!params) return []
  const grants = stacks
    .filter(
      ({ kind, resource: one }) => (kind === 'data-source' || kind === 'endpoint') && one.projectId === resource.id,
    )
    .flatMap((stack) => Object.values(stack.policies))
  return (Object.keys(documentsOfRole) as (keyof typeof documentsOfRole)[]).flatMap((role) => {
    const arn = projectRoleArn(params, params.project.name, role)
    const principal = live.principals.principals.find((one) => one.arn === arn)
    if (!principal) return [{ resource: arn, document: role, message: 'The role is gone.' }]
    const own = documentsOfRole[role].map((name) => ({ name, text: policies[name] ?? '' }))
    const granted = role === 'inference' ? [] : grants.map((text) => ({ name: 'grant', text }))
    return ofRole(principal, [...own, ...granted], policies[`${role}-trust`], boundaryArn(place.params))
  })
}

function ofRole(
  principal: ProofPrincipal,
  applied: readonly { name: string; text: string }[],
  trust: string | undefined,
  boundary: string,
): Difference[] {
  const resource = principal.arn
  const held = principal.identityPolicies.map(({ name, policy }) => ({ name, text: canonical(JSON.stringify(policy)) }))
  const wanted = new Set(applied.map(({ text }) => canonical(text)))
  const missing = applied.filter(({ text }) => !held.some((one) => one.text === canonical(text)))
  const strange = held.filter(({ text }) => !wanted.has(text))
  const trustNow = canonical(JSON.stringify(principal.trustPolicy ?? null))
  const boundaryNow = principal.permissionsBoundary?.arn ?? 'none'
  return [
    ...missing.map(({ name }) => ({
      resource,
      document: name,
      message: 'The role no longer carries it as it was applied.',
    })),
    ...strange.map(({ name }) => ({
      ...{ resource, document: name },
      message: `The role carries '${name}', which was not applied.`,
    })),
    ...(trust && trustNow !== canonical(trust)
      ? [{ resource, document: 'trust', message: 'Somebody else than was applied may assume the role.' }]
      : []),
    ...(boundaryNow === boundary
      ? []
      : [{ resource, document: 'boundary', message: `Its permissions boundary is ${boundaryNow}.` }]),
  ]
}
