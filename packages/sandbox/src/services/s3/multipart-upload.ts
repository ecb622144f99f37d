import type {
  AbortMultipartUploadRequest,
  CreateMultipartUploadOutput,
  CreateMultipartUploadRequest,
} from '@aws-sdk/client-s3'
import type { Call } from '../../kernel/operation.ts'
import { operation } from '../../kernel/operation.ts'
import { objectAccess } from './access.ts'
import { releaseBody } from './body.ts'
import { encryptionHeaders, newEncryption } from './encryption.ts'
import { invalidRequest, noSuchUpload } from './errors.ts'
import { callerName } from './owner.ts'
import { type BucketRow, openBucket, type UploadRow, uploads } from './state.ts'
import { versionDetails, writeAccess } from './write-object.ts'

export const createMultipartUpload = operation<CreateMultipartUploadRequest, CreateMultipartUploadOutput>({
  name: 'CreateMultipartUpload',
  event: 'data',
  access: (input, call) => writeAccess(call, input),
  handle: async (input, call) => {
    const bucket = openBucket(call, input)
    const key = input.Key ?? ''
    const version = versionDetails(call, bucket, input)
    const checksum = checksumOf(input)
    const encryption = await newEncryption(call, bucket, key, input)
    const upload: UploadRow = {
      id: call.id(64),
      key,
      initiatedAt: call.now.toISOString(),
      initiator: callerName(call),
      version,
      encryption,
      ...(checksum ? { checksum } : {}),
      parts: {},
    }
    uploads(call, bucket.name).put(upload.id, upload)
    return {
      Bucket: bucket.name,
      Key: key,
      UploadId: upload.id,
      ...encryptionHeaders(encryption),
      ...(checksum ? { ChecksumAlgorithm: checksum.algorithm as 'CRC32', ChecksumType: checksum.type } : {}),
    }
  },
})

export const abortMultipartUpload = operation<AbortMultipartUploadRequest, Record<string, never>>({
  name: 'AbortMultipartUpload',
  event: 'data',
  access: (input, call) => [objectAccess(call, { Bucket: input.Bucket, Key: input.Key }, 's3:AbortMultipartUpload')],
  handle: (input, call) => {
    const bucket = openBucket(call, input)
    endUpload(call, bucket, openUpload(call, bucket, input))
    return {}
  },
})

/** The upload that a request names by id and key. */
export function openUpload(
  call: Call,
  bucket: BucketRow,
  input: { Key: string | undefined; UploadId: string | undefined },
): UploadRow {
  const upload = uploads(call, bucket.name).get(input.UploadId ?? '')
  if (upload?.key !== input.Key) throw noSuchUpload(input.UploadId ?? '')
  return upload as UploadRow
}

/** Forgets an upload and its parts' bytes. */
export function endUpload(call: Call, bucket: BucketRow, upload: UploadRow): void {
  for (const part of Object.values(upload.parts)) releaseBody(call, part.body)
  uploads(call, bucket.name).delete(upload.id)
}

/** SHA digests are composed of the parts' digests; CRCs may be of the whole (S3 User Guide, "Checking object integrity"). */
function checksumOf(input: CreateMultipartUploadRequest): UploadRow['checksum'] {
  const { ChecksumAlgorithm: algorithm, ChecksumType: type } = input
  if (algorithm === undefined) return undefined
  const isCrc = /^CRC/.test(algorithm)
  if ((type === 'FULL_OBJECT' && !isCrc) || (type === 'COMPOSITE' && algorithm === 'CRC64NVME'))
    throw invalidRequest(
      `The ${type} checksum type cannot be used with the ${algorithm.toLowerCase()} checksum algorithm.`,
    )
  return { algorithm, type: type ?? (algorithm === 'CRC64NVME' ? 'FULL_OBJECT' : 'COMPOSITE') }
}
