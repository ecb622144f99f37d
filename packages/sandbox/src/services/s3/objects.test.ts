import {
  CopyObjectCommand,
  CreateBucketCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  ListObjectsCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  PutObjectTaggingCommand,
  paginateListObjectsV2,
  S3Client,
} from '@aws-sdk/client-s3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { refusal, startTestBench, type TestBench } from '../test-bench.ts'

let bench: TestBench
let s3: S3Client
const Bucket = 'objects-test'

beforeAll(async () => {
  bench = await startTestBench()
  s3 = new S3Client(await bench.as('claims', 'admin'))
  await create(Bucket)
})
afterAll(() => bench.stop())

const create = (name: string) =>
  s3.send(new CreateBucketCommand({ Bucket: name, CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } }))
const put = (Key: string, Body = 'x', more: object = {}) =>
  s3.send(new PutObjectCommand({ Bucket, Key, Body, ...more }))
const text = async (Key: string, more: object = {}) =>
  (await s3.send(new GetObjectCommand({ Bucket, Key, ...more }))).Body?.transformToString()

describe('objects', () => {
  it('come back as they were put, with their headers', async () => {
    await put('a/b c+ü.txt', 'hello', {
      ContentType: 'text/plain',
      CacheControl: 'no-store',
      Metadata: { colour: 'blue' },
      Tagging: 'team=fraud&stage=raw',
    })
    const found = await s3.send(new GetObjectCommand({ Bucket, Key: 'a/b c+ü.txt' }))
    expect(await found.Body?.transformToString()).toBe('hello')
    expect(found).toMatchObject({
      ContentType: 'text/plain',
      CacheControl: 'no-store',
      ContentLength: 5,
      Metadata: { colour: 'blue' },
      TagCount: 2,
      ETag: '"5d41402abc4b2a76b9719d911017c592"',
      ServerSideEncryption: 'AES256',
      AcceptRanges: 'bytes',
    })
    expect(found.VersionId).toBeUndefined()
  })

  it('are named by keys, not by paths', async () => {
    for (const key of ['../../etc/passwd', '/leading', 'a//b', './x', 'x/', '%2e%2e/y', 'new\nline', '<&>"\'']) {
      await put(key, key)
      expect(await text(key)).toBe(key)
    }
    const listed = await s3.send(new ListObjectsV2Command({ Bucket }))
    expect(listed.Contents?.map((item) => item.Key)).toEqual(
      expect.arrayContaining(['../../etc/passwd', 'a//b', './x']),
    )
  })

  it('have keys of at most 1,024 bytes', async () => {
    await put('k'.repeat(1024))
    expect(await refusal(put('ü'.repeat(513)))).toMatchObject({ code: 'KeyTooLongError', status: 400 })
  })

  it('are read in ranges', async () => {
    await put('range', '0123456789')
    const part = await s3.send(new GetObjectCommand({ Bucket, Key: 'range', Range: 'bytes=2-4' }))
    expect(await part.Body?.transformToString()).toBe('234')
    expect(part).toMatchObject({ ContentRange: 'bytes 2-4/10', ContentLength: 3 })
    expect(part.$metadata.httpStatusCode).toBe(206)
    expect(await text('range', { Range: 'bytes=-3' })).toBe('789')
    expect(await text('range', { Range: 'bytes=8-100' })).toBe('89')
    expect(await text('range', { Range: 'bytes=5-2' })).toBe('0123456789')
    expect(await refusal(text('range', { Range: 'bytes=10-' }))).toMatchObject({ code: 'InvalidRange', status: 416 })
  })

  it('are read on conditions', async () => {
    const { ETag } = await put('condition', 'v1')
    expect(await text('condition', { IfMatch: ETag })).toBe('v1')
    expect(await refusal(text('condition', { IfMatch: '"other"' }))).toMatchObject({ status: 412 })
    expect(await refusal(text('condition', { IfNoneMatch: ETag }))).toMatchObject({ status: 304 })
    expect(await refusal(text('condition', { IfModifiedSince: new Date(Date.now() + 5000) }))).toMatchObject({
      status: 304,
    })
    expect(await refusal(text('condition', { IfUnmodifiedSince: new Date(0) }))).toMatchObject({ status: 412 })
  })

  it('are written on conditions, and of racing writers one wins', async () => {
    const outcomes = await Promise.allSettled(
      Array.from({ length: 8 }, (_, index) => put('lock', String(index), { IfNoneMatch: '*' })),
    )
    expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1)
    expect(await refusal(put('lock', 'late', { IfNoneMatch: '*' }))).toMatchObject({
      code: 'PreconditionFailed',
      status: 412,
    })
    expect(await refusal(put('lock', 'late', { IfMatch: '"other"' }))).toMatchObject({ code: 'PreconditionFailed' })
    expect(await refusal(put('never-there', 'late', { IfMatch: '"other"' }))).toMatchObject({ code: 'NoSuchKey' })
  })

  it('are checked against every checksum that is sent', async () => {
    for (const algorithm of ['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256'] as const) {
      const answer = await put(`sum-${algorithm}`, '123456789', { ChecksumAlgorithm: algorithm })
      const read = await s3.send(new HeadObjectCommand({ Bucket, Key: `sum-${algorithm}`, ChecksumMode: 'ENABLED' }))
      expect(read[`Checksum${algorithm}`]).toBe(answer[`Checksum${algorithm}`])
      expect(read[`Checksum${algorithm}`]).toBeTruthy()
    }
    // Check values of the catalogue of parametrised CRC algorithms, for "123456789".
    expect((await put('c', '123456789', { ChecksumAlgorithm: 'CRC64NVME' })).ChecksumCRC64NVME).toBe(
      Buffer.from('ae8b14860a799888', 'hex').toString('base64'),
    )
    expect((await put('c', '123456789', { ChecksumAlgorithm: 'CRC32C' })).ChecksumCRC32C).toBe(
      Buffer.from('e3069283', 'hex').toString('base64'),
    )
    expect(await refusal(put('bad', 'x', { ChecksumSHA256: Buffer.alloc(32).toString('base64') }))).toMatchObject({
      code: 'BadDigest',
      status: 400,
    })
    expect(await refusal(put('bad', 'x', { ContentMD5: Buffer.alloc(16).toString('base64') }))).toMatchObject({
      code: 'BadDigest',
    })
    expect(await refusal(put('bad', 'x', { ContentMD5: 'short' }))).toMatchObject({ code: 'InvalidDigest' })
    expect(await refusal(text('bad'))).toMatchObject({ code: 'NoSuchKey', status: 404 })
  })

  it('carry tags that can be replaced', async () => {
    await put('tagged', 'x', { Tagging: 'a=1' })
    await s3.send(
      new PutObjectTaggingCommand({ Bucket, Key: 'tagged', Tagging: { TagSet: [{ Key: 'b', Value: '2' }] } }),
    )
    const { TagSet } = await s3.send(new GetObjectTaggingCommand({ Bucket, Key: 'tagged' }))
    expect(TagSet).toEqual([{ Key: 'b', Value: '2' }])
    const many = Array.from({ length: 11 }, (_, index) => ({ Key: `k${index}`, Value: '' }))
    expect(
      await refusal(s3.send(new PutObjectTaggingCommand({ Bucket, Key: 'tagged', Tagging: { TagSet: many } }))),
    ).toMatchObject({ code: 'BadRequest' })
  })

  it('are copied with or without their metadata', async () => {
    await put('from', 'copied', { Metadata: { a: '1' }, ContentType: 'text/csv', Tagging: 't=1' })
    const { CopyObjectResult } = await s3.send(
      new CopyObjectCommand({ Bucket, Key: 'to', CopySource: `${Bucket}/from` }),
    )
    expect(CopyObjectResult?.ETag).toBeTruthy()
    const kept = await s3.send(new HeadObjectCommand({ Bucket, Key: 'to' }))
    expect(kept).toMatchObject({ Metadata: { a: '1' }, ContentType: 'text/csv', TagCount: 1 })
    await s3.send(
      new CopyObjectCommand({
        Bucket,
        Key: 'to',
        CopySource: `/${Bucket}/from`,
        MetadataDirective: 'REPLACE',
        Metadata: { b: '2' },
      }),
    )
    expect((await s3.send(new HeadObjectCommand({ Bucket, Key: 'to' }))).Metadata).toEqual({ b: '2' })
    const onItself = new CopyObjectCommand({ Bucket, Key: 'to', CopySource: `${Bucket}/to` })
    expect(await refusal(s3.send(onItself))).toMatchObject({ code: 'InvalidRequest' })
    const missing = new CopyObjectCommand({ Bucket, Key: 'to', CopySource: `${Bucket}/nothing` })
    expect(await refusal(s3.send(missing))).toMatchObject({ code: 'NoSuchKey' })
  })

  it('are deleted one by one and in lots; that there was none is no error', async () => {
    for (const key of ['d1', 'd2', 'd3']) await put(key)
    await s3.send(new DeleteObjectCommand({ Bucket, Key: 'd1' }))
    await s3.send(new DeleteObjectCommand({ Bucket, Key: 'd1' }))
    const { Deleted, Errors } = await s3.send(
      new DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key: 'd2' }, { Key: 'd3' }, { Key: 'nothing' }] } }),
    )
    expect(Deleted?.map((item) => item.Key)).toEqual(['d2', 'd3', 'nothing'])
    expect(Errors).toBeUndefined()
    expect(await refusal(s3.send(new HeadObjectCommand({ Bucket, Key: 'd2' })))).toMatchObject({ status: 404 })
  })
})

describe('listing', () => {
  const keys = ['a.txt', 'dir/1', 'dir/2', 'dir/sub/3', 'e +&é', 'z']
  beforeAll(async () => {
    await create('listing-test')
    for (const Key of keys) await s3.send(new PutObjectCommand({ Bucket: 'listing-test', Key, Body: Key }))
  })
  const list = (more: object) => s3.send(new ListObjectsV2Command({ Bucket: 'listing-test', ...more }))

  it('rolls keys up at the delimiter', async () => {
    const top = await list({ Delimiter: '/' })
    expect(top.Contents?.map((item) => item.Key)).toEqual(['a.txt', 'e +&é', 'z'])
    expect(top.CommonPrefixes).toEqual([{ Prefix: 'dir/' }])
    expect(top.KeyCount).toBe(4)
    const below = await list({ Delimiter: '/', Prefix: 'dir/' })
    expect(below.Contents?.map((item) => item.Key)).toEqual(['dir/1', 'dir/2'])
    expect(below.CommonPrefixes).toEqual([{ Prefix: 'dir/sub/' }])
  })

  it('pages, and pages of common prefixes neither repeat nor skip', async () => {
    const seen: (string | undefined)[] = []
    const pages = paginateListObjectsV2({ client: s3, pageSize: 1 }, { Bucket: 'listing-test', Delimiter: '/' })
    for await (const page of pages)
      seen.push(
        ...(page.Contents ?? []).map((item) => item.Key),
        ...(page.CommonPrefixes ?? []).map((item) => item.Prefix),
      )
    expect(seen).toEqual(['a.txt', 'dir/', 'e +&é', 'z'])
    const first = await list({ MaxKeys: 2 })
    expect(first).toMatchObject({ IsTruncated: true, KeyCount: 2, MaxKeys: 2 })
    expect((await list({ MaxKeys: 0 })).IsTruncated).toBe(false)
    expect(await refusal(list({ ContinuationToken: 'made-up' }))).toMatchObject({ code: 'InvalidArgument' })
  })

  it('starts after a key and encodes keys on request', async () => {
    expect((await list({ StartAfter: 'dir/2' })).Contents?.map((item) => item.Key)).toEqual(['dir/sub/3', 'e +&é', 'z'])
    const encoded = await list({ Prefix: 'e', EncodingType: 'url' })
    expect(encoded.Contents?.[0]?.Key).toBe('e+%2B%26%C3%A9')
  })

  it('has an older form with markers', async () => {
    const page = await s3.send(new ListObjectsCommand({ Bucket: 'listing-test', MaxKeys: 2, Delimiter: '/' }))
    expect(page).toMatchObject({ IsTruncated: true, NextMarker: 'dir/' })
    const next = await s3.send(
      new ListObjectsCommand({ Bucket: 'listing-test', Marker: page.NextMarker, Delimiter: '/' }),
    )
    expect(next.Contents?.map((item) => item.Key)).toEqual(['e +&é', 'z'])
  })
})

describe('versions', () => {
  const versioned = 'versions-test'
  const at = (VersionId?: string) => ({ Bucket: versioned, Key: 'k', ...(VersionId ? { VersionId } : {}) })
  const status = (Status: 'Enabled' | 'Suspended') =>
    s3.send(new PutBucketVersioningCommand({ Bucket: versioned, VersioningConfiguration: { Status } }))
  beforeAll(() => create(versioned))

  it('keep what was overwritten and deleted', async () => {
    await s3.send(new PutObjectCommand({ ...at(), Body: 'before' }))
    await status('Enabled')
    const first = await s3.send(new PutObjectCommand({ ...at(), Body: 'one' }))
    const second = await s3.send(new PutObjectCommand({ ...at(), Body: 'two' }))
    expect(first.VersionId).not.toBe(second.VersionId)
    const old = await s3.send(new GetObjectCommand(at(first.VersionId)))
    expect(await old.Body?.transformToString()).toBe('one')
    const deleted = await s3.send(new DeleteObjectCommand(at()))
    expect(deleted.DeleteMarker).toBe(true)
    expect(await refusal(s3.send(new GetObjectCommand(at())))).toMatchObject({ code: 'NoSuchKey', status: 404 })
    expect(await refusal(s3.send(new GetObjectCommand(at(deleted.VersionId))))).toMatchObject({ status: 405 })
    expect(await refusal(s3.send(new GetObjectCommand(at('nonsense'))))).toMatchObject({ code: 'NoSuchVersion' })

    const { Versions, DeleteMarkers } = await s3.send(new ListObjectVersionsCommand({ Bucket: versioned }))
    expect(Versions?.map((version) => version.VersionId)).toEqual([second.VersionId, first.VersionId, 'null'])
    expect(DeleteMarkers).toMatchObject([{ VersionId: deleted.VersionId, IsLatest: true }])

    await s3.send(new DeleteObjectCommand(at(deleted.VersionId)))
    const back = await s3.send(new GetObjectCommand(at()))
    expect(await back.Body?.transformToString()).toBe('two')
  })

  it('pages through versions of one key', async () => {
    const one = await s3.send(new ListObjectVersionsCommand({ Bucket: versioned, MaxKeys: 1 }))
    expect(one).toMatchObject({ IsTruncated: true, NextKeyMarker: 'k' })
    const rest = await s3.send(
      new ListObjectVersionsCommand({
        Bucket: versioned,
        KeyMarker: one.NextKeyMarker,
        VersionIdMarker: one.NextVersionIdMarker,
      }),
    )
    expect(rest.Versions).toHaveLength(2)
  })

  it('are written as null while suspended, once', async () => {
    await status('Suspended')
    await s3.send(new PutObjectCommand({ ...at(), Body: 'three' }))
    const put = await s3.send(new PutObjectCommand({ ...at(), Body: 'four' }))
    expect(put.VersionId).toBe('null')
    const { Versions } = await s3.send(new ListObjectVersionsCommand({ Bucket: versioned }))
    expect(Versions?.filter((version) => version.VersionId === 'null')).toHaveLength(1)
    expect(Versions).toHaveLength(3)
  })
})
