import type { Call } from '../../kernel/operation.ts'
import type { Table } from '../../kernel/table.ts'
import { accessDenied, noSuchBucket, noSuchKey, noSuchVersion } from './errors.ts'

/** A bucket; names are unique across all accounts, so buckets are one global table. */
export interface BucketRow {
  name: string
  account: string
  region: string
  /** ISO 8601 */
  createdAt: string
  versioning?: 'Enabled' | 'Suspended'
  objectLock: boolean
  /** The policy's text as it was given. */
  policy?: string
  tags?: Record<string, string>
  /** Sub-resources kept as the API's own structures, by kind: `encryption`, `lifecycle`, ... */
  configurations: Record<string, object>
}

/** All versions of one key, newest first. */
interface ObjectRow {
  key: string
  versions: VersionRow[]
}

export interface VersionRow {
  /** `null` for objects written while versioning was not enabled. */
  id: string
  /** ISO 8601 */
  modifiedAt: string
  deleteMarker?: boolean
  body?: StoredBody
  etag: string
  headers: SystemHeaders
  metadata: Record<string, string>
  tags: Record<string, string>
  storageClass?: string
  checksum?: StoredChecksum
  /** Sizes of the parts of a multipart upload, in bytes. */
  partSizes?: number[]
  retention?: { mode: 'GOVERNANCE' | 'COMPLIANCE'; until: string }
  legalHold?: boolean
}

export interface SystemHeaders {
  ContentType?: string | undefined
  CacheControl?: string | undefined
  ContentDisposition?: string | undefined
  ContentEncoding?: string | undefined
  ContentLanguage?: string | undefined
  /** As sent: S3 returns it unread. */
  Expires?: string | undefined
  WebsiteRedirectLocation?: string | undefined
}

export interface StoredBody {
  blob: string
  /** Of the plaintext. */
  bytes: number
  encryption: StoredEncryption
}

export type StoredEncryption =
  | { algorithm: 'AES256' }
  | {
      algorithm: 'aws:kms'
      keyArn: string
      bucketKey: boolean
      /** Encrypted data key, base64; the body is AES-256-GCM under it. */
      dataKey: string
      context: Record<string, string>
    }

export interface StoredChecksum {
  algorithm: string
  value: string
  type: 'FULL_OBJECT' | 'COMPOSITE'
}

export interface UploadRow {
  id: string
  key: string
  /** ISO 8601 */
  initiatedAt: string
  initiator: string
  version: Pick<VersionRow, 'headers' | 'metadata' | 'tags' | 'storageClass' | 'retention' | 'legalHold'>
  encryption: StoredEncryption
  checksum?: { algorithm: string; type: 'FULL_OBJECT' | 'COMPOSITE' }
  parts: Record<string, PartRow>
}

export interface PartRow {
  number: number
  body: StoredBody
  etag: string
  /** ISO 8601 */
  modifiedAt: string
  checksum?: string
}

export const buckets = (call: Call): Table<BucketRow> => call.table('bucket', { service: 's3' })
export const objects = (call: Call, bucket: string): Table<ObjectRow> =>
  call.table(`object/${bucket}`, { service: 's3' })
export const uploads = (call: Call, bucket: string): Table<UploadRow> =>
  call.table(`upload/${bucket}`, { service: 's3' })

/** The bucket that a request names, which must belong to the account the caller expects, if it expects one. */
export function openBucket(
  call: Call,
  input: { Bucket: string | undefined; ExpectedBucketOwner?: string | undefined },
): BucketRow {
  const bucket = buckets(call).get(input.Bucket ?? '')
  if (!bucket) throw noSuchBucket(input.Bucket ?? '')
  if (input.ExpectedBucketOwner !== undefined && input.ExpectedBucketOwner !== bucket.account) throw accessDenied()
  return bucket
}

/** A version by id, or the current one; delete markers included. */
export function findVersion(call: Call, bucket: string, key: string, versionId?: string): VersionRow | undefined {
  const versions = objects(call, bucket).get(key)?.versions
  return versionId === undefined ? versions?.[0] : versions?.find((version) => version.id === versionId)
}

/** An object version that has a body; otherwise what S3 answers for it. */
export function openVersion(
  call: Call,
  bucket: string,
  key: string,
  versionId?: string,
): VersionRow & { body: StoredBody } {
  const version = findVersion(call, bucket, key, versionId)
  if (!version && versionId !== undefined) throw noSuchVersion(key, versionId)
  if (!version?.body) throw noSuchKey(key)
  return version as VersionRow & { body: StoredBody }
}

export function putVersion(call: Call, bucket: BucketRow, key: string, version: VersionRow): void {
  const rows = objects(call, bucket.name)
  const row = rows.get(key)
  const kept = row?.versions.filter((other) => other.id !== version.id) ?? []
  rows.put(key, { key, versions: [version, ...kept] })
}

/** Replaces a version where it stands (tags, retention). */
export function changeVersion(call: Call, bucket: BucketRow, key: string, version: VersionRow): void {
  const rows = objects(call, bucket.name)
  const versions = rows.get(key)?.versions ?? []
  rows.put(key, { key, versions: versions.map((other) => (other.id === version.id ? version : other)) })
}

/** Version id that a write to the bucket gets now. */
export function newVersionId(call: Call, bucket: BucketRow): string {
  return bucket.versioning === 'Enabled' ? call.id(32) : 'null'
}

/** x-amz-version-id: absent while a bucket was never versioned. */
export function versionHeader(bucket: BucketRow, version: VersionRow): string | undefined {
  return bucket.versioning === undefined && version.id === 'null' ? undefined : version.id
}

export function bucketArn(call: Call, bucket: string): string {
  return `arn:${call.partition}:s3:::${bucket}`
}

export function objectArn(call: Call, bucket: string, key: string): string {
  return `${bucketArn(call, bucket)}/${key}`
}
