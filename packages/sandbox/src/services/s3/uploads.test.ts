import { createHash } from 'node:crypto'
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  GetObjectAttributesCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
  PutBucketCorsCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3'
import { createPresignedPost, type PresignedPostOptions } from '@aws-sdk/s3-presigned-post'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { refusal, startTestBench, type TestBench } from '../test-bench.ts'

let bench: TestBench
let s3: S3Client
const Bucket = 'uploads-test'

beforeAll(async () => {
  bench = await startTestBench()
  s3 = new S3Client(await bench.as('claims', 'admin'))
  await s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } }))
})
afterAll(() => bench.stop())

const text = async (Key: string, more: object = {}) =>
  (await s3.send(new GetObjectCommand({ Bucket, Key, ...more }))).Body?.transformToString()

describe('uploads in parts', () => {
  const Key = 'big'
  const five = Buffer.alloc(5 * 1024 * 1024, 'a')
  const begin = async (more: object = {}) =>
    (await s3.send(new CreateMultipartUploadCommand({ Bucket, Key, ...more }))).UploadId
  const part = (UploadId: string | undefined, PartNumber: number, Body: Buffer | string, more: object = {}) =>
    s3.send(new UploadPartCommand({ Bucket, Key, UploadId, PartNumber, Body, ...more }))
  const complete = (UploadId: string | undefined, Parts: object[], more: object = {}) =>
    s3.send(new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts }, ...more }))

  it('become one object', async () => {
    const UploadId = await begin({ ContentType: 'text/plain', Metadata: { a: '1' } })
    const [two, one] = await Promise.all([part(UploadId, 2, 'tail'), part(UploadId, 1, five)])
    const listed = await s3.send(new ListPartsCommand({ Bucket, Key, UploadId }))
    expect(listed.Parts?.map((item) => [item.PartNumber, item.Size])).toEqual([
      [1, five.length],
      [2, 4],
    ])
    expect((await s3.send(new ListMultipartUploadsCommand({ Bucket }))).Uploads).toMatchObject([{ Key, UploadId }])
    const done = await complete(UploadId, [
      { PartNumber: 1, ETag: one.ETag },
      { PartNumber: 2, ETag: two.ETag },
    ])
    const md5 = (bytes: Buffer) => createHash('md5').update(bytes).digest()
    const hashes = Buffer.concat([md5(five), md5(Buffer.from('tail'))])
    expect(done.ETag).toBe(`"${md5(hashes).toString('hex')}-2"`)
    const head = await s3.send(new HeadObjectCommand({ Bucket, Key, PartNumber: 2 }))
    expect(head).toMatchObject({ PartsCount: 2, ContentLength: 4, ContentType: 'text/plain', Metadata: { a: '1' } })
    expect(await text(Key, { PartNumber: 2 })).toBe('tail')
    const attributes = await s3.send(
      new GetObjectAttributesCommand({ Bucket, Key, ObjectAttributes: ['ObjectSize', 'ObjectParts', 'ETag'] }),
    )
    expect(attributes).toMatchObject({ ObjectSize: five.length + 4, ObjectParts: { TotalPartsCount: 2 } })
    expect((await s3.send(new ListMultipartUploadsCommand({ Bucket }))).Uploads).toBeUndefined()
    expect(await refusal(complete(UploadId, [{ PartNumber: 1, ETag: one.ETag }]))).toMatchObject({
      code: 'NoSuchUpload',
    })
  })

  it('have checksums of their parts or of the whole', async () => {
    const composed = await begin({ ChecksumAlgorithm: 'SHA256' })
    const one = await part(composed, 1, 'one', { ChecksumAlgorithm: 'SHA256' })
    const done = await complete(composed, [{ PartNumber: 1, ETag: one.ETag, ChecksumSHA256: one.ChecksumSHA256 }])
    const sha = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest()
    expect(done.ChecksumSHA256).toBe(`${sha(sha(Buffer.from('one'))).toString('base64')}-1`)
    const whole = await begin({ ChecksumAlgorithm: 'CRC32', ChecksumType: 'FULL_OBJECT' })
    const piece = await part(whole, 1, '123456789', { ChecksumAlgorithm: 'CRC32' })
    const full = await complete(whole, [{ PartNumber: 1, ETag: piece.ETag }])
    expect(full).toMatchObject({
      ChecksumCRC32: Buffer.from('cbf43926', 'hex').toString('base64'),
      ChecksumType: 'FULL_OBJECT',
    })
  })

  it('are refused when parts are missing, out of order or too small', async () => {
    const UploadId = await begin()
    const [one, two] = [await part(UploadId, 1, 'small'), await part(UploadId, 2, 'tail')]
    const listed = [
      { PartNumber: 1, ETag: one.ETag },
      { PartNumber: 2, ETag: two.ETag },
    ]
    expect(await refusal(complete(UploadId, listed))).toMatchObject({ code: 'EntityTooSmall' })
    expect(await refusal(complete(UploadId, [...listed].reverse()))).toMatchObject({ code: 'InvalidPartOrder' })
    expect(await refusal(complete(UploadId, [{ PartNumber: 3, ETag: '"x"' }]))).toMatchObject({ code: 'InvalidPart' })
    expect(await refusal(part(UploadId, 10_001, 'x'))).toMatchObject({ code: 'InvalidArgument' })
    expect(await refusal(part('nothing', 1, 'x'))).toMatchObject({ code: 'NoSuchUpload', status: 404 })
    await s3.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId }))
    expect(await refusal(part(UploadId, 1, 'x'))).toMatchObject({ code: 'NoSuchUpload' })
  })

  it('can be copied from what is there, and end on a condition', async () => {
    await s3.send(new PutObjectCommand({ Bucket, Key: 'source', Body: '0123456789' }))
    const UploadId = await begin()
    const { CopyPartResult } = await s3.send(
      new UploadPartCopyCommand({
        Bucket,
        Key,
        UploadId,
        PartNumber: 1,
        CopySource: `${Bucket}/source`,
        CopySourceRange: 'bytes=2-5',
      }),
    )
    const Parts = [{ PartNumber: 1, ETag: CopyPartResult?.ETag }]
    expect(await refusal(complete(UploadId, Parts, { IfNoneMatch: '*' }))).toMatchObject({ code: 'PreconditionFailed' })
    await complete(UploadId, Parts)
    expect(await text(Key)).toBe('2345')
  })
})

describe('presigned URLs', () => {
  it('let their holder read and write what was signed', async () => {
    const write = await getSignedUrl(s3, new PutObjectCommand({ Bucket, Key: 'signed' }), { expiresIn: 60 })
    expect((await fetch(write, { method: 'PUT', body: 'by link' })).status).toBe(200)
    const read = await getSignedUrl(s3, new GetObjectCommand({ Bucket, Key: 'signed' }), { expiresIn: 60 })
    expect(await (await fetch(read)).text()).toBe('by link')
    expect((await fetch(read.replace('/signed?', '/source?'))).status).toBe(403)
    const old = await getSignedUrl(s3, new GetObjectCommand({ Bucket, Key: 'signed' }), {
      expiresIn: 60,
      signingDate: new Date(Date.now() - 120_000),
    })
    const expired = await fetch(old)
    expect(expired.status).toBe(403)
    expect(await expired.text()).toContain('<Code>AccessDenied</Code><Message>Request has expired</Message>')
  })

  it('give no more than their signer has, and can be recognised by policies', async () => {
    bench.role('claims', 'header-only', [
      {
        Effect: 'Allow',
        Action: 's3:GetObject',
        Resource: '*',
        Condition: { StringEquals: { 's3:authType': 'REST-HEADER' } },
      },
    ])
    const client = new S3Client(await bench.as('claims', 'header-only'))
    await client.send(new GetObjectCommand({ Bucket, Key: 'source' }))
    const link = await getSignedUrl(client, new GetObjectCommand({ Bucket, Key: 'source' }), { expiresIn: 60 })
    expect((await fetch(link)).status).toBe(403)
  })
})

describe('form uploads', () => {
  const origin = 'http://127.0.0.1:8080'

  async function post(
    more: Partial<PresignedPostOptions>,
    change: Record<string, string | undefined> = {},
    body = 'data',
  ) {
    const { url, fields } = await createPresignedPost(s3, {
      Bucket,
      Key: 'forms/${filename}',
      Expires: 60,
      Conditions: [
        ['content-length-range', 1, 10],
        ['starts-with', '$Content-Type', 'text/'],
      ],
      Fields: { 'Content-Type': 'text/csv' },
      ...more,
    })
    const form = new FormData()
    for (const [name, value] of Object.entries({ ...fields, ...change }))
      if (value !== undefined) form.append(name, value)
    form.append('file', new Blob([body]), 'upload.csv')
    const response = await fetch(url, { method: 'POST', body: form, headers: { origin } })
    return { status: response.status, headers: response.headers, text: await response.text() }
  }

  it('put the object as the one who signed the policy', async () => {
    const answer = await post({})
    expect(answer).toMatchObject({ status: 204, text: '' })
    expect(answer.headers.get('etag')).toBe('"8d777f385d3dfec8815d20f7496026dc"')
    expect(await text('forms/upload.csv')).toBe('data')
    const head = await s3.send(new HeadObjectCommand({ Bucket, Key: 'forms/upload.csv' }))
    expect(head.ContentType).toBe('text/csv')
    const created = await post({ Fields: { 'Content-Type': 'text/csv', success_action_status: '201' } })
    expect(created.status).toBe(201)
    expect(created.text).toContain('<Key>forms/upload.csv</Key>')
  })

  it('hold to the policy', async () => {
    const cases: [Awaited<ReturnType<typeof post>>, number, string][] = [
      [await post({}, {}, 'more than ten bytes'), 400, 'EntityTooLarge'],
      [await post({}, {}, ''), 400, 'EntityTooSmall'],
      [await post({}, { 'Content-Type': 'image/png' }), 403, 'Policy Condition failed'],
      [await post({}, { key: 'elsewhere' }), 403, 'Policy Condition failed'],
      [await post({}, { 'x-amz-meta-extra': '1' }), 403, 'Extra input fields: x-amz-meta-extra'],
      [await post({}, { 'X-Amz-Signature': '0'.repeat(64) }), 403, 'SignatureDoesNotMatch'],
      [await post({}, { 'X-Amz-Security-Token': 'other' }), 400, 'InvalidToken'],
      [await post({}, { Policy: Buffer.from('{}').toString('base64') }), 403, 'SignatureDoesNotMatch'],
      [await post({ Expires: -1 }), 403, 'Policy expired'],
      [await post({}, { Policy: undefined }), 403, 'AccessDenied'],
      [await post({}, { key: undefined }), 400, 'InvalidArgument'],
    ]
    for (const [answer, status, shown] of cases) {
      expect(answer.text).toContain(shown)
      expect(answer.status).toBe(status)
    }
    const garbage = await fetch(`${bench.sandbox.url}/${Bucket}`, {
      method: 'POST',
      body: 'nonsense',
      headers: { 'content-type': 'multipart/form-data; boundary=x' },
    })
    expect(garbage.status).toBe(400)
    expect(await garbage.text()).toContain('MalformedPOSTRequest')
  })

  it('and other requests of a page are answered across origins by the rules of the bucket', async () => {
    const preflight = (method: string, from = origin, headers = 'content-type') =>
      fetch(`${bench.sandbox.url}/${Bucket}/forms/x`, {
        method: 'OPTIONS',
        headers: { origin: from, 'access-control-request-method': method, 'access-control-request-headers': headers },
      })
    expect((await preflight('PUT')).status).toBe(403)
    expect((await post({})).headers.get('access-control-allow-origin')).toBeNull()
    await s3.send(
      new PutBucketCorsCommand({
        Bucket,
        CORSConfiguration: {
          CORSRules: [
            {
              AllowedOrigins: [origin],
              AllowedMethods: ['POST', 'PUT'],
              AllowedHeaders: ['Content-*'],
              ExposeHeaders: ['ETag'],
              MaxAgeSeconds: 300,
            },
          ],
        },
      }),
    )
    const allowed = await preflight('PUT')
    expect(allowed.status).toBe(200)
    expect(Object.fromEntries(allowed.headers)).toMatchObject({
      'access-control-allow-origin': origin,
      'access-control-allow-methods': 'POST, PUT',
      'access-control-allow-headers': 'content-type',
      'access-control-max-age': '300',
    })
    expect((await preflight('DELETE')).status).toBe(403)
    expect((await preflight('PUT', 'http://evil.example')).status).toBe(403)
    expect((await preflight('PUT', origin, 'x-other')).status).toBe(403)
    const sent = await post({})
    expect(sent.headers.get('access-control-allow-origin')).toBe(origin)
    expect(sent.headers.get('access-control-expose-headers')).toBe('ETag')
    expect((await post({}, {}, 'more than ten bytes')).headers.get('access-control-allow-origin')).toBe(origin)
  })
})
