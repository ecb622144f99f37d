import type { Call } from '../../kernel/operation.ts'
import { checksumMembers } from './checksum.ts'
import { encryptionHeaders } from './encryption.ts'
import { methodNotAllowed, noSuchKey } from './errors.ts'
import { checkReadConditions } from './preconditions.ts'
import { type ByteRange, parseRange } from './range.ts'
import {
  type BucketRow,
  findVersion,
  openBucket,
  openVersion,
  type StoredBody,
  type VersionRow,
  versionHeader,
} from './state.ts'

/** Members shared by GetObject and HeadObject. */
interface ReadInput {
  Bucket: string | undefined
  Key: string | undefined
  VersionId?: string | undefined
  ExpectedBucketOwner?: string | undefined
  PartNumber?: number | undefined
  Range?: string | undefined
  ChecksumMode?: string | undefined
  IfMatch?: string | undefined
  IfNoneMatch?: string | undefined
  IfModifiedSince?: Date | undefined
  IfUnmodifiedSince?: Date | undefined
  ResponseCacheControl?: string | undefined
  ResponseContentDisposition?: string | undefined
  ResponseContentEncoding?: string | undefined
  ResponseContentLanguage?: string | undefined
  ResponseContentType?: string | undefined
  ResponseExpires?: Date | undefined
}

export interface Reading {
  bucket: BucketRow
  version: VersionRow & { body: StoredBody }
  range: ByteRange | undefined
}

/** Finds the version a read asks for and checks its conditions. */
export function openReading(input: ReadInput, call: Call, method: 'GET' | 'HEAD'): Reading {
  const bucket = openBucket(call, input)
  const key = input.Key ?? ''
  const found = findVersion(call, bucket.name, key, input.VersionId)
  // A named delete marker is no object; an unnamed one hides it (S3 User Guide, "Working with delete markers").
  if (found?.deleteMarker)
    throw input.VersionId === undefined ? noSuchKey(key) : methodNotAllowed('DeleteMarker', method)
  const version = openVersion(call, bucket.name, key, input.VersionId)
  checkReadConditions(input, version)
  return { bucket, version, range: rangeOf(input, version) }
}

/** Headers of GetObject's and HeadObject's answers. */
export function readingHeaders(input: ReadInput, { bucket, version, range }: Reading) {
  const { body, headers, retention } = version
  const wholeChecksum = input.ChecksumMode === 'ENABLED' && !range
  return {
    AcceptRanges: 'bytes',
    LastModified: new Date(version.modifiedAt),
    ContentLength: range ? range.last - range.first + 1 : body.bytes,
    ETag: version.etag,
    Metadata: version.metadata,
    VersionId: versionHeader(bucket, version),
    ...headers,
    ...override('CacheControl', input.ResponseCacheControl),
    ...override('ContentDisposition', input.ResponseContentDisposition),
    ...override('ContentEncoding', input.ResponseContentEncoding),
    ...override('ContentLanguage', input.ResponseContentLanguage),
    ...override('ContentType', input.ResponseContentType),
    ...override('Expires', input.ResponseExpires?.toUTCString()),
    ...(range ? { ContentRange: `bytes ${range.first}-${range.last}/${body.bytes}` } : {}),
    ...(Object.keys(version.tags).length > 0 ? { TagCount: Object.keys(version.tags).length } : {}),
    ...(version.storageClass ? { StorageClass: version.storageClass } : {}),
    ...(input.PartNumber !== undefined && version.partSizes ? { PartsCount: version.partSizes.length } : {}),
    ...(retention ? { ObjectLockMode: retention.mode, ObjectLockRetainUntilDate: new Date(retention.until) } : {}),
    ...(bucket.objectLock && version.legalHold !== undefined
      ? { ObjectLockLegalHoldStatus: version.legalHold ? 'ON' : 'OFF' }
      : {}),
    ...encryptionHeaders(body.encryption),
    ...(wholeChecksum ? checksumMembers(version.checksum) : {}),
  }
}

function override(name: string, value: string | undefined): Record<string, string> {
  return value === undefined ? {} : { [name]: value }
}

/** A part is read as the range of bytes that it became. */
function rangeOf(input: ReadInput, version: VersionRow & { body: StoredBody }): ByteRange | undefined {
  const { PartNumber } = input
  if (PartNumber === undefined) return parseRange(input.Range, version.body.bytes)
  const sizes = version.partSizes ?? [version.body.bytes]
  const first = sizes.slice(0, PartNumber - 1).reduce((sum, size) => sum + size, 0)
  const size = sizes[PartNumber - 1]
  if (size === undefined) return parseRange(`bytes=${version.body.bytes}-`, version.body.bytes)
  return size === 0 ? undefined : { first, last: first + size - 1 }
}
