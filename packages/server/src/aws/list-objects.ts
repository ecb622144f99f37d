import { paginateListObjectsV2, S3Client } from '@aws-sdk/client-s3'
import { PlatformError } from '@uais/contract'
import { awsErrorCode, explainAwsError } from './aws-error.ts'
import { type AwsSession, roleArnOf } from './session.ts'

export interface ListedObject {
  key: string
  bytes: number
  lastModified: string
  etag: string
}

/** A list for people to look at: beyond this many, they want S3 itself. */
const most = 5_000

/**
 * Names and sizes below a prefix, in S3's order (UTF-8 bytes of the key). Contents are never read.
 * @throws PlatformError not-ready where the bucket's owner has not allowed it, not-found where there is none any more
 */
export async function listObjects(
  session: AwsSession,
  { bucket, prefix }: { bucket: string; prefix: string },
  doing: string,
): Promise<ListedObject[]> {
  const found: ListedObject[] = []
  try {
    const pages = paginateListObjectsV2({ client: session.client(S3Client) }, { Bucket: bucket, Prefix: prefix })
    for await (const page of pages) {
      for (const object of page.Contents ?? [])
        found.push({
          key: object.Key ?? '',
          bytes: object.Size ?? 0,
          lastModified: (object.LastModified ?? new Date(0)).toISOString(),
          etag: (object.ETag ?? '').replaceAll('"', ''),
        })
      if (found.length >= most) break
    }
  } catch (cause) {
    if (awsErrorCode(cause) === 'NoSuchBucket')
      throw new PlatformError('not-found', `${doing}: there is no bucket '${bucket}' any more`, { cause })
    if (awsErrorCode(cause) !== 'AccessDenied')
      throw new PlatformError('account-unreachable', `${doing}: ${explainAwsError(cause)}`, { cause })
    const role = roleArnOf(session.partition, session.accountId, 'uais-mint')
    const remedy = `Members list it from a workspace; its owner can allow ${role} the action s3:ListBucket on it`
    throw new PlatformError('not-ready', `${doing}: UAIS may not list the bucket '${bucket}'. ${remedy}`, { cause })
  }
  return found.slice(0, most)
}
