import type {
  ListObjectsOutput,
  ListObjectsRequest,
  ListObjectsV2Output,
  ListObjectsV2Request,
} from '@aws-sdk/client-s3'
import type { AccessCheck, Call } from '../../kernel/operation.ts'
import { operation } from '../../kernel/operation.ts'
import { bucketAccess } from './access.ts'
import { invalidArgument } from './errors.ts'
import { keyEncoder, listKeys, pageSize } from './listing.ts'
import { ownerOf } from './owner.ts'
import { type BucketRow, objects, openBucket, type VersionRow } from './state.ts'

interface ListInput {
  Bucket: string | undefined
  ExpectedBucketOwner?: string | undefined
  Prefix?: string | undefined
  Delimiter?: string | undefined
  MaxKeys?: number | undefined
}

export const listObjectsV2 = operation<ListObjectsV2Request, ListObjectsV2Output>({
  name: 'ListObjectsV2',
  access: (input, call) => [bucketAccess(call, input, 's3:ListBucket', listContext(input))],
  handle: (input, call) => {
    const bucket = openBucket(call, input)
    const encode = keyEncoder(input.EncodingType)
    const after = input.ContinuationToken === undefined ? input.StartAfter : readToken(input.ContinuationToken)
    const { listing, versions } = list(call, bucket, input, after)
    const owner = input.FetchOwner ? { Owner: ownerOf(bucket.account) } : {}
    return {
      Name: bucket.name,
      Prefix: encode(input.Prefix ?? ''),
      ...(input.Delimiter ? { Delimiter: encode(input.Delimiter) } : {}),
      MaxKeys: pageSize(input.MaxKeys),
      ...(input.EncodingType ? { EncodingType: input.EncodingType } : {}),
      ...(input.StartAfter ? { StartAfter: encode(input.StartAfter) } : {}),
      ...(input.ContinuationToken ? { ContinuationToken: input.ContinuationToken } : {}),
      IsTruncated: listing.truncated,
      ...(listing.truncated ? { NextContinuationToken: writeToken(listing.last ?? '') } : {}),
      KeyCount: listing.keys.length + listing.commonPrefixes.length,
      Contents: listing.keys.map((key) => ({ Key: encode(key), ...summary(versions.get(key)), ...owner })),
      CommonPrefixes: listing.commonPrefixes.map((prefix) => ({ Prefix: encode(prefix) })),
    }
  },
})

export const listObjects = operation<ListObjectsRequest, ListObjectsOutput>({
  name: 'ListObjects',
  access: (input, call) => [bucketAccess(call, input, 's3:ListBucket', listContext(input))],
  handle: (input, call) => {
    const bucket = openBucket(call, input)
    const encode = keyEncoder(input.EncodingType)
    const { listing, versions } = list(call, bucket, input, input.Marker || undefined)
    const Owner = ownerOf(bucket.account)
    return {
      Name: bucket.name,
      Prefix: encode(input.Prefix ?? ''),
      Marker: encode(input.Marker ?? ''),
      ...(input.Delimiter ? { Delimiter: encode(input.Delimiter) } : {}),
      MaxKeys: pageSize(input.MaxKeys),
      ...(input.EncodingType ? { EncodingType: input.EncodingType } : {}),
      IsTruncated: listing.truncated,
      // Without a delimiter clients go on from the last key (S3 API Reference, ListObjects, "NextMarker").
      ...(listing.truncated && input.Delimiter ? { NextMarker: encode(listing.last ?? '') } : {}),
      Contents: listing.keys.map((key) => ({ Key: encode(key), ...summary(versions.get(key)), Owner })),
      CommonPrefixes: listing.commonPrefixes.map((prefix) => ({ Prefix: encode(prefix) })),
    }
  },
})

/** s3:prefix and its kin are absent when the request does not state them: conditions must cope with that. */
export function listContext(input: Omit<ListInput, 'Bucket'>): AccessCheck['context'] {
  return { 's3:prefix': input.Prefix, 's3:delimiter': input.Delimiter, 's3:max-keys': input.MaxKeys }
}

function list(call: Call, bucket: BucketRow, input: ListInput, after: string | undefined) {
  const versions = new Map<string, VersionRow>()
  for (const { key, versions: all } of objects(call, bucket.name).values()) if (all[0]?.body) versions.set(key, all[0])
  const query = {
    prefix: input.Prefix ?? '',
    delimiter: input.Delimiter ?? '',
    maxKeys: pageSize(input.MaxKeys),
    after,
  }
  return { listing: listKeys(versions.keys(), query), versions }
}

function summary(version: VersionRow | undefined) {
  return {
    LastModified: new Date(version?.modifiedAt ?? 0),
    ETag: version?.etag ?? '',
    Size: version?.body?.bytes ?? 0,
    StorageClass: (version?.storageClass ?? 'STANDARD') as 'STANDARD',
    ...(version?.checksum
      ? { ChecksumAlgorithm: [version.checksum.algorithm as 'CRC32'], ChecksumType: version.checksum.type }
      : {}),
  }
}

const tokenVersion = '1'

function writeToken(last: string): string {
  return Buffer.from(tokenVersion + last).toString('base64url')
}

function readToken(token: string): string {
  const text = Buffer.from(token, 'base64url').toString()
  if (!text.startsWith(tokenVersion) || writeToken(text.slice(1)) !== token)
    throw invalidArgument('The continuation token provided is incorrect', 'continuation-token', token)
  return text.slice(1)
}
