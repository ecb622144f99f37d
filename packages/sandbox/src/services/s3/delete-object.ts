import type { DeleteObjectOutput, DeleteObjectRequest } from '@aws-sdk/client-s3'
import type { AccessCheck, Call } from '../../kernel/operation.ts'
import { operation } from '../../kernel/operation.ts'
import { objectAccess, versioned } from './access.ts'
import { releaseBody } from './body.ts'
import { preconditionFailed } from './errors.ts'
import { emitObjectEvent } from './object-event.ts'
import { demandUnlocked } from './object-lock.ts'
import { checkWriteConditions } from './preconditions.ts'
import { type BucketRow, findVersion, newVersionId, objects, openBucket, putVersion, type VersionRow } from './state.ts'

export const deleteObject = operation<DeleteObjectRequest, DeleteObjectOutput>({
  name: 'DeleteObject',
  event: 'data',
  access: (input, call) => {
    const context: AccessCheck['context'] = { 's3:if-match': input.IfMatch }
    const check = objectAccess(call, input, versioned(input, 's3:DeleteObject'), context)
    const bypass = input.BypassGovernanceRetention ? [objectAccess(call, input, 's3:BypassGovernanceRetention')] : []
    return [check, ...bypass]
  },
  handle: (input, call) => {
    const bucket = openBucket(call, input)
    const key = input.Key ?? ''
    if (input.VersionId !== undefined)
      return removeVersion(call, bucket, key, input.VersionId, input.BypassGovernanceRetention ?? false)
    const current = findVersion(call, bucket.name, key)
    checkWriteConditions({ IfMatch: input.IfMatch }, current, key)
    checkLegacyConditions(input, current)
    return bucket.versioning === undefined ? removeForGood(call, bucket, key) : hide(call, bucket, key)
  },
})

/** An unversioned delete removes the object; that there was none is no error. */
function removeForGood(call: Call, bucket: BucketRow, key: string): DeleteObjectOutput {
  for (const version of objects(call, bucket.name).get(key)?.versions ?? []) {
    releaseBody(call, version.body)
    announce(call, bucket, key, version, 'Permanently Deleted')
  }
  objects(call, bucket.name).delete(key)
  return {}
}

/** With versioning on or suspended a delete adds a marker (S3 User Guide, "Working with delete markers"). */
function hide(call: Call, bucket: BucketRow, key: string): DeleteObjectOutput {
  const id = newVersionId(call, bucket)
  releaseBody(call, findVersion(call, bucket.name, key, id)?.body)
  const version = deleteMarker(id, call.now)
  putVersion(call, bucket, key, version)
  announce(call, bucket, key, version, 'Delete Marker Created')
  return { DeleteMarker: true, VersionId: id }
}

function announce(
  call: Call,
  bucket: BucketRow,
  key: string,
  version: VersionRow,
  deletion: 'Permanently Deleted' | 'Delete Marker Created',
): void {
  emitObjectEvent(call, bucket, { type: 'Object Deleted', key, version, reason: 'DeleteObject', deletion })
}

function deleteMarker(id: string, now: Date): VersionRow {
  return { id, modifiedAt: now.toISOString(), deleteMarker: true, etag: '', headers: {}, metadata: {}, tags: {} }
}

function removeVersion(
  call: Call,
  bucket: BucketRow,
  key: string,
  versionId: string,
  bypassGovernance: boolean,
): DeleteObjectOutput {
  const version = findVersion(call, bucket.name, key, versionId)
  if (!version) return { VersionId: versionId }
  demandUnlocked(call, version, bypassGovernance)
  const rows = objects(call, bucket.name)
  const left = (rows.get(key)?.versions ?? []).filter((other) => other.id !== versionId)
  if (left.length > 0) rows.put(key, { key, versions: left })
  else rows.delete(key)
  releaseBody(call, version.body)
  announce(call, bucket, key, version, 'Permanently Deleted')
  return { VersionId: versionId, ...(version.deleteMarker ? { DeleteMarker: true } : {}) }
}

function checkLegacyConditions(input: DeleteObjectRequest, current: VersionRow | undefined): void {
  const { IfMatchSize: size, IfMatchLastModifiedTime: time } = input
  if (size !== undefined && current?.body?.bytes !== size) throw preconditionFailed('x-amz-if-match-size')
  if (time !== undefined && current?.modifiedAt !== new Date(time).toISOString())
    throw preconditionFailed('x-amz-if-match-last-modified-time')
}
