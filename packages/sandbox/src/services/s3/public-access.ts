import type { PublicAccessBlockConfiguration } from '@aws-sdk/client-s3'
import type { PolicyDocument, PolicyStatement } from '@uais/iam'
import { awsPrincipals, statementsOf } from '../resource-policy.ts'
import type { BucketRow } from './state.ts'

/** What CreateBucket sets (S3 User Guide, "Default settings for new S3 buckets"). */
export const blockAll: Required<PublicAccessBlockConfiguration> = {
  BlockPublicAcls: true,
  IgnorePublicAcls: true,
  BlockPublicPolicy: true,
  RestrictPublicBuckets: true,
}

/** The block in force; without a configuration nothing is blocked. */
export function publicAccessBlockOf(bucket: BucketRow): PublicAccessBlockConfiguration {
  return bucket.configurations.publicAccessBlock ?? {}
}

/** Conditions that tie a grant to known callers, if their values are fixed (S3 User Guide, "The meaning of public"). */
const fixingKeys = [
  'aws:sourceip',
  'aws:sourcearn',
  'aws:sourcevpc',
  'aws:sourcevpce',
  'aws:sourceaccount',
  'aws:sourceowner',
  'aws:userid',
  'aws:principalorgid',
  'aws:principalorgpaths',
  'aws:principalaccount',
  'aws:principalarn',
  's3:x-amz-server-side-encryption-aws-kms-key-id',
  's3:dataaccesspointarn',
  's3:dataaccesspointaccount',
]

/** Whether any statement grants something to everyone. */
export function isPublicPolicy(document: PolicyDocument): boolean {
  return statementsOf(document).some(isPublicStatement)
}

function isPublicStatement(statement: PolicyStatement): boolean {
  if (statement.Effect !== 'Allow') return false
  const everyone = statement.NotPrincipal !== undefined || awsPrincipals(statement.Principal).includes('*')
  return everyone && !isFixed(statement)
}

function isFixed(statement: PolicyStatement): boolean {
  return Object.entries(statement.Condition ?? {}).some(
    ([operator, keys]) =>
      isPositive(operator) &&
      Object.entries(keys).some(
        ([key, values]) =>
          fixingKeys.includes(key.toLowerCase()) && [values].flat().every((value) => isFixedValue(key, String(value))),
      ),
  )
}

/** Negated and optional operators leave everyone else in. */
function isPositive(operator: string): boolean {
  return /^(ForAnyValue:)?(String(Equals|EqualsIgnoreCase|Like)|Arn(Equals|Like)|IpAddress)$/i.test(operator)
}

function isFixedValue(key: string, value: string): boolean {
  if (key.toLowerCase() === 'aws:sourceip') return Number(value.split('/')[1] ?? 128) >= (value.includes(':') ? 32 : 8)
  if (value.includes('${')) return false
  // An ARN may hold wildcards in its resource part as long as the account is named.
  if (value.startsWith('arn:')) return /^arn:[^:*?]+:[^:*?]+:[^:]*:\d{12}:/.test(value)
  return !/[*?]/.test(value)
}
