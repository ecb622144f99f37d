import type { Call } from '../../kernel/operation.ts'
import { openBody, sealBody } from './encryption.ts'
import type { BucketRow, StoredBody, StoredEncryption } from './state.ts'

/** Keeps a body, encrypted as its object is. */
export async function storeBody(
  call: Call,
  bucket: BucketRow,
  encryption: StoredEncryption,
  plaintext: Uint8Array,
): Promise<StoredBody> {
  const { id } = call.blobs.put(await sealBody(call, bucket, encryption, plaintext))
  return { blob: id, bytes: plaintext.length, encryption }
}

/** The plaintext; for SSE-KMS the caller needs kms:Decrypt. */
export function readBody(call: Call, bucket: BucketRow, body: StoredBody): Promise<Buffer> {
  return openBody(call, bucket, body.encryption, call.blobs.get(body.blob))
}

/** Gives a body up: its bytes go when the call succeeds. */
export function releaseBody(call: Call, body: StoredBody | undefined): void {
  if (body) call.blobs.delete(body.blob)
}
