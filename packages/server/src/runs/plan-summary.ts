import type { Plan } from '@uais/contract'
import type { PlanJson, ResourceChange } from '../terraform/plan-json.ts'

type Change = Plan['changes'][number]
type Attribute = Change['attributes'][number]

const longest = 2000
const mask = '(sensitive value)'
const unknown = '(known after apply)'

/** What a person reads of a plan: resources that change, and of each the attributes that do. Sensitive values are masked. */
export function summarise(plan: PlanJson): Pick<Plan, 'summary' | 'changes'> {
  const changes = changesOf(plan).map(describe)
  const count = (action: Change['actions'][number]) =>
    changes.filter((change) => change.actions.includes(action)).length
  return {
    summary: { add: count('create'), change: count('update'), destroy: count('delete'), import: count('import') },
    changes,
  }
}

/** Planned changes of managed resources; data sources and untouched resources are left out. */
function changesOf(plan: PlanJson): ResourceChange[] {
  return (plan.resource_changes ?? []).filter(
    ({ mode, change }) => mode === 'managed' && (change.importing !== undefined || !change.actions.includes('no-op')),
  )
}

/** Something that exists would be destroyed, be it to be replaced or dropped from management. */
export const isDestructive = (plan: PlanJson) =>
  changesOf(plan).some(({ change }) => change.actions.includes('delete') || change.actions.includes('forget'))

function describe({ address, type, change }: ResourceChange): Change {
  const actions: Change['actions'] = change.actions.filter((action) => !(change.importing && action === 'no-op'))
  if (change.importing) actions.push('import')
  return { address, type, actions, attributes: attributesOf(change) }
}

function attributesOf(change: ResourceChange['change']): Attribute[] {
  const before = change.before ?? {}
  const after = change.after ?? {}
  const unknowns = recordOf(change.after_unknown)
  const names = new Set([...Object.keys(before), ...Object.keys(after), ...Object.keys(unknowns)])
  const forcing = new Set((change.replace_paths ?? []).map((path) => path[0]))
  const attributes: Attribute[] = []
  for (const name of [...names].sort()) {
    const was = text(before[name], recordOf(change.before_sensitive)[name])
    const isUnknown = unknowns[name] === true && after[name] === undefined
    const is = isUnknown ? unknown : text(after[name], recordOf(change.after_sensitive)[name])
    // Values that only the provider fills in say nothing while a resource is made.
    if (change.before === null && (isUnknown || is === null)) continue
    const changed = was !== is || sensitiveDiffers(before[name], after[name], was, is)
    const note = forcing.has(name) ? ' (forces replacement)' : ''
    if (changed) attributes.push({ name, before: was, after: note ? `${is ?? 'none'}${note}` : is })
  }
  return attributes
}

const sensitiveDiffers = (before: unknown, after: unknown, was: string | null, is: string | null) =>
  was === mask && is === mask && JSON.stringify(before) !== JSON.stringify(after)

function text(value: unknown, sensitive: unknown): string | null {
  if (value === null || value === undefined) return null
  if (holdsSensitive(sensitive)) return mask
  if (typeof value === 'string') return shorten(prettyJson(value))
  if (typeof value === 'object' && Object.keys(value).length === 0) return null
  return shorten(JSON.stringify(value, null, typeof value === 'object' ? 2 : 0))
}

/** Policy documents are long lines of JSON: indented they can be read and compared. */
function prettyJson(value: string): string {
  if (!/^[[{]/.test(value)) return value
  try {
    return JSON.stringify(JSON.parse(value), null, 2)
  } catch {
    return value
  }
}

const shorten = (value: string) =>
  value.length > longest ? `${value.slice(0, longest)}… (${value.length} characters)` : value

/** The mask has the value's shape: true, or something true within it. A part masked is the whole masked. */
function holdsSensitive(marks: unknown): boolean {
  if (marks === true) return true
  if (marks && typeof marks === 'object') return Object.values(marks).some(holdsSensitive)
  return false
}

const recordOf = (value: unknown): Record<string, unknown> =>
  value && typeof value === 'object' ? (value as Record<string, unknown>) : {}
