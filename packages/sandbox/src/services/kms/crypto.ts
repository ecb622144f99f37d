import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { invalidCiphertext } from './errors.ts'
import type { KeyRow } from './state.ts'

export type EncryptionContext = Readonly<Record<string, string>>

const version = 1
const ivBytes = 12
const tagBytes = 16

/**
 * Encrypts under the key's newest material with AES-256-GCM; the encryption context is authenticated, not stored
 * (KMS Developer Guide, "Encryption context"). The blob carries the key's ARN, so that Decrypt needs no KeyId:
 * version (1 byte), ARN length (1), ARN, material index (2), IV (12), tag (16), ciphertext.
 */
export function seal(key: KeyRow, plaintext: Uint8Array, context: EncryptionContext | undefined): Buffer {
  const index = key.material.length - 1
  const iv = randomBytes(ivBytes)
  const header = headerOf(key.arn, index)
  const cipher = createCipheriv('aes-256-gcm', materialOf(key, index), iv)
  cipher.setAAD(Buffer.concat([header, contextBytes(context)]))
  const body = Buffer.concat([cipher.update(plaintext), cipher.final()])
  return Buffer.concat([header, iv, cipher.getAuthTag(), body])
}

/** Decrypts a blob made by `seal`; InvalidCiphertextException for a changed blob or another context. */
export function open(key: KeyRow, blob: Uint8Array, context: EncryptionContext | undefined): Buffer {
  const { header, index, rest } = parse(blob)
  if (index >= key.material.length || rest.length < ivBytes + tagBytes) throw invalidCiphertext()
  const decipher = createDecipheriv('aes-256-gcm', materialOf(key, index), rest.subarray(0, ivBytes))
  decipher.setAAD(Buffer.concat([header, contextBytes(context)]))
  decipher.setAuthTag(rest.subarray(ivBytes, ivBytes + tagBytes))
  try {
    return Buffer.concat([decipher.update(rest.subarray(ivBytes + tagBytes)), decipher.final()])
  } catch {
    throw invalidCiphertext()
  }
}

/** ARN of the key that made the blob. */
export function keyArnOf(blob: Uint8Array): string {
  return parse(blob).arn
}

function headerOf(arn: string, index: number): Buffer {
  const name = Buffer.from(arn)
  return Buffer.concat([Buffer.from([version, name.length]), name, Buffer.from([index >> 8, index & 0xff])])
}

function parse(blob: Uint8Array) {
  const bytes = Buffer.from(blob)
  const length = bytes[1] ?? 0
  const end = 2 + length + 2
  if (bytes[0] !== version || bytes.length < end) throw invalidCiphertext()
  const arn = bytes.subarray(2, 2 + length).toString()
  if (!/^arn:[a-z-]+:kms:[a-z0-9-]+:\d{12}:key\/[0-9a-f-]+$/.test(arn)) throw invalidCiphertext()
  return { arn, header: bytes.subarray(0, end), index: bytes.readUInt16BE(2 + length), rest: bytes.subarray(end) }
}

function materialOf(key: KeyRow, index: number): Buffer {
  return Buffer.from(key.material[index]?.key ?? '', 'base64')
}

/** Order does not count; sorted pairs give one encoding. No context and an empty one are the same. */
function contextBytes(context: EncryptionContext | undefined): Buffer {
  const pairs = Object.entries(context ?? {}).sort(([a], [b]) => (a < b ? -1 : 1))
  return Buffer.from(JSON.stringify(pairs))
}
