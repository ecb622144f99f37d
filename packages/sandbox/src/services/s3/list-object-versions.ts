import type { ListObjectVersionsOutput, ListObjectVersionsRequest } from '@aws-sdk/client-s3'
import type { Call } from '../../kernel/operation.ts'
import { operation } from '../../kernel/operation.ts'
import { bucketAccess } from './access.ts'
import { invalidArgument } from './errors.ts'
import { listContext } from './list-objects.ts'
import { byUtf8, commonPrefixOf, keyEncoder, pageSize } from './listing.ts'
import { ownerOf } from './owner.ts'
import { type BucketRow, objects, openBucket, type VersionRow } from './state.ts'

interface Entry {
  key: string
  version: VersionRow
  latest: boolean
}

/** Keys in order, and within a key the newest version first. */
export const listObjectVersions = operation<ListObjectVersionsRequest, ListObjectVersionsOutput>({
  name: 'ListObjectVersions',
  access: (input, call) => [bucketAccess(call, input, 's3:ListBucketVersions', listContext(input))],
  handle: (input, call) => {
    const bucket = openBucket(call, input)
    if (input.VersionIdMarker && !input.KeyMarker)
      throw invalidArgument('A version-id marker cannot be specified without a key marker.', 'version-id-marker')
    const encode = keyEncoder(input.EncodingType)
    const { taken, prefixes, truncated } = cut(entriesAfter(call, bucket, input), input)
    const last = taken.at(-1)
    const Owner = ownerOf(bucket.account)
    const named = ({ key, version, latest }: Entry) => ({
      Key: encode(key),
      VersionId: version.id,
      IsLatest: latest,
      LastModified: new Date(version.modifiedAt),
      Owner,
    })
    const entries = taken.filter((item): item is Entry => typeof item !== 'string')
    return {
      Name: bucket.name,
      Prefix: encode(input.Prefix ?? ''),
      KeyMarker: encode(input.KeyMarker ?? ''),
      VersionIdMarker: input.VersionIdMarker ?? '',
      ...(input.Delimiter ? { Delimiter: encode(input.Delimiter) } : {}),
      ...(input.EncodingType ? { EncodingType: input.EncodingType } : {}),
      MaxKeys: pageSize(input.MaxKeys),
      IsTruncated: truncated,
      ...(truncated && last !== undefined ? nextMarkers(last, encode) : {}),
      Versions: entries
        .filter(({ version }) => !version.deleteMarker)
        .map((entry) => ({
          ...named(entry),
          ETag: entry.version.etag,
          Size: entry.version.body?.bytes ?? 0,
          StorageClass: 'STANDARD' as const,
        })),
      DeleteMarkers: entries.filter(({ version }) => version.deleteMarker).map(named),
      CommonPrefixes: prefixes.map((prefix) => ({ Prefix: encode(prefix) })),
    }
  },
})

/** Where the next page goes on; a common prefix counts as a key without versions. */
function nextMarkers(last: Entry | string, encode: (key: string) => string) {
  return typeof last === 'string'
    ? { NextKeyMarker: encode(last) }
    : { NextKeyMarker: encode(last.key), NextVersionIdMarker: last.version.id }
}

function entriesAfter(call: Call, bucket: BucketRow, input: ListObjectVersionsRequest): Entry[] {
  const { Prefix = '', KeyMarker: marker = '', VersionIdMarker: versionMarker } = input
  const rows = [...objects(call, bucket.name).values()]
    .filter(({ key }) => key.startsWith(Prefix) && (marker === '' || byUtf8(key, marker) >= 0))
    .sort((a, b) => byUtf8(a.key, b.key))
  return rows.flatMap(({ key, versions }) => {
    const entries = versions.map((version, index) => ({ key, version, latest: index === 0 }))
    if (key !== marker) return entries
    const seen = versionMarker ? versions.findIndex((version) => version.id === versionMarker) + 1 : versions.length
    return entries.slice(seen)
  })
}

function cut(entries: readonly Entry[], input: ListObjectVersionsRequest) {
  const query = { prefix: input.Prefix ?? '', delimiter: input.Delimiter ?? '' }
  const size = pageSize(input.MaxKeys)
  const taken: (Entry | string)[] = []
  const prefixes: string[] = []
  for (const entry of entries) {
    const prefix = commonPrefixOf(entry.key, query)
    if (prefix !== undefined && (prefixes.at(-1) === prefix || input.KeyMarker?.startsWith(prefix))) continue
    if (taken.length >= size) return { taken, prefixes, truncated: size > 0 }
    taken.push(prefix ?? entry)
    if (prefix !== undefined) prefixes.push(prefix)
  }
  return { taken, prefixes, truncated: false }
}
