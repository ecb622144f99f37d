import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { AwsError } from '../../kernel/aws-error.ts'
import type { Call } from '../../kernel/operation.ts'

/** Codes of KMS as SQS passes them on (SQS API Reference, "SendMessage", errors). */
const kmsErrors: Record<string, string> = {
  AccessDeniedException: 'KmsAccessDenied',
  DisabledException: 'KmsDisabled',
  NotFoundException: 'KmsNotFound',
  KMSInvalidStateException: 'KmsInvalidState',
  InvalidKeyUsageException: 'KmsInvalidKeyUsage',
}

/**
 * Encrypts a body under a data key that the *sender* obtains from KMS, so the key's policy decides about senders
 * (SQS Developer Guide, "Encryption at rest", "Configuring AWS KMS permissions").
 */
export async function seal(text: string, keyId: string, queueArn: string, call: Call) {
  const input = { KeyId: keyId, KeySpec: 'AES_256', EncryptionContext: { 'aws:sqs:arn': queueArn } }
  const key = await kms<{ Plaintext: Uint8Array; CiphertextBlob: Uint8Array }>('GenerateDataKey', input, call)
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key.Plaintext, iv)
  const sealed = Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()])
  return { body: sealed.toString('base64'), dataKey: Buffer.from(key.CiphertextBlob).toString('base64') }
}

/** Decrypts a body with the *receiver's* right to the key. */
export async function unseal(body: string, dataKey: string, queueArn: string, call: Call): Promise<string> {
  const input = { CiphertextBlob: Buffer.from(dataKey, 'base64'), EncryptionContext: { 'aws:sqs:arn': queueArn } }
  const { Plaintext } = await kms<{ Plaintext: Uint8Array }>('Decrypt', input, call)
  const sealed = Buffer.from(body, 'base64')
  const decipher = createDecipheriv('aes-256-gcm', Plaintext, sealed.subarray(0, 12))
  decipher.setAuthTag(sealed.subarray(-16))
  return decipher.update(sealed.subarray(12, -16), undefined, 'utf8') + decipher.final('utf8')
}

async function kms<Output>(operation: string, input: object, call: Call): Promise<Output> {
  try {
    return await call.invoke<Output>('kms', operation, input, { via: 'sqs.amazonaws.com' })
  } catch (error) {
    const code = error instanceof AwsError ? kmsErrors[error.code] : undefined
    throw code ? new AwsError(code, (error as AwsError).message) : error
  }
}
