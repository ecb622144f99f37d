import type {
  ListMultipartUploadsOutput,
  ListMultipartUploadsRequest,
  ListPartsOutput,
  ListPartsRequest,
} from '@aws-sdk/client-s3'
import { operation } from '../../kernel/operation.ts'
import { bucketAccess, objectAccess } from './access.ts'
import { byUtf8, keyEncoder, pageSize } from './listing.ts'
import { openUpload } from './multipart-upload.ts'
import { ownerOf } from './owner.ts'
import { openBucket, uploads } from './state.ts'

export const listParts = operation<ListPartsRequest, ListPartsOutput>({
  name: 'ListParts',
  event: 'data',
  access: (input, call) => [
    objectAccess(call, { Bucket: input.Bucket, Key: input.Key }, 's3:ListMultipartUploadParts'),
  ],
  handle: (input, call) => {
    const bucket = openBucket(call, input)
    const upload = openUpload(call, bucket, input)
    const marker = Number(input.PartNumberMarker ?? 0)
    const size = pageSize(input.MaxParts)
    const rest = Object.values(upload.parts)
      .sort((a, b) => a.number - b.number)
      .filter((part) => part.number > marker)
    const parts = rest.slice(0, size)
    return {
      Bucket: bucket.name,
      Key: upload.key,
      UploadId: upload.id,
      PartNumberMarker: String(marker),
      NextPartNumberMarker: String(parts.at(-1)?.number ?? marker),
      MaxParts: size,
      IsTruncated: rest.length > size,
      StorageClass: 'STANDARD',
      Owner: ownerOf(bucket.account),
      Initiator: { ID: upload.initiator },
      ...(upload.checksum
        ? { ChecksumAlgorithm: upload.checksum.algorithm as 'CRC32', ChecksumType: upload.checksum.type }
        : {}),
      Parts: parts.map((part) => ({
        PartNumber: part.number,
        ETag: part.etag,
        Size: part.body.bytes,
        LastModified: new Date(part.modifiedAt),
        ...(upload.checksum ? { [`Checksum${upload.checksum.algorithm}`]: part.checksum } : {}),
      })),
    }
  },
})

export const listMultipartUploads = operation<ListMultipartUploadsRequest, ListMultipartUploadsOutput>({
  name: 'ListMultipartUploads',
  access: (input, call) => [bucketAccess(call, input, 's3:ListBucketMultipartUploads')],
  handle: (input, call) => {
    const bucket = openBucket(call, input)
    const encode = keyEncoder(input.EncodingType)
    const { Prefix = '', KeyMarker = '', UploadIdMarker = '' } = input
    const rest = [...uploads(call, bucket.name).values()]
      .filter((upload) => upload.key.startsWith(Prefix))
      .sort((a, b) => byUtf8(a.key, b.key) || byUtf8(a.id, b.id))
      .filter(({ key, id }) => {
        const order = byUtf8(key, KeyMarker)
        return order > 0 || (order === 0 && UploadIdMarker !== '' && id > UploadIdMarker)
      })
    const size = pageSize(input.MaxUploads)
    const page = rest.slice(0, size)
    const truncated = rest.length > size
    return {
      Bucket: bucket.name,
      Prefix: encode(Prefix),
      KeyMarker: encode(KeyMarker),
      UploadIdMarker,
      MaxUploads: size,
      IsTruncated: truncated,
      ...(truncated
        ? { NextKeyMarker: encode(page.at(-1)?.key ?? ''), NextUploadIdMarker: page.at(-1)?.id ?? '' }
        : {}),
      Uploads: page.map((upload) => ({
        Key: encode(upload.key),
        UploadId: upload.id,
        Initiated: new Date(upload.initiatedAt),
        StorageClass: 'STANDARD' as const,
        Owner: ownerOf(bucket.account),
        Initiator: { ID: upload.initiator },
      })),
    }
  },
})
