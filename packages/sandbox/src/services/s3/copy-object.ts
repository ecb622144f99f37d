import type { CopyObjectOutput, CopyObjectRequest } from '@aws-sdk/client-s3'
import { AwsError } from '../../kernel/aws-error.ts'
import type { Call } from '../../kernel/operation.ts'
import { operation } from '../../kernel/operation.ts'
import { objectAccess, readAccess, versioned } from './access.ts'
import { readBody, storeBody } from './body.ts'
import { checksumMembers, defaultAlgorithm, digest } from './checksum.ts'
import { type CopySource, parseCopySource } from './copy-source.ts'
import { encryptionHeaders, newEncryption } from './encryption.ts'
import { invalidRequest, preconditionFailed } from './errors.ts'
import { emitObjectEvent } from './object-event.ts'
import { checkReadConditions } from './preconditions.ts'
import { findVersion, openBucket, openVersion, type StoredChecksum, type VersionRow, versionHeader } from './state.ts'
import { commitVersion, etagOf, versionDetails, writeAccess } from './write-object.ts'

/** Reading the source and its tags, and writing the target (S3 API Reference, CopyObject, "Permissions"). */
export const copyObject = operation<CopyObjectRequest, CopyObjectOutput>({
  name: 'CopyObject',
  event: 'data',
  access: (input, call) => {
    const source = parseCopySource(input.CopySource)
    const replacesTags = input.TaggingDirective === 'REPLACE'
    return [
      ...readAccess(call, source),
      ...(hasTags(source, call) && !replacesTags
        ? [
            objectAccess(call, source, versioned(source, 's3:GetObjectTagging')),
            objectAccess(call, { Bucket: input.Bucket, Key: input.Key }, 's3:PutObjectTagging'),
          ]
        : []),
      ...writeAccess(call, input, {
        's3:x-amz-copy-source': decodeURIComponent(input.CopySource ?? ''),
        's3:x-amz-metadata-directive': input.MetadataDirective,
      }),
    ]
  },
  handle: async (input, call) => {
    const source = parseCopySource(input.CopySource)
    const from = openBucket(call, { Bucket: source.Bucket, ExpectedBucketOwner: input.ExpectedSourceBucketOwner })
    const version = openVersion(call, from.name, source.Key, source.VersionId)
    checkSource(input, version)
    demandChange(input, source)
    const bucket = openBucket(call, input)
    const own = versionDetails(call, bucket, input)
    const details = {
      ...own,
      ...(input.MetadataDirective === 'REPLACE' ? {} : { headers: version.headers, metadata: version.metadata }),
      ...(input.TaggingDirective === 'REPLACE' ? {} : { tags: version.tags }),
    }
    const bytes = await readBody(call, from, version.body)
    const encryption = await newEncryption(call, bucket, input.Key ?? '', input)
    const body = await storeBody(call, bucket, encryption, bytes)
    const checksum = copiedChecksum(input.ChecksumAlgorithm, version, bytes)
    const written = commitVersion(call, bucket, input, { ...details, body, etag: etagOf(bytes), checksum })
    emitObjectEvent(call, bucket, {
      type: 'Object Created',
      key: input.Key ?? '',
      version: written,
      reason: 'CopyObject',
    })
    return {
      CopyObjectResult: {
        ETag: written.etag,
        LastModified: new Date(written.modifiedAt),
        ...checksumMembers(checksum),
      },
      ...(version.id === 'null' ? {} : { CopySourceVersionId: version.id }),
      VersionId: versionHeader(bucket, written),
      ...encryptionHeaders(encryption),
    }
  },
})

function hasTags(source: CopySource, call: Call): boolean {
  const tags = findVersion(call, openBucket(call, source).name, source.Key, source.VersionId)?.tags ?? {}
  return Object.keys(tags).length > 0
}

/** Conditions on the source; for a copy S3 answers 412 where a read would answer 304. */
function checkSource(input: CopyObjectRequest, version: VersionRow): void {
  try {
    checkReadConditions(
      {
        IfMatch: input.CopySourceIfMatch,
        IfNoneMatch: input.CopySourceIfNoneMatch,
        IfModifiedSince: input.CopySourceIfModifiedSince,
        IfUnmodifiedSince: input.CopySourceIfUnmodifiedSince,
      },
      version,
    )
  } catch (error) {
    throw error instanceof AwsError && error.status === 304
      ? preconditionFailed('x-amz-copy-source-If-None-Match')
      : error
  }
}

/** Copying an object onto itself must change something. */
function demandChange(input: CopyObjectRequest, source: CopySource): void {
  const changes = [
    input.MetadataDirective === 'REPLACE',
    input.ServerSideEncryption,
    input.StorageClass,
    source.VersionId,
  ]
  if (source.Bucket === input.Bucket && source.Key === input.Key && !changes.some(Boolean))
    throw invalidRequest(
      "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
    )
}

function copiedChecksum(asked: string | undefined, source: VersionRow, bytes: Uint8Array): StoredChecksum {
  const algorithm = asked ?? source.checksum?.algorithm ?? defaultAlgorithm
  return { algorithm, value: digest(algorithm, bytes), type: 'FULL_OBJECT' }
}
