/** Sizes that AWS takes, in characters, with the page that says so. */
export const limits = {
  scp: { characters: 10_240, source: 'AWS Organizations User Guide, Quotas and service limits' },
  'managed policy': { characters: 6_144, source: 'IAM User Guide, IAM and AWS STS quotas' },
  'inline role policies': { characters: 10_240, source: 'IAM User Guide, IAM and AWS STS quotas' },
  'trust policy': { characters: 2_048, source: 'IAM User Guide, IAM and AWS STS quotas' },
  'session policy': { characters: 2_048, source: 'AWS STS API Reference, AssumeRole' },
  'key policy': { characters: 32_768, source: 'AWS KMS Developer Guide, Quotas' },
  'bucket policy': { characters: 20_480, source: 'Amazon S3 User Guide, Bucket policies' },
  'endpoint policy': { characters: 20_480, source: 'AWS PrivateLink Guide, Quotas' },
  'queue policy': {
    characters: 20_480,
    source: 'Amazon SQS Developer Guide, Quotas (bound of other resource policies)',
  },
} as const satisfies Record<string, { characters: number; source: string }>

export type LimitName = keyof typeof limits

/** Service control policies per root, unit or account, FullAWSAccess among them (Organizations, "Quotas"). */
export const scpsPerTarget = 10
