/** Kinds of policy document whose size AWS limits. */
export type SizedPolicy =
  | 'managed'
  | 'role-inline'
  | 'user-inline'
  | 'group-inline'
  | 'trust'
  | 'session'
  | 'permission-set-inline'
  | 'scp'
  | 'rcp'
  | 'bucket'
  | 'key'
  | 'endpoint'
  | 'queue'

export interface SizeLimit {
  /** `characters`: without white space between tokens; `text`: every character; `bytes`: UTF-8. */
  unit: 'characters' | 'text' | 'bytes'
  limit: number
  /** Highest value that AWS grants on request, where the quota is adjustable. */
  upTo?: number
  source: string
}

const iamQuotas = 'IAM User Guide, "IAM and AWS STS quotas"'
const organizationQuotas = 'AWS Organizations User Guide, "Quotas for AWS Organizations"'

/** Defaults. Quotas move: pass the limits that were read from the account where they can be. */
export const sizeLimits: Readonly<Record<SizedPolicy, SizeLimit>> = {
  managed: { unit: 'characters', limit: 6_144, source: iamQuotas },
  'role-inline': { unit: 'characters', limit: 10_240, source: iamQuotas },
  'user-inline': { unit: 'characters', limit: 2_048, source: iamQuotas },
  'group-inline': { unit: 'characters', limit: 5_120, source: iamQuotas },
  trust: { unit: 'characters', limit: 2_048, upTo: 8_192, source: iamQuotas },
  session: { unit: 'text', limit: 2_048, source: 'AWS STS API Reference, "AssumeRole"' },
  'permission-set-inline': { unit: 'characters', limit: 10_240, source: 'IAM Identity Center User Guide, "Quotas"' },
  scp: { unit: 'text', limit: 10_240, source: organizationQuotas },
  rcp: { unit: 'text', limit: 5_120, source: organizationQuotas },
  bucket: { unit: 'bytes', limit: 20_480, source: 'Amazon S3 User Guide, "Bucket policies for Amazon S3"' },
  key: { unit: 'bytes', limit: 32_768, source: 'AWS KMS Developer Guide, "Resource quotas"' },
  endpoint: { unit: 'text', limit: 20_480, source: 'AWS PrivateLink Guide, "AWS PrivateLink quotas"' },
  queue: { unit: 'bytes', limit: 8_192, source: 'Amazon SQS Developer Guide, "Amazon SQS policy quotas"' },
}

export interface PolicySize {
  size: number
  limit: number
  unit: SizeLimit['unit']
  fits: boolean
  source: string
}

/**
 * Size of a document as AWS counts it for its kind. A document given as an object is counted as its shortest JSON; one
 * given as text as it stands, since Organizations and STS count white space. Inline quotas are for all inline policies of
 * a role, user or group together: give them as one list.
 */
export function policySize(
  document: object | string | readonly (object | string)[],
  kind: SizedPolicy,
  limits: Readonly<Record<SizedPolicy, SizeLimit>> = sizeLimits,
): PolicySize {
  const { unit, limit, source } = limits[kind]
  const documents = Array.isArray(document) ? document : [document]
  const size = documents.reduce((sum: number, one: object | string) => sum + count(one, unit), 0)
  return { size, limit, unit, fits: size <= limit, source }
}

function count(document: object | string, unit: SizeLimit['unit']): number {
  const text = typeof document === 'string' ? document : JSON.stringify(document)
  if (unit === 'text') return text.length
  if (unit === 'bytes') return Buffer.byteLength(text)
  return (typeof document === 'string' ? JSON.stringify(JSON.parse(text)) : text).length
}
