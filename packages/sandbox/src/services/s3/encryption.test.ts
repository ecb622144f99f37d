import { CreateKeyCommand, DisableKeyCommand, EnableKeyCommand, KMSClient } from '@aws-sdk/client-kms'
import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  GetBucketEncryptionCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutBucketEncryptionCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { refusal, startTestBench, type TestBench } from '../test-bench.ts'

let bench: TestBench
let admin: S3Client
let kms: KMSClient
let key: string
const Bucket = 'encryption-test'
const arn = `arn:aws:s3:::${Bucket}`

beforeAll(async () => {
  bench = await startTestBench()
  admin = new S3Client(await bench.as('claims', 'admin'))
  kms = new KMSClient(await bench.as('claims', 'admin'))
  key = (await kms.send(new CreateKeyCommand({}))).KeyMetadata?.Arn ?? ''
  await admin.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } }))
})
afterAll(() => bench.stop())

const put = (Key: string, more: object = {}, client = admin) =>
  client.send(new PutObjectCommand({ Bucket, Key, Body: `body of ${Key}`, ...more }))
const read = async (Key: string, client = admin) =>
  (await client.send(new GetObjectCommand({ Bucket, Key }))).Body?.transformToString()

async function clientOf(role: string, ...statements: object[]) {
  bench.role('claims', role, [
    { Effect: 'Allow', Action: ['s3:GetObject', 's3:PutObject', 's3:ListBucket'], Resource: [arn, `${arn}/*`] },
    ...statements,
  ])
  return new S3Client(await bench.as('claims', role))
}

const useKey = (Action: string | string[], Condition: object = {}) => ({
  Effect: 'Allow',
  Action,
  Resource: key,
  Condition,
})

it('uses AES256 until a bucket says otherwise', async () => {
  const { ServerSideEncryptionConfiguration } = await admin.send(new GetBucketEncryptionCommand({ Bucket }))
  expect(ServerSideEncryptionConfiguration?.Rules?.[0]?.ApplyServerSideEncryptionByDefault?.SSEAlgorithm).toBe('AES256')
  expect(await put('plain')).toMatchObject({ ServerSideEncryption: 'AES256' })
})

it('needs the key to write and to read, through S3 and for this object', async () => {
  const kmsInput = { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: key }
  expect(await put('sealed', kmsInput)).toMatchObject({ ServerSideEncryption: 'aws:kms', SSEKMSKeyId: key })
  expect(await read('sealed')).toBe('body of sealed')

  const without = await clientOf('enc-without')
  expect(await refusal(read('sealed', without))).toMatchObject({
    code: 'AccessDenied',
    message: expect.stringContaining(`is not authorized to perform: kms:Decrypt on resource: ${key}`),
  })
  expect(await refusal(put('mine', kmsInput, without))).toMatchObject({
    code: 'AccessDenied',
    message: expect.stringContaining('kms:GenerateDataKey'),
  })
  await without.send(new HeadObjectCommand({ Bucket, Key: 'sealed' }))

  const through = await clientOf(
    'enc-through',
    useKey(['kms:Decrypt', 'kms:GenerateDataKey'], {
      StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' },
      StringLike: { 'kms:EncryptionContext:aws:s3:arn': `${arn}/sea*` },
    }),
  )
  expect(await read('sealed', through)).toBe('body of sealed')
  expect(await refusal(put('other', kmsInput, through))).toMatchObject({ code: 'AccessDenied' })
})

it('cannot be read while the key is disabled', async () => {
  await put('disabled', { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: key })
  await kms.send(new DisableKeyCommand({ KeyId: key }))
  expect(await refusal(read('disabled'))).toMatchObject({ code: 'KMS.DisabledException', status: 400 })
  await kms.send(new EnableKeyCommand({ KeyId: key }))
  expect(await read('disabled')).toBe('body of disabled')
})

it('applies the default of the bucket, with bucket keys if asked', async () => {
  const rule = {
    ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' as const, KMSMasterKeyID: key },
    BucketKeyEnabled: true,
  }
  await admin.send(new PutBucketEncryptionCommand({ Bucket, ServerSideEncryptionConfiguration: { Rules: [rule] } }))
  expect(await put('by-default')).toMatchObject({
    ServerSideEncryption: 'aws:kms',
    SSEKMSKeyId: key,
    BucketKeyEnabled: true,
  })
  const reader = await clientOf(
    'enc-bucket-key',
    useKey('kms:Decrypt', { StringEquals: { 'kms:EncryptionContext:aws:s3:arn': arn } }),
  )
  expect(await read('by-default', reader)).toBe('body of by-default')
  expect(await put('asked-plain', { ServerSideEncryption: 'AES256' })).toMatchObject({ ServerSideEncryption: 'AES256' })
})

it('makes the AWS managed key when none is named', async () => {
  await admin.send(
    new CreateBucketCommand({ Bucket: 'managed-test', CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } }),
  )
  const made = await admin.send(
    new PutObjectCommand({ Bucket: 'managed-test', Key: 'k', Body: 'x', ServerSideEncryption: 'aws:kms' }),
  )
  expect(made.SSEKMSKeyId).toMatch(/^arn:aws:kms:eu-west-1:300000000003:key\//)
  const read = await admin.send(new GetObjectCommand({ Bucket: 'managed-test', Key: 'k' }))
  expect(await read.Body?.transformToString()).toBe('x')
})

it('refuses encryption that does not exist or is not emulated', async () => {
  for (const [more, code] of [
    [{ ServerSideEncryption: 'AES256', SSEKMSKeyId: key }, 'InvalidArgument'],
    [{ ServerSideEncryption: 'aws:kms', SSEKMSKeyId: key.replace(/.{4}$/, '0000') }, 'KMS.NotFoundException'],
    [{ ServerSideEncryption: 'aws:kms:dsse' }, 'NotImplemented'],
    [{ SSECustomerAlgorithm: 'AES256', SSECustomerKey: 'x'.repeat(32) }, 'NotImplemented'],
  ] as const)
    expect(await refusal(put('bad', more))).toMatchObject({ code })
})

it('holds for copies and for uploads in parts', async () => {
  await admin.send(
    new CopyObjectCommand({
      Bucket,
      Key: 'copy',
      CopySource: `${Bucket}/plain`,
      ServerSideEncryption: 'aws:kms',
      SSEKMSKeyId: key,
    }),
  )
  expect(await read('copy')).toBe('body of plain')
  const upload = { Bucket, Key: 'parts' }
  const { UploadId } = await admin.send(
    new CreateMultipartUploadCommand({ ...upload, ServerSideEncryption: 'aws:kms', SSEKMSKeyId: key }),
  )
  const { ETag } = await admin.send(new UploadPartCommand({ ...upload, UploadId, PartNumber: 1, Body: 'in parts' }))
  const MultipartUpload = { Parts: [{ ETag, PartNumber: 1 }] }
  const done = await admin.send(new CompleteMultipartUploadCommand({ ...upload, UploadId, MultipartUpload }))
  expect(done).toMatchObject({ ServerSideEncryption: 'aws:kms', SSEKMSKeyId: key })
  expect(await read('parts')).toBe('in parts')
})
