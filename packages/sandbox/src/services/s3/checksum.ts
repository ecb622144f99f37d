import { createHash } from 'node:crypto'
import { crc32, crc32c, crc64nvme } from './crc.ts'
import { badDigest, invalidDigest, invalidRequest, notImplemented } from './errors.ts'
import type { StoredChecksum } from './state.ts'

/** S3's checksum algorithms by name (S3 User Guide, "Checking object integrity"). */
const digests: Readonly<Record<string, (bytes: Uint8Array) => Buffer>> = {
  CRC32: crc32,
  CRC32C: crc32c,
  CRC64NVME: crc64nvme,
  SHA1: (bytes) => createHash('sha1').update(bytes).digest(),
  SHA256: (bytes) => createHash('sha256').update(bytes).digest(),
  SHA512: (bytes) => createHash('sha512').update(bytes).digest(),
  MD5: (bytes) => createHash('md5').update(bytes).digest(),
}

/** Checksum members of a request or an answer, `ChecksumCRC32` and so on. */
export interface ChecksumInput {
  ChecksumAlgorithm?: string | undefined
  ChecksumCRC32?: string | undefined
  ChecksumCRC32C?: string | undefined
  ChecksumCRC64NVME?: string | undefined
  ChecksumSHA1?: string | undefined
  ChecksumSHA256?: string | undefined
  ChecksumSHA512?: string | undefined
  ChecksumMD5?: string | undefined
  ContentMD5?: string | undefined
}

/** What S3 computes when a client names no algorithm (S3 User Guide, "Checking object integrity"). */
export const defaultAlgorithm = 'CRC64NVME'

/** Base64 digest of the bytes; an algorithm that the sandbox cannot compute is refused, never taken on trust. */
export function digest(algorithm: string, bytes: Uint8Array): string {
  const compute = digests[algorithm]
  if (!compute) throw notImplemented(`x-amz-checksum-${algorithm.toLowerCase()}`)
  return compute(bytes).toString('base64')
}

/** Checks every checksum that came with a body and returns the one that is kept. */
export function verifiedChecksum(input: ChecksumInput, bytes: Uint8Array): StoredChecksum {
  verifyContentMd5(input.ContentMD5, bytes)
  const given = givenChecksums(input)
  if (given.length > 1)
    throw invalidRequest('Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.')
  const algorithm = given[0]?.[0] ?? input.ChecksumAlgorithm ?? defaultAlgorithm
  const value = digest(algorithm, bytes)
  if (given[0] && given[0][1] !== value) throw badDigest(algorithm)
  return { algorithm, value, type: 'FULL_OBJECT' }
}

/** `{ ChecksumCRC32: '…', ChecksumType: 'FULL_OBJECT' }` of a kept checksum. */
export function checksumMembers(checksum: StoredChecksum | undefined): Record<string, string> {
  if (!checksum) return {}
  return { [`Checksum${checksum.algorithm}`]: checksum.value, ChecksumType: checksum.type }
}

/** Checksums that a request carries, by algorithm. */
export function givenChecksums(input: object): [algorithm: string, value: string][] {
  return Object.entries(input).flatMap(([name, value]): [string, string][] => {
    const algorithm = /^Checksum(CRC\w+|SHA\d+|MD5|XXHASH\d+)$/.exec(name)?.[1]
    return algorithm && typeof value === 'string' ? [[algorithm, value]] : []
  })
}

function verifyContentMd5(given: string | undefined, bytes: Uint8Array): void {
  if (given === undefined) return
  if (Buffer.from(given, 'base64').length !== 16) throw invalidDigest()
  if (digest('MD5', bytes) !== given) throw badDigest('Content-MD5')
}
