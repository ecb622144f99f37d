/** Organization, account and role of somebody who has nothing to do with the account. */
const stranger = {
  account: '999999999999',
  organization: 'o-stranger',
  role: 'arn:aws:iam::999999999999:role/any',
}

/** What somebody would put into a list of ours, or ask for: of each key something that AWS or people really say. */
const ofKey: readonly [key: RegExp, foreign: (value: string) => string][] = [
  [/^aws:principalarn$/i, () => stranger.role],
  [/^aws:sourceip$/i, () => '198.51.100.7'],
  [/^aws:(request|resource)tag\/uais:project$/i, () => 'pricing'],
  [/^aws:sourcevpc$/i, () => 'vpc-0ffffffffffffffff'],
  [/^cloudwatch:namespace$/i, () => 'payments'],
  [/^iam:passedtoservice$/i, () => 'lambda.amazonaws.com'],
  [/^kms:encryptioncontext:aws:s3:arn$/i, (value) => elsewhereInBucket(value)],
  [/^kms:viaservice$/i, (value) => value.replace(/^[^.]+/, 'ec2')],
  [/^s3:prefix$/i, (value) => (value.startsWith('projects/') ? 'projects/pricing/models/' : 'other/')],
  [/^s3:x-amz-acl$/i, () => 'public-read'],
  [/^sagemaker:modelapprovalstatus$/i, () => 'Approved'],
  [/^sagemaker:taggingaction$/i, () => 'CreateHyperParameterTuningJob'],
]

const elsewhereInBucket = (pattern: string) =>
  pattern.replace(
    /\/projects\/.*$/,
    /\/models\//.test(pattern) ? '/projects/fraud/data/strikes/a.csv' : '/projects/fraud/models/a',
  )

/** A value that no list of ours holds, of the same kind: what a weakened list lets in, and what a witness asks for. */
export function foreignTo(key: string, value: string): string {
  const known = ofKey.find(([pattern]) => pattern.test(key))?.[1](value)
  if (known !== undefined) return known
  if (/^\d{12}$/.test(value)) return stranger.account
  if (/^(o-|\$\{aws:ResourceOrgID)/.test(value)) return stranger.organization
  if (/^\d+$/.test(value)) return String(Number(value) + 1)
  if (!value.startsWith('arn:')) return /^(true|false)$/.test(value) ? String(value === 'false') : 'foreign'
  const parts = value.split(':')
  const [kind, ...path] = parts.slice(5).join(':').split('/')
  // Where any name matches, only another account is foreign.
  const account = path.join('/') === '*' ? stranger.account : parts[4]
  return [...parts.slice(0, 4), account, `${kind}/foreign`].join(':')
}

/** One text that a pattern matches. */
export const matching = (pattern: string): string => pattern.replace(/[*?]/g, 'x')
