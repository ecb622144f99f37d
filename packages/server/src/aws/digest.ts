import { createHash } from 'node:crypto'
import { GetObjectCommand, HeadObjectCommand, S3Client } from '@aws-sdk/client-s3'
import type { AwsSession } from './session.ts'

export interface ArtifactDigest {
  sha256: string
  bytes: number
  etag: string
  versionId: string | null
  /** How the digest came about: S3 kept it when the object was written, or we read the object and hashed it. */
  evidence: 's3-checksum' | 'read-and-hashed'
}

/** `s3://bucket/key` */
function parseS3Uri(uri: string): { bucket: string; key: string } {
  const match = /^s3:\/\/([^/]+)\/(.+)$/.exec(uri)
  if (!match) throw new Error(`reading an artifact's address: '${uri}' is not s3://bucket/key`)
  return { bucket: match[1]!, key: match[2]! }
}

/**
 * SHA-256 of an artifact as it lies in the owner's bucket now. A full-object SHA-256 that S3 computed when it was
 * written is taken (Amazon S3 User Guide, "Checking object integrity"); without one the audit role reads the bytes
 * and hashes them in passing, keeping nothing. Multipart ("composite") checksums do not tell the content's digest.
 */
export async function artifactDigest(
  session: AwsSession,
  uri: string,
  versionId?: string | null,
): Promise<ArtifactDigest> {
  const { bucket, key } = parseS3Uri(uri)
  const s3 = session.client(S3Client)
  const object = { Bucket: bucket, Key: key, ...(versionId ? { VersionId: versionId } : {}) }
  const head = await s3.send(new HeadObjectCommand({ ...object, ChecksumMode: 'ENABLED' }))
  const about = {
    bytes: head.ContentLength ?? 0,
    etag: (head.ETag ?? '').replaceAll('"', ''),
    versionId: head.VersionId && head.VersionId !== 'null' ? head.VersionId : null,
  }
  const whole = head.ChecksumSHA256 && head.ChecksumType !== 'COMPOSITE' && !head.ChecksumSHA256.includes('-')
  if (whole)
    return { ...about, sha256: Buffer.from(head.ChecksumSHA256!, 'base64').toString('hex'), evidence: 's3-checksum' }
  // The same version as was described: an overwrite in between must not be hashed under the older one's name.
  const { Body } = await s3.send(
    new GetObjectCommand({
      ...object,
      ...(head.ETag ? { IfMatch: head.ETag } : {}),
      ...(about.versionId ? { VersionId: about.versionId } : {}),
    }),
  )
  const hash = createHash('sha256')
  if (Body) for await (const chunk of Body as AsyncIterable<Uint8Array>) hash.update(chunk)
  return { ...about, sha256: hash.digest('hex'), evidence: 'read-and-hashed' }
}
