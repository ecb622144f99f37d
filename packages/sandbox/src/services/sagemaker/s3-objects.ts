import type { Call, InvokeAs } from '../../kernel/operation.ts'
import { validation } from './errors.ts'

export interface ObjectPlace {
  bucket: string
  key: string
}

export function parseS3Uri(uri: string): ObjectPlace {
  const match = /^s3:\/\/([^/]+)(?:\/(.*))?$/.exec(uri)
  if (!match) throw validation(`'${uri}' is not a valid S3 URI.`)
  return { bucket: match[1] ?? '', key: match[2] ?? '' }
}

/** Objects under a prefix, in key order, as `as` may list them. */
export async function listObjects(call: Call, uri: string, as: InvokeAs): Promise<ObjectPlace[]> {
  const { bucket, key } = parseS3Uri(uri)
  const places: ObjectPlace[] = []
  let token: string | undefined
  do {
    const page = await call.invoke<ListPage>(
      's3',
      'ListObjectsV2',
      { Bucket: bucket, Prefix: key, ...(token ? { ContinuationToken: token } : {}) },
      as,
    )
    for (const object of page.Contents ?? []) if (!object.Key.endsWith('/')) places.push({ bucket, key: object.Key })
    token = page.NextContinuationToken
  } while (token)
  return places
}

interface ListPage {
  Contents?: { Key: string }[]
  NextContinuationToken?: string
}

export async function readObject(call: Call, { bucket, key }: ObjectPlace, as: InvokeAs): Promise<Buffer> {
  const { Body } = await call.invoke<{ Body: Uint8Array }>('s3', 'GetObject', { Bucket: bucket, Key: key }, as)
  return Buffer.from(Body)
}

export async function readObjectHead(call: Call, uri: string, as: InvokeAs): Promise<{ etag: string }> {
  const { bucket, key } = parseS3Uri(uri)
  const head = await call.invoke<{ ETag?: string }>('s3', 'HeadObject', { Bucket: bucket, Key: key }, as)
  return { etag: (head.ETag ?? '').replaceAll('"', '') }
}
