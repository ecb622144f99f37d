import { paginateListObjectsV2, S3Client } from '@aws-sdk/client-s3'
import { PlatformError } from '@uais/contract'
import { explainAwsError } from './aws-error.ts'
import type { AwsSession } from './session.ts'

export interface ListedObject {
  key: string
  bytes: number
  lastModified: string
  etag: string
}

/** A list for people to look at: beyond this many, they want S3 itself. */
const most = 5_000

/** Names and sizes below a prefix, in S3's order (UTF-8 bytes of the key). Contents are never read. */
export async function listObjects(session: AwsSession, bucket: string, prefix: string): Promise<ListedObject[]> {
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
    throw new PlatformError('account-unreachable', `listing s3://${bucket}/${prefix}: ${explainAwsError(cause)}`, {
      cause,
    })
  }
  return found.slice(0, most)
}
