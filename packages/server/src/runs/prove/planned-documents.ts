import type { SizedPolicy } from '@uais/iam'
import type { ResourceChange } from '../../terraform/plan-json.ts'

/** One policy document that a plan would put in place. */
export interface PlannedDocument {
  address: string
  attribute: string
  /** `null` when its text is known only after apply. */
  text: string | null
  kind: SizedPolicy
}

interface Place {
  attribute: string
  /** As what AWS measures it. */
  sized(after: Record<string, unknown>): SizedPolicy
  /** AWS makes a default document when ours is left out. */
  optional?: boolean
  /** Whether the resource takes no document of ours at all; AWS shows its own there. */
  takesNone?(after: Record<string, unknown>): boolean
}

const place = (attribute: string, kind: SizedPolicy): Place => ({ attribute, sized: () => kind })
const optional = (attribute: string, kind: SizedPolicy): Place => ({ ...place(attribute, kind), optional: true })

/** Where plans carry policy documents. */
const policyPlaces: Readonly<Record<string, Place>> = {
  aws_iam_policy: place('policy', 'managed'),
  aws_iam_role_policy: place('policy', 'role-inline'),
  aws_iam_role: place('assume_role_policy', 'trust'),
  aws_organizations_policy: {
    attribute: 'content',
    sized: ({ type }) => (type === 'RESOURCE_CONTROL_POLICY' ? 'rcp' : 'scp'),
  },
  aws_s3_bucket_policy: place('policy', 'bucket'),
  aws_kms_key: optional('policy', 'key'),
  aws_kms_key_policy: place('policy', 'key'),
  aws_vpc_endpoint: {
    ...optional('policy', 'endpoint'),
    // Services of other companies decide for themselves (AWS PrivateLink Guide, "Control access to VPC endpoints").
    takesNone: ({ service_name }) => String(service_name).startsWith('com.amazonaws.vpce.'),
  },
  aws_sqs_queue_policy: place('policy', 'queue'),
  aws_sqs_queue: optional('policy', 'queue'),
}

/** Documents of resources that will exist after the plan, changed or not: a proof holds for the whole or not at all. */
export function plannedDocuments(changes: readonly ResourceChange[]): PlannedDocument[] {
  const documents: PlannedDocument[] = []
  for (const { address, mode, type, change } of changes) {
    const place = policyPlaces[type]
    if (!place || mode !== 'managed' || !change.after || place.takesNone?.(change.after)) continue
    const value = change.after[place.attribute]
    const isUnknown = (change.after_unknown as Record<string, unknown> | undefined)?.[place.attribute] === true
    const document = { address, attribute: place.attribute, kind: place.sized(change.after) }
    if (typeof value === 'string' && value !== '') documents.push({ ...document, text: value })
    else if (isUnknown && !place.optional) documents.push({ ...document, text: null })
  }
  return documents
}

/** One text for documents that say the same: keys and values sorted, single-item lists and values alike. */
export function canonical(text: string): string {
  try {
    return JSON.stringify(sorted(JSON.parse(text)))
  } catch {
    return text
  }
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) {
    if (value.length === 1) return sorted(value[0])
    // Lists of actions, resources, principals and values are sets; the order of statements says nothing either.
    return value.map(sorted).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
  }
  if (value && typeof value === 'object')
    return Object.fromEntries(
      Object.entries(value)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, item]) => [key, sorted(item)]),
    )
  return value
}
