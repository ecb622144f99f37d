import { createHash } from 'node:crypto'
import type { CompletedPart, CompleteMultipartUploadOutput, CompleteMultipartUploadRequest } from '@aws-sdk/client-s3'
import { AwsError } from '../../kernel/aws-error.ts'
import type { Call } from '../../kernel/operation.ts'
import { operation } from '../../kernel/operation.ts'
import { objectAccess } from './access.ts'
import { readBody, storeBody } from './body.ts'
import { checksumMembers, defaultAlgorithm, digest, givenChecksums } from './checksum.ts'
import { encryptionHeaders } from './encryption.ts'
import { badDigest, malformedXml } from './errors.ts'
import { endUpload, openUpload } from './multipart-upload.ts'
import { emitObjectEvent } from './object-event.ts'
import {
  type BucketRow,
  openBucket,
  type PartRow,
  type StoredChecksum,
  type UploadRow,
  versionHeader,
} from './state.ts'
import { commitVersion } from './write-object.ts'

/** Every part but the last has at least this (S3 User Guide, "Amazon S3 multipart upload limits"). */
const minPartBytes = 5 * 1024 * 1024

export const completeMultipartUpload = operation<CompleteMultipartUploadRequest, CompleteMultipartUploadOutput>({
  name: 'CompleteMultipartUpload',
  event: 'data',
  access: (input, call) => [
    objectAccess(call, { Bucket: input.Bucket, Key: input.Key }, 's3:PutObject', {
      's3:if-match': input.IfMatch,
      's3:if-none-match': input.IfNoneMatch,
    }),
  ],
  handle: async (input, call) => {
    const bucket = openBucket(call, input)
    const upload = openUpload(call, bucket, input)
    const parts = chosenParts(upload, input.MultipartUpload?.Parts ?? [])
    const bytes = await joined(call, bucket, parts)
    const checksum = wholeChecksum(upload, parts, bytes)
    checkGiven(input, checksum)
    const body = await storeBody(call, bucket, upload.encryption, bytes)
    const version = commitVersion(call, bucket, input, {
      ...upload.version,
      body,
      etag: multipartEtag(parts),
      checksum,
      partSizes: parts.map((part) => part.body.bytes),
    })
    endUpload(call, bucket, openUpload(call, bucket, input))
    emitObjectEvent(call, bucket, {
      type: 'Object Created',
      key: upload.key,
      version,
      reason: 'CompleteMultipartUpload',
    })
    return {
      Location: `https://${bucket.name}.s3.${bucket.region}.amazonaws.com/${encodeURIComponent(upload.key)}`,
      Bucket: bucket.name,
      Key: upload.key,
      ETag: version.etag,
      VersionId: versionHeader(bucket, version),
      ...encryptionHeaders(upload.encryption),
      ...checksumMembers(checksum),
    }
  },
})

/** The parts a client lists, which must be there, in order and large enough. */
function chosenParts(upload: UploadRow, listed: readonly CompletedPart[]): PartRow[] {
  if (listed.length === 0) throw malformedXml()
  const numbers = listed.map((part) => part.PartNumber ?? 0)
  if (numbers.some((number, index) => index > 0 && number <= (numbers[index - 1] ?? 0)))
    throw new AwsError(
      'InvalidPartOrder',
      'The list of parts was not in ascending order. Parts must be ordered by part number.',
      400,
    )
  const parts = listed.map((item) => chosenPart(upload, item))
  const small = parts.slice(0, -1).find((part) => part.body.bytes < minPartBytes)
  if (small)
    throw new AwsError('EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size', 400, {
      ProposedSize: small.body.bytes,
      MinSizeAllowed: minPartBytes,
      PartNumber: small.number,
      ETag: small.etag,
    })
  return parts
}

function chosenPart(upload: UploadRow, item: CompletedPart): PartRow {
  const part = upload.parts[String(item.PartNumber)]
  const bare = (text: string | undefined) => text?.replace(/"/g, '')
  const given = givenChecksums(item).find(([algorithm]) => algorithm === upload.checksum?.algorithm)
  const sameChecksum = given === undefined || given[1] === part?.checksum
  if (!part || bare(part.etag) !== bare(item.ETag) || !sameChecksum)
    throw new AwsError(
      'InvalidPart',
      "One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.",
      400,
      { UploadId: upload.id, PartNumber: item.PartNumber ?? '', ETag: bare(item.ETag) ?? '' },
    )
  return part
}

async function joined(call: Call, bucket: BucketRow, parts: readonly PartRow[]): Promise<Buffer> {
  return Buffer.concat(await Promise.all(parts.map((part) => readBody(call, bucket, part.body))))
}

/** Hash of the parts' hashes and their number. */
function multipartEtag(parts: readonly PartRow[]): string {
  const hashes = parts.map((part) => Buffer.from(part.etag.replace(/"/g, ''), 'hex'))
  return `"${createHash('md5').update(Buffer.concat(hashes)).digest('hex')}-${parts.length}"`
}

function wholeChecksum(upload: UploadRow, parts: readonly PartRow[], bytes: Buffer): StoredChecksum {
  const { algorithm, type } = upload.checksum ?? { algorithm: defaultAlgorithm, type: 'FULL_OBJECT' as const }
  if (type === 'FULL_OBJECT') return { algorithm, type, value: digest(algorithm, bytes) }
  const pieces = parts.map((part) => Buffer.from(part.checksum ?? '', 'base64'))
  return { algorithm, type, value: `${digest(algorithm, Buffer.concat(pieces))}-${parts.length}` }
}

function checkGiven(input: CompleteMultipartUploadRequest, checksum: StoredChecksum): void {
  for (const [algorithm, value] of givenChecksums(input))
    if (algorithm === checksum.algorithm && value !== checksum.value) throw badDigest(algorithm)
}
