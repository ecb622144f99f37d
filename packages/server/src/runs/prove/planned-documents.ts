import type { ResourceChange } from '../../terraform/plan-json.ts'

/** One policy document that a plan would put in place. */
export interface PlannedDocument {
  address: string
  attribute: string
  /** `null` when its text is known only after apply. */
  text: string | null
}

interface Place {
  attribute: string
  /** Characters that AWS allows, and which of them it counts. */
  limit: number
  counts: 'all' | 'without-white-space'
  source: string
  /** AWS makes a default document when ours is left out. */
  optional?: boolean
}

const iamQuotas = 'IAM User Guide, "IAM and AWS STS quotas"'
/** Where plans carry policy documents, and how long each may be. */
export const policyPlaces: Readonly<Record<string, Place>> = {
  aws_iam_policy: { attribute: 'policy', limit: 6144, counts: 'without-white-space', source: iamQuotas },
  aws_iam_role_policy: { attribute: 'policy', limit: 10_240, counts: 'without-white-space', source: iamQuotas },
  aws_iam_role: { attribute: 'assume_role_policy', limit: 2048, counts: 'without-white-space', source: iamQuotas },
  aws_organizations_policy: {
    attribute: 'content',
    limit: 10_240,
    counts: 'all',
    source: 'AWS Organizations User Guide, "Quotas for AWS Organizations"',
  },
  aws_s3_bucket_policy: {
    attribute: 'policy',
    limit: 20 * 1024,
    counts: 'all',
    source: 'Amazon S3 User Guide, "Bucket policies"',
  },
  aws_kms_key: {
    attribute: 'policy',
    limit: 32 * 1024,
    counts: 'all',
    source: 'AWS KMS Developer Guide, "Resource quotas"',
    optional: true,
  },
  aws_kms_key_policy: {
    attribute: 'policy',
    limit: 32 * 1024,
    counts: 'all',
    source: 'AWS KMS Developer Guide, "Resource quotas"',
  },
  aws_vpc_endpoint: {
    attribute: 'policy',
    limit: 20_480,
    counts: 'all',
    source: 'AWS PrivateLink Guide, "AWS PrivateLink quotas"',
    optional: true,
  },
  aws_sqs_queue_policy: {
    attribute: 'policy',
    limit: 8192,
    counts: 'all',
    source: 'Amazon SQS Developer Guide, "Quotas related to policies"',
  },
  aws_sqs_queue: {
    attribute: 'policy',
    limit: 8192,
    counts: 'all',
    source: 'Amazon SQS Developer Guide, "Quotas related to policies"',
    optional: true,
  },
}

/** Documents of resources that will exist after the plan, changed or not: a proof holds for the whole or not at all. */
export function plannedDocuments(changes: readonly ResourceChange[]): PlannedDocument[] {
  const documents: PlannedDocument[] = []
  for (const { address, mode, type, change } of changes) {
    const place = policyPlaces[type]
    if (!place || mode !== 'managed' || !change.after) continue
    const value = change.after[place.attribute]
    const isUnknown = (change.after_unknown as Record<string, unknown> | undefined)?.[place.attribute] === true
    if (typeof value === 'string' && value !== '') documents.push({ address, attribute: place.attribute, text: value })
    else if (isUnknown && !place.optional) documents.push({ address, attribute: place.attribute, text: null })
  }
  return documents
}

/** Length as AWS counts it for the resource's type. */
export function lengthOf(place: Place, text: string): number {
  return place.counts === 'all' ? text.length : canonical(text).replace(/\s/g, '').length
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
