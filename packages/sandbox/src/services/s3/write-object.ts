import { createHash } from 'node:crypto'
import type { AccessCheck, Call } from '../../kernel/operation.ts'
import { type ObjectInput, objectAccess, tagContext } from './access.ts'
import { type AclInput, aclContext, demandOwnerOnly, setsAcl } from './acl.ts'
import { releaseBody } from './body.ts'
import { type EncryptionInput, encryptionConditions } from './encryption.ts'
import { keyTooLong, noSuchBucket } from './errors.ts'
import { type LockInput, lockContext, lockOf } from './object-lock.ts'
import { checkWriteConditions } from './preconditions.ts'
import {
  type BucketRow,
  buckets,
  findVersion,
  newVersionId,
  putVersion,
  type SystemHeaders,
  type VersionRow,
} from './state.ts'
import { tagsOfHeader } from './tags.ts'

/** Members shared by the requests that write an object: PutObject, CopyObject, CreateMultipartUpload. */
interface WriteInput extends ObjectInput, AclInput, EncryptionInput, LockInput {
  CacheControl?: string | undefined
  ContentDisposition?: string | undefined
  ContentEncoding?: string | undefined
  ContentLanguage?: string | undefined
  ContentType?: string | undefined
  Expires?: unknown
  Metadata?: Record<string, string> | undefined
  StorageClass?: string | undefined
  Tagging?: string | undefined
  WebsiteRedirectLocation?: string | undefined
  IfMatch?: string | undefined
  IfNoneMatch?: string | undefined
}

/**
 * What a write needs: s3:PutObject, and a permission of its own for each of tags, ACL, retention and legal hold
 * (S3 API Reference, PutObject, "Permissions").
 */
export function writeAccess(call: Call, input: WriteInput, extra: AccessCheck['context'] = {}): AccessCheck[] {
  const target = { Bucket: input.Bucket, Key: input.Key, ExpectedBucketOwner: input.ExpectedBucketOwner }
  const tags = tagsOfHeader(input.Tagging)
  const context = {
    ...encryptionConditions(input),
    ...aclContext(input),
    ...lockContext(call, input),
    ...requestTagContext(tags),
    's3:x-amz-storage-class': input.StorageClass,
    's3:x-amz-website-redirect-location': input.WebsiteRedirectLocation,
    's3:if-match': input.IfMatch,
    's3:if-none-match': input.IfNoneMatch,
    ...extra,
  }
  const also = (needed: boolean, action: string) => (needed ? [objectAccess(call, target, action, context)] : [])
  return [
    objectAccess(call, target, 's3:PutObject', context),
    ...also(Object.keys(tags).length > 0, 's3:PutObjectTagging'),
    ...also(setsAcl(input), 's3:PutObjectAcl'),
    ...also(input.ObjectLockMode !== undefined, 's3:PutObjectRetention'),
    ...also(input.ObjectLockLegalHoldStatus !== undefined, 's3:PutObjectLegalHold'),
  ]
}

/** s3:RequestObjectTag/<key> and s3:RequestObjectTagKeys. */
export function requestTagContext(tags: Readonly<Record<string, string>>): NonNullable<AccessCheck['context']> {
  if (Object.keys(tags).length === 0) return {}
  return { ...tagContext('s3:RequestObjectTag', tags), 's3:RequestObjectTagKeys': Object.keys(tags) }
}

/** Everything of a new version but its id, time, body, tag and checksum; refuses what S3 refuses. */
export function versionDetails(call: Call, bucket: BucketRow, input: WriteInput) {
  demandOwnerOnly(bucket, input)
  demandKey(input.Key ?? '')
  return {
    headers: systemHeaders(input),
    metadata: input.Metadata ?? {},
    tags: tagsOfHeader(input.Tagging),
    ...(input.StorageClass && input.StorageClass !== 'STANDARD' ? { storageClass: input.StorageClass } : {}),
    ...lockOf(call, bucket, input),
  }
}

/**
 * Makes `version` the current one. Conditions are checked here, in the same turn as the write, so that of two
 * writers racing with If-None-Match: * exactly one wins.
 */
export function commitVersion(
  call: Call,
  bucket: BucketRow,
  input: Pick<WriteInput, 'Key' | 'IfMatch' | 'IfNoneMatch'>,
  version: Omit<VersionRow, 'id' | 'modifiedAt'>,
): VersionRow {
  const key = input.Key ?? ''
  const present = buckets(call).get(bucket.name)
  if (!present) throw noSuchBucket(bucket.name)
  checkWriteConditions(input, findVersion(call, bucket.name, key), key)
  const id = newVersionId(call, present)
  const replaced = findVersion(call, bucket.name, key, id)
  const row: VersionRow = { id, modifiedAt: call.now.toISOString(), ...version }
  putVersion(call, present, key, row)
  releaseBody(call, replaced?.body)
  return row
}

/** At most 1,024 bytes of UTF-8 (S3 User Guide, "Naming Amazon S3 objects"). A key is only a name, never a path. */
function demandKey(key: string): void {
  const bytes = Buffer.byteLength(key)
  if (bytes > 1024) throw keyTooLong(bytes)
}

/** Quoted, as clients compare it. */
export function etagOf(bytes: Uint8Array): string {
  return `"${createHash('md5').update(bytes).digest('hex')}"`
}

function systemHeaders(input: WriteInput): SystemHeaders {
  const encoding = input.ContentEncoding?.split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '' && part !== 'aws-chunked')
    .join(',')
  const given: SystemHeaders = {
    ContentType: input.ContentType ?? 'binary/octet-stream',
    CacheControl: input.CacheControl,
    ContentDisposition: input.ContentDisposition,
    ContentEncoding: encoding || undefined,
    ContentLanguage: input.ContentLanguage,
    Expires: expiresText(input.Expires),
    WebsiteRedirectLocation: input.WebsiteRedirectLocation,
  }
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
}

function expiresText(value: unknown): string | undefined {
  if (value === undefined) return undefined
  return value instanceof Date ? value.toUTCString() : String(value)
}
