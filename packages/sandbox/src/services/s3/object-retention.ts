import type {
  GetObjectLegalHoldOutput,
  GetObjectLegalHoldRequest,
  GetObjectRetentionOutput,
  GetObjectRetentionRequest,
  PutObjectLegalHoldRequest,
  PutObjectRetentionRequest,
} from '@aws-sdk/client-s3'
import type { Call } from '../../kernel/operation.ts'
import { operation } from '../../kernel/operation.ts'
import { type ObjectInput, objectAccess } from './access.ts'
import { accessDenied, invalidRequest, malformedXml, notConfigured } from './errors.ts'
import { lockContext, retentionOf } from './object-lock.ts'
import { changeVersion, openBucket, openVersion, type VersionRow } from './state.ts'

export const getObjectRetention = operation<GetObjectRetentionRequest, GetObjectRetentionOutput>({
  name: 'GetObjectRetention',
  event: 'data',
  access: (input, call) => [objectAccess(call, input, 's3:GetObjectRetention')],
  handle: (input, call) => {
    const { bucket, version } = lockable(call, input)
    if (!version.retention) throw noLock(bucket.name)
    return { Retention: { Mode: version.retention.mode, RetainUntilDate: new Date(version.retention.until) } }
  },
})

/** Compliance is only ever prolonged; governance is shortened with s3:BypassGovernanceRetention. */
export const putObjectRetention = operation<PutObjectRetentionRequest, Record<string, never>>({
  name: 'PutObjectRetention',
  event: 'data',
  access: (input, call) => [
    objectAccess(
      call,
      input,
      's3:PutObjectRetention',
      lockContext(call, {
        ObjectLockMode: input.Retention?.Mode,
        ObjectLockRetainUntilDate: input.Retention?.RetainUntilDate,
      }),
    ),
    ...(input.BypassGovernanceRetention ? [objectAccess(call, input, 's3:BypassGovernanceRetention')] : []),
  ],
  handle: (input, call) => {
    const { bucket, version } = lockable(call, input)
    const { Mode, RetainUntilDate } = input.Retention ?? {}
    if ((Mode === undefined) !== (RetainUntilDate === undefined)) throw malformedXml()
    const { retention: present, ...rest } = version
    const wanted = Mode && RetainUntilDate ? retentionOf(call, Mode, RetainUntilDate) : undefined
    if (isWeaker(call, present, wanted, input.BypassGovernanceRetention ?? false))
      throw accessDenied('Access Denied because object protected by object lock.')
    changeVersion(call, bucket, input.Key ?? '', wanted ? { ...rest, retention: wanted } : rest)
    return {}
  },
})

export const getObjectLegalHold = operation<GetObjectLegalHoldRequest, GetObjectLegalHoldOutput>({
  name: 'GetObjectLegalHold',
  event: 'data',
  access: (input, call) => [objectAccess(call, input, 's3:GetObjectLegalHold')],
  handle: (input, call) => {
    const { bucket, version } = lockable(call, input)
    if (version.legalHold === undefined) throw noLock(bucket.name)
    return { LegalHold: { Status: version.legalHold ? 'ON' : 'OFF' } }
  },
})

export const putObjectLegalHold = operation<PutObjectLegalHoldRequest, Record<string, never>>({
  name: 'PutObjectLegalHold',
  event: 'data',
  access: (input, call) => [
    objectAccess(
      call,
      input,
      's3:PutObjectLegalHold',
      lockContext(call, { ObjectLockLegalHoldStatus: input.LegalHold?.Status }),
    ),
  ],
  handle: (input, call) => {
    const { bucket, version } = lockable(call, input)
    const status = input.LegalHold?.Status
    if (status !== 'ON' && status !== 'OFF') throw malformedXml()
    changeVersion(call, bucket, input.Key ?? '', { ...version, legalHold: status === 'ON' })
    return {}
  },
})

function lockable(call: Call, input: ObjectInput) {
  const bucket = openBucket(call, input)
  if (!bucket.objectLock) throw invalidRequest('Bucket is missing Object Lock Configuration')
  return { bucket, version: openVersion(call, bucket.name, input.Key ?? '', input.VersionId) }
}

function noLock(bucket: string) {
  return notConfigured(
    'NoSuchObjectLockConfiguration',
    'The specified object does not have a ObjectLock configuration',
    bucket,
  )
}

function isWeaker(
  call: Call,
  present: VersionRow['retention'],
  wanted: VersionRow['retention'],
  bypass: boolean,
): boolean {
  if (!present || new Date(present.until) <= call.now) return false
  if (present.mode === 'GOVERNANCE' && bypass) return false
  const shorter = wanted === undefined || new Date(wanted.until) < new Date(present.until)
  return shorter || (present.mode === 'COMPLIANCE' && wanted.mode === 'GOVERNANCE')
}
