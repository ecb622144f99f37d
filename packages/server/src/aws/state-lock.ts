import { DeleteObjectCommand, GetObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { orNone } from './aws-error.ts'
import type { AwsSession } from './session.ts'

/** Contents of `<state key>.tflock`, as the s3 backend writes it (its "Lock Info"). */
export interface StateLock {
  ID: string
  Operation: string
  Who: string
  Created: string
}

export async function readStateLock(
  session: AwsSession,
  bucket: string,
  stateKey: string,
): Promise<StateLock | undefined> {
  const object = await orNone(
    session.client(S3Client).send(new GetObjectCommand({ Bucket: bucket, Key: `${stateKey}.tflock` })),
  )
  if (!object?.Body) return undefined
  return JSON.parse(await object.Body.transformToString()) as StateLock
}

/** Releases a lock that is still the one that was judged; a newer one is left alone. @returns whether it was released */
export async function releaseStateLock(
  session: AwsSession,
  bucket: string,
  stateKey: string,
  lockId: string,
): Promise<boolean> {
  const current = await readStateLock(session, bucket, stateKey)
  if (current?.ID !== lockId) return false
  await session.client(S3Client).send(new DeleteObjectCommand({ Bucket: bucket, Key: `${stateKey}.tflock` }))
  return true
}
