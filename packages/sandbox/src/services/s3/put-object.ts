import type { PutObjectOutput, PutObjectRequest } from '@aws-sdk/client-s3'
import { operation } from '../../kernel/operation.ts'
import { storeBody } from './body.ts'
import { checksumMembers, verifiedChecksum } from './checksum.ts'
import { encryptionHeaders, newEncryption } from './encryption.ts'
import { emitObjectEvent } from './object-event.ts'
import { checkWriteConditions } from './preconditions.ts'
import { findVersion, openBucket, versionHeader } from './state.ts'
import { commitVersion, etagOf, versionDetails, writeAccess } from './write-object.ts'

/** The wire hands the body over as bytes. */
type Input = Omit<PutObjectRequest, 'Body'> & { Body?: Uint8Array }

export const putObject = operation<Input, PutObjectOutput>({
  name: 'PutObject',
  event: 'data',
  sensitive: ['Body'],
  access: (input, call) => writeAccess(call, input),
  handle: async (input, call) => {
    const bucket = openBucket(call, input)
    const key = input.Key ?? ''
    const bytes = input.Body ?? new Uint8Array()
    const details = versionDetails(call, bucket, input)
    checkWriteConditions(input, findVersion(call, bucket.name, key), key)
    const checksum = verifiedChecksum(input, bytes)
    const encryption = await newEncryption(call, bucket, key, input)
    const body = await storeBody(call, bucket, encryption, bytes)
    const version = commitVersion(call, bucket, input, { ...details, body, etag: etagOf(bytes), checksum })
    emitObjectEvent(call, bucket, { type: 'Object Created', key, version, reason: 'PutObject' })
    return {
      ETag: version.etag,
      VersionId: versionHeader(bucket, version),
      ...encryptionHeaders(encryption),
      ...checksumMembers(checksum),
    }
  },
})
