import type { DecryptResponse, GenerateDataKeyResponse } from '@aws-sdk/client-kms'
import { AwsError } from '../../kernel/aws-error.ts'
import type { AccessCheck, Call } from '../../kernel/operation.ts'
import { openWithDataKey, sealWithDataKey } from '../envelope.ts'
import { defaultEncryption } from './bucket-encryption.ts'
import { accessDenied, invalidArgument, invalidRequest, notImplemented } from './errors.ts'
import { type BucketRow, bucketArn, objectArn, type StoredEncryption } from './state.ts'

/** Encryption members of a request that writes an object. */
export interface EncryptionInput {
  ServerSideEncryption?: string | undefined
  SSEKMSKeyId?: string | undefined
  SSEKMSEncryptionContext?: string | undefined
  BucketKeyEnabled?: boolean | undefined
  SSECustomerAlgorithm?: string | undefined
}

/**
 * Chooses how a new object is encrypted, and for SSE-KMS has KMS make its data key as the caller
 * (S3 User Guide, "Using server-side encryption with AWS KMS keys").
 */
export async function newEncryption(
  call: Call,
  bucket: BucketRow,
  key: string,
  input: EncryptionInput,
): Promise<StoredEncryption> {
  const wanted = wantedEncryption(bucket, input)
  if (wanted.algorithm === 'AES256') return { algorithm: 'AES256' }
  const context = encryptionContext(call, bucket, key, wanted.bucketKey, input.SSEKMSEncryptionContext)
  const answer = await callKms<GenerateDataKeyResponse>(call, bucket, 'GenerateDataKey', {
    KeyId: wanted.keyId ?? 'alias/aws/s3',
    KeySpec: 'AES_256',
    EncryptionContext: context,
  })
  const dataKey = Buffer.from(answer.CiphertextBlob ?? []).toString('base64')
  freshKeys.set(call, { dataKey, plaintext: answer.Plaintext ?? new Uint8Array() })
  return { algorithm: 'aws:kms', keyArn: answer.KeyId ?? '', bucketKey: wanted.bucketKey, dataKey, context }
}

/**
 * The data key that a running call was given in plaintext. Writing an object in one call needs kms:GenerateDataKey alone;
 * parts of a multipart upload come in later calls and need kms:Decrypt (S3 User Guide, "Protecting data using
 * server-side encryption with AWS KMS keys", permissions).
 */
const freshKeys = new WeakMap<Call, { dataKey: string; plaintext: Uint8Array }>()

/** Encrypts under the object's data key; a key that this call did not just make is fetched from KMS as the caller. */
export async function sealBody(
  call: Call,
  bucket: BucketRow,
  encryption: StoredEncryption,
  plaintext: Uint8Array,
): Promise<Buffer> {
  if (encryption.algorithm === 'AES256') return Buffer.from(plaintext)
  const fresh = freshKeys.get(call)
  const key = fresh?.dataKey === encryption.dataKey ? fresh.plaintext : await dataKeyOf(call, bucket, encryption)
  return sealWithDataKey(key, plaintext)
}

export async function openBody(
  call: Call,
  bucket: BucketRow,
  encryption: StoredEncryption,
  stored: Buffer,
): Promise<Buffer> {
  if (encryption.algorithm === 'AES256') return stored
  return openWithDataKey(await dataKeyOf(call, bucket, encryption), stored)
}

/** What answers say about an object's encryption. */
export function encryptionHeaders(encryption: StoredEncryption) {
  if (encryption.algorithm === 'AES256') return { ServerSideEncryption: 'AES256' as const }
  return {
    ServerSideEncryption: 'aws:kms' as const,
    SSEKMSKeyId: encryption.keyArn,
    ...(encryption.bucketKey ? { BucketKeyEnabled: true } : {}),
  }
}

/** Condition keys of a request that asks for encryption; absent headers leave their keys absent. */
export function encryptionConditions(input: EncryptionInput): AccessCheck['context'] {
  return {
    's3:x-amz-server-side-encryption': input.ServerSideEncryption,
    's3:x-amz-server-side-encryption-aws-kms-key-id': input.SSEKMSKeyId,
    's3:x-amz-server-side-encryption-customer-algorithm': input.SSECustomerAlgorithm,
  }
}

function wantedEncryption(bucket: BucketRow, input: EncryptionInput) {
  if (input.SSECustomerAlgorithm !== undefined) throw notImplemented('x-amz-server-side-encryption-customer-algorithm')
  const preset = defaultEncryption(bucket)
  const algorithm = input.ServerSideEncryption ?? preset.algorithm
  if (input.ServerSideEncryption === undefined && input.SSEKMSKeyId !== undefined && preset.algorithm === 'AES256')
    throw invalidArgument(
      'Server Side Encryption with AWS KMS managed key requires HTTP header x-amz-server-side-encryption : aws:kms',
      'x-amz-server-side-encryption',
    )
  if (algorithm === 'AES256' && input.SSEKMSKeyId !== undefined)
    throw invalidArgument(
      'Server Side Encryption with AES256 does not take an AWS KMS key',
      'x-amz-server-side-encryption',
    )
  if (algorithm === 'aws:kms:dsse') throw notImplemented('x-amz-server-side-encryption')
  if (algorithm !== 'AES256' && algorithm !== 'aws:kms')
    throw invalidArgument(
      'The encryption method specified is not supported',
      'x-amz-server-side-encryption',
      input.ServerSideEncryption,
    )
  // A request for aws:kms without a key falls back to the bucket's key, then to aws/s3.
  const keyId = input.SSEKMSKeyId ?? preset.keyId
  return { algorithm, keyId, bucketKey: input.BucketKeyEnabled ?? preset.bucketKey }
}

/** `aws:s3:arn` of the object, or of the bucket where S3 Bucket Keys are used. */
function encryptionContext(call: Call, bucket: BucketRow, key: string, bucketKey: boolean, given: string | undefined) {
  const own = { 'aws:s3:arn': bucketKey ? bucketArn(call, bucket.name) : objectArn(call, bucket.name, key) }
  if (given === undefined) return own
  try {
    return { ...(JSON.parse(Buffer.from(given, 'base64').toString()) as Record<string, string>), ...own }
  } catch {
    throw invalidArgument(
      'The header x-amz-server-side-encryption-context shall be Base64-encoded UTF-8 string holding JSON',
      'x-amz-server-side-encryption-context',
      given,
    )
  }
}

async function dataKeyOf(
  call: Call,
  bucket: BucketRow,
  encryption: StoredEncryption & { algorithm: 'aws:kms' },
): Promise<Uint8Array> {
  const answer = await callKms<DecryptResponse>(call, bucket, 'Decrypt', {
    CiphertextBlob: Buffer.from(encryption.dataKey, 'base64'),
    EncryptionContext: encryption.context,
  })
  return answer.Plaintext ?? new Uint8Array()
}

/** KMS as the caller, through S3, in the bucket's Region; refusals come back under S3's codes. */
async function callKms<Output>(call: Call, bucket: BucketRow, operation: string, input: object): Promise<Output> {
  const { principal } = call
  if (principal.type === 'anonymous')
    throw invalidRequest(
      'Requests specifying Server Side Encryption with AWS KMS managed keys require AWS Signature Version 4.',
    )
  try {
    const via = `s3.${bucket.region}.amazonaws.com`
    const account = principal.type === 'service' ? bucket.account : principal.account
    return await call.invoke<Output>('kms', operation, input, { via, region: bucket.region, account })
  } catch (cause) {
    throw cause instanceof AwsError ? asS3Error(cause) : cause
  }
}

function asS3Error(cause: AwsError): AwsError {
  if (/^AccessDenied/.test(cause.code)) return accessDenied(cause.message)
  return new AwsError(`KMS.${cause.code}`, cause.message, 400)
}
