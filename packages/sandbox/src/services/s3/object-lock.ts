import type {
  GetObjectLockConfigurationOutput,
  GetObjectLockConfigurationRequest,
  ObjectLockConfiguration,
  PutObjectLockConfigurationRequest,
} from '@aws-sdk/client-s3'
import type { AccessCheck, Call } from '../../kernel/operation.ts'
import { operation } from '../../kernel/operation.ts'
import { bucketAccess } from './access.ts'
import { setConfiguration } from './bucket-configuration.ts'
import {
  accessDenied,
  invalidArgument,
  invalidBucketState,
  invalidRequest,
  malformedXml,
  notConfigured,
} from './errors.ts'
import { type BucketRow, openBucket, type VersionRow } from './state.ts'

const day = 86_400_000

export const getObjectLockConfiguration = operation<
  GetObjectLockConfigurationRequest,
  GetObjectLockConfigurationOutput
>({
  name: 'GetObjectLockConfiguration',
  access: (input, call) => [bucketAccess(call, input, 's3:GetBucketObjectLockConfiguration')],
  handle: (input, call) => {
    const bucket = openBucket(call, input)
    if (!bucket.objectLock)
      throw notConfigured(
        'ObjectLockConfigurationNotFoundError',
        'Object Lock configuration does not exist for this bucket',
        bucket.name,
      )
    return { ObjectLockConfiguration: bucket.configurations.objectLock ?? { ObjectLockEnabled: 'Enabled' } }
  },
})

export const putObjectLockConfiguration = operation<PutObjectLockConfigurationRequest, Record<string, never>>({
  name: 'PutObjectLockConfiguration',
  access: (input, call) => [bucketAccess(call, input, 's3:PutBucketObjectLockConfiguration')],
  handle: (input, call) => {
    const bucket = openBucket(call, input)
    if (bucket.versioning !== 'Enabled')
      throw invalidBucketState("Versioning must be 'Enabled' on the bucket to apply a Object Lock configuration")
    const configuration = input.ObjectLockConfiguration
    if (configuration?.ObjectLockEnabled !== 'Enabled') throw malformedXml()
    const retention = configuration.Rule?.DefaultRetention
    if (retention && (!retention.Mode || (retention.Days === undefined) === (retention.Years === undefined)))
      throw malformedXml()
    if (retention && (retention.Days ?? retention.Years ?? 0) < 1)
      throw invalidArgument('Default retention period must be a positive integer value')
    setConfiguration(call, { ...bucket, objectLock: true }, 'objectLock', configuration)
    return {}
  },
})

/** Lock members of a request that writes an object. */
export interface LockInput {
  ObjectLockMode?: string | undefined
  ObjectLockRetainUntilDate?: Date | string | undefined
  ObjectLockLegalHoldStatus?: string | undefined
}

/** Retention and legal hold of a new version: as asked for, else the bucket's default. */
export function lockOf(call: Call, bucket: BucketRow, input: LockInput): Pick<VersionRow, 'retention' | 'legalHold'> {
  const { ObjectLockMode: mode, ObjectLockRetainUntilDate: until, ObjectLockLegalHoldStatus: hold } = input
  if (!bucket.objectLock) {
    if (mode || until || hold) throw invalidRequest('Bucket is missing Object Lock Configuration')
    return {}
  }
  if ((mode === undefined) !== (until === undefined))
    throw invalidArgument('x-amz-object-lock-retain-until-date and x-amz-object-lock-mode must both be supplied')
  const retention = mode && until ? retentionOf(call, mode, until) : defaultRetention(call, bucket)
  return { ...(retention ? { retention } : {}), ...(hold === 'ON' ? { legalHold: true } : {}) }
}

export function retentionOf(call: Call, mode: string, until: Date | string): NonNullable<VersionRow['retention']> {
  if (mode !== 'GOVERNANCE' && mode !== 'COMPLIANCE') throw invalidArgument('Unknown wormMode directive.')
  const date = new Date(until)
  if (date <= call.now) throw invalidArgument('The retain until date must be in the future!')
  return { mode, until: date.toISOString() }
}

function defaultRetention(call: Call, bucket: BucketRow): VersionRow['retention'] {
  const configuration = bucket.configurations.objectLock as ObjectLockConfiguration | undefined
  const rule = configuration?.Rule?.DefaultRetention
  if (!rule?.Mode) return undefined
  const until = new Date(call.now)
  if (rule.Days) until.setTime(until.getTime() + rule.Days * day)
  else until.setUTCFullYear(until.getUTCFullYear() + (rule.Years ?? 0))
  return { mode: rule.Mode, until: until.toISOString() }
}

/** Refuses to remove a version for good while it is retained or held (S3 User Guide, "Locking objects"). */
export function demandUnlocked(call: Call, version: VersionRow, bypassGovernance: boolean): void {
  const { retention, legalHold } = version
  const retained = retention !== undefined && new Date(retention.until) > call.now
  const bypassed = retention?.mode === 'GOVERNANCE' && bypassGovernance
  if (legalHold || (retained && !bypassed)) throw accessDenied('Access Denied because object protected by object lock.')
}

/** Condition keys of a request that sets a lock. */
export function lockContext(call: Call, input: LockInput): AccessCheck['context'] {
  const until = input.ObjectLockRetainUntilDate
  return {
    's3:object-lock-mode': input.ObjectLockMode,
    's3:object-lock-legal-hold': input.ObjectLockLegalHoldStatus,
    's3:object-lock-retain-until-date': until === undefined ? undefined : new Date(until).toISOString(),
    's3:object-lock-remaining-retention-days':
      until === undefined ? undefined : Math.ceil((new Date(until).getTime() - call.now.getTime()) / day),
  }
}
