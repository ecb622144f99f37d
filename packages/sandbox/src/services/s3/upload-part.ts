import type {
  UploadPartCopyOutput,
  UploadPartCopyRequest,
  UploadPartOutput,
  UploadPartRequest,
} from '@aws-sdk/client-s3'
import type { Call } from '../../kernel/operation.ts'
import { operation } from '../../kernel/operation.ts'
import { objectAccess, readAccess } from './access.ts'
import { readBody, releaseBody, storeBody } from './body.ts'
import { type ChecksumInput, checksumMembers, verifiedChecksum } from './checksum.ts'
import { parseCopySource } from './copy-source.ts'
import { encryptionHeaders } from './encryption.ts'
import { invalidArgument, invalidRequest } from './errors.ts'
import { openUpload } from './multipart-upload.ts'
import { parseRange } from './range.ts'
import { type BucketRow, openBucket, openVersion, type UploadRow, uploads } from './state.ts'
import { etagOf } from './write-object.ts'

type PartInput = Omit<UploadPartRequest, 'Body'> & { Body?: Uint8Array }

export const uploadPart = operation<PartInput, UploadPartOutput>({
  name: 'UploadPart',
  event: 'data',
  sensitive: ['Body'],
  access: (input, call) => [objectAccess(call, { Bucket: input.Bucket, Key: input.Key }, 's3:PutObject')],
  handle: async (input, call) => {
    const bucket = openBucket(call, input)
    const upload = openUpload(call, bucket, input)
    const { part, checksum } = await keepPart(call, bucket, upload, input, input.Body ?? new Uint8Array())
    const { ChecksumType: _type, ...members } = checksumMembers(checksum)
    return { ETag: part.etag, ...members, ...encryptionHeaders(upload.encryption) }
  },
})

export const uploadPartCopy = operation<UploadPartCopyRequest, UploadPartCopyOutput>({
  name: 'UploadPartCopy',
  event: 'data',
  access: (input, call) => [
    ...readAccess(call, parseCopySource(input.CopySource)),
    objectAccess(call, { Bucket: input.Bucket, Key: input.Key }, 's3:PutObject', {
      's3:x-amz-copy-source': decodeURIComponent(input.CopySource ?? ''),
    }),
  ],
  handle: async (input, call) => {
    const source = parseCopySource(input.CopySource)
    const from = openBucket(call, { Bucket: source.Bucket, ExpectedBucketOwner: input.ExpectedSourceBucketOwner })
    const version = openVersion(call, from.name, source.Key, source.VersionId)
    const bucket = openBucket(call, input)
    const upload = openUpload(call, bucket, input)
    const range = parseRange(input.CopySourceRange, version.body.bytes)
    const whole = await readBody(call, from, version.body)
    const bytes = range ? whole.subarray(range.first, range.last + 1) : whole
    const { part } = await keepPart(call, bucket, upload, { PartNumber: input.PartNumber }, bytes)
    return {
      CopyPartResult: { ETag: part.etag, LastModified: new Date(part.modifiedAt) },
      ...(version.id === 'null' ? {} : { CopySourceVersionId: version.id }),
      ...encryptionHeaders(upload.encryption),
    }
  },
})

/** Parts arrive side by side: the row is read again after the wait, so that none is lost. */
async function keepPart(
  call: Call,
  bucket: BucketRow,
  upload: UploadRow,
  input: ChecksumInput & { PartNumber: number | undefined },
  bytes: Uint8Array,
) {
  const number = demandPartNumber(input.PartNumber)
  if (upload.checksum && input.ChecksumAlgorithm && input.ChecksumAlgorithm !== upload.checksum.algorithm)
    throw invalidRequest(
      `Checksum Type mismatch occurred, expected checksum Type: ${upload.checksum.algorithm.toLowerCase()}, actual checksum Type: ${input.ChecksumAlgorithm.toLowerCase()}`,
    )
  const checksum = verifiedChecksum({ ...input, ChecksumAlgorithm: upload.checksum?.algorithm }, bytes)
  const body = await storeBody(call, bucket, upload.encryption, bytes)
  const present = openUpload(call, bucket, { Key: upload.key, UploadId: upload.id })
  const part = {
    number,
    body,
    etag: etagOf(bytes),
    modifiedAt: call.now.toISOString(),
    ...(upload.checksum ? { checksum: checksum.value } : {}),
  }
  releaseBody(call, present.parts[number]?.body)
  uploads(call, bucket.name).put(upload.id, { ...present, parts: { ...present.parts, [number]: part } })
  return { part, checksum }
}

function demandPartNumber(number: number | undefined): number {
  if (number === undefined || number < 1 || number > 10_000)
    throw invalidArgument('Part number must be an integer between 1 and 10000, inclusive', 'partNumber', number)
  return number
}
