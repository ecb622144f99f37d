import type { Plan } from '@uais/contract'
import { policySize } from '@uais/iam'
import type { PlanJson, ResourceChange } from '../../terraform/plan-json.ts'
import { isKept, type Stack } from '../stack.ts'
import { denialChecks } from './denials.ts'
import { canonical, type PlannedDocument, plannedDocuments } from './planned-documents.ts'

export type Check = Plan['checks'][number]

/**
 * Judges a plan before anything is done. What is judged is the planned JSON itself, not what it was made from: the
 * JSON that is proved is the JSON that is applied.
 */
export function prove(stack: Stack, plan: PlanJson): Check[] {
  const changes = plan.resource_changes ?? []
  const documents = plannedDocuments(changes)
  return [
    knownDocuments(stack, documents),
    documentSizes(documents),
    boundaries(changes),
    keepings(stack, changes),
    ...denialChecks(stack),
  ]
}

/** Every planned policy is one that was compiled from the guardrails, letter for letter but for order. */
function knownDocuments(stack: Stack, documents: readonly PlannedDocument[]): Check {
  const compiled = new Set(Object.values(stack.policies).map(canonical))
  const strange = documents.filter(({ text }) => text === null || !compiled.has(canonical(text)))
  return check(
    'documents',
    'Planned policies are the compiled ones',
    strange.map(({ address, attribute, text }) =>
      text === null
        ? `${address}: ${attribute} is known only after apply`
        : `${address}: ${attribute} was not compiled by the guardrails`,
    ),
    `${documents.length} policy documents equal the compiled ones.`,
  )
}

function documentSizes(documents: readonly PlannedDocument[]): Check {
  const faults: string[] = []
  let fullest = 0
  for (const { address, text, kind } of documents) {
    if (text === null) continue
    const { size, limit, unit, source, fits } = policySize(text, kind)
    fullest = Math.max(fullest, size / limit)
    if (!fits) faults.push(`${address}: ${size} of ${limit} ${unit === 'bytes' ? 'bytes' : 'characters'} (${source})`)
  }
  return check(
    'sizes',
    'Policies fit AWS’s limits',
    faults,
    `The fullest uses ${Math.round(fullest * 100)} % of its limit.`,
  )
}

/** A role without a boundary could be given anything by whoever may edit it. */
function boundaries(changes: readonly ResourceChange[]): Check {
  const roles = changes.filter(
    ({ type, mode, change }) => mode === 'managed' && type === 'aws_iam_role' && change.after,
  )
  const bare = roles.filter(({ change }) => {
    const isUnknown = (change.after_unknown as Record<string, unknown> | undefined)?.permissions_boundary === true
    return isUnknown || !String(change.after?.permissions_boundary ?? '').includes(':policy/uais/')
  })
  return check(
    'boundaries',
    'Every role carries the permissions boundary',
    bare.map(({ address }) => `${address} has no boundary of ours`),
    `${roles.length} roles carry it.`,
  )
}

/**
 * A destroy is limited to some addresses and takes with it what depends on them; so the plan itself is asked. What is
 * kept is never replaced either: the owner's data would be gone with the old one.
 */
function keepings(stack: Stack, changes: readonly ResourceChange[]): Check {
  const lost = changes.filter(
    ({ address, mode, change }) =>
      mode === 'managed' && isKept(stack, address) && /delete|forget/.test(change.actions.join()),
  )
  return check(
    'keeps',
    'Nothing that is the owner’s to keep is destroyed',
    lost.map(({ address }) => `${address} would be destroyed`),
    'The plan destroys none of it.',
  )
}

function check(id: string, title: string, faults: readonly string[], held: string): Check {
  return { id, title, passed: faults.length === 0, message: faults.length === 0 ? held : faults.join('; ') }
}
