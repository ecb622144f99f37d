import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import { type Sandbox, startSandbox } from '@uais/sandbox'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { answerOf, clientConfig, inventory, type Keys, keysOf, postForm, presign, send } from './bad-input-wire.ts'

/** Wrong input to S3: keys that look like paths, links and forms that were altered or are too late. */
const root = mkdtempSync(join(tmpdir(), 'uais-bad-input-'))
const dataDir = join(root, 'deep', 'aws')
const bucket = 'claims-wrong-input'
let sandbox: Sandbox
let keys: Keys
let config: ReturnType<typeof clientConfig>

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, dataDir })
  keys = await keysOf(sandbox.url, 'claims')
  config = clientConfig(sandbox.url, keys)
  const location = { LocationConstraint: 'eu-west-1' as const }
  await new S3Client(config).send(new CreateBucketCommand({ Bucket: bucket, CreateBucketConfiguration: location }))
})
afterAll(async () => {
  await sandbox.stop()
  rmSync(root, { recursive: true, force: true })
})

const unchanged = async <T>(act: () => Promise<T>): Promise<T> => {
  const before = await inventory(sandbox.url, keys, 'admin', bucket)
  const result = await act()
  expect(await inventory(sandbox.url, keys, 'admin', bucket)).toEqual(before)
  return result
}

it('a call that is rightly signed, but for another region, is told the right one', async () => {
  const call = { service: 's3', method: 'PUT', path: `/${bucket}/k`, body: 'x', region: 'eu-west-2' }
  const answer = await unchanged(() => send(sandbox.url, keys, call))
  expect(answer).toMatchObject({ status: 400, code: 'AuthorizationHeaderMalformed' })
  expect(answer.text).toMatch(/the region .eu-west-2. is wrong; expecting .eu-west-1./)
})

describe('links and forms', () => {
  const now = () => new Date()
  const put = async (url: URL, body = 'x') => answerOf(await fetch(url, { method: 'PUT', body }))
  const link = (seconds: number, date: Date, path = `/${bucket}/linked`) =>
    presign(sandbox.url, keys, 'PUT', path, seconds, date)

  it('a link works once it is right: what follows fails for its own reason', async () => {
    expect((await put(await link(60, now()))).status).toBe(200)
    await new S3Client(config).send(new DeleteObjectCommand({ Bucket: bucket, Key: 'linked' }))
  })
  it.each<[string, (url: URL) => void, string, RegExp]>([
    ['of another key', (url) => (url.pathname = `/${bucket}/other`), 'SignatureDoesNotMatch', /does not match/],
    ['for longer', (url) => url.searchParams.set('X-Amz-Expires', '600000'), 'SignatureDoesNotMatch', /does not match/],
    ['without its token', (url) => url.searchParams.delete('X-Amz-Security-Token'), 'InvalidToken', /token/],
    ['with a parameter more', (url) => url.searchParams.set('x-id', 'y'), 'SignatureDoesNotMatch', /does not match/],
  ])('a link altered to be %s is refused', async (_what, alter, code, told) => {
    const url = await link(60, now())
    alter(url)
    const answer = await unchanged(() => put(url))
    expect(answer.code).toBe(code)
    expect(answer.text).toMatch(told)
  })
  it('a link that has expired is refused', async () => {
    const answer = await unchanged(async () => put(await link(60, new Date(Date.now() - 120_000))))
    expect(answer).toMatchObject({
      status: 403,
      code: 'AccessDenied',
      text: expect.stringContaining('Request has expired'),
    })
  })

  const post = async (change: Record<string, string> = {}, body = 'x', seconds = 60) => {
    const form = new FormData()
    const fields = postForm(keys, bucket, 'posted', 4, new Date(Date.now() + seconds * 1000))
    for (const [name, value] of Object.entries({ ...fields, ...change })) form.set(name, value)
    form.set('file', new Blob([body]), 'x.csv')
    return answerOf(await fetch(`${sandbox.url}/${bucket}`, { method: 'POST', body: form }))
  }
  it('a form works once it is right', async () => {
    expect(await post()).toMatchObject({ status: 204 })
    await new S3Client(config).send(new DeleteObjectCommand({ Bucket: bucket, Key: 'posted' }))
  })
  it.each<[string, () => ReturnType<typeof post>, number, string, RegExp]>([
    ['for another key', () => post({ key: 'elsewhere' }), 403, 'AccessDenied', /Policy Condition failed/],
    ['too large', () => post({}, 'more than four'), 400, 'EntityTooLarge', /exceeds the maximum/],
    ['expired', () => post({}, 'x', -1), 403, 'AccessDenied', /Policy expired/],
    [
      'with a policy of its own',
      () => post({ Policy: Buffer.from('{}').toString('base64') }),
      403,
      'SignatureDoesNotMatch',
      /./,
    ],
    ['with a policy that is no base64 of JSON', () => post({ Policy: '!' }), 403, 'SignatureDoesNotMatch', /./],
  ])('a form %s is refused', async (_what, act, status, code, told) => {
    const answer = await unchanged(act)
    expect({ status: answer.status, code: answer.code }).toEqual({ status, code })
    expect(answer.text).toMatch(told)
  })
})

describe('a key that looks like a path', () => {
  const files = (dir: string): string[] =>
    readdirSync(dir, { recursive: true, withFileTypes: true }).map((entry) => join(entry.parentPath, entry.name))
  it.each(['../../../../etc/passwd', '..%2f..%2fescape', '/etc/cron.d/x', 'a/../../b'])('%j is a key', async (Key) => {
    const s3 = new S3Client(config)
    await s3.send(new PutObjectCommand({ Bucket: bucket, Key, Body: 'harmless' })).catch((error: Error) => error)
    const outside = files(root).filter((file) => !file.startsWith(dataDir) && file !== join(root, 'deep'))
    expect(outside).toEqual([])
    expect(files(dataDir).filter((file) => /passwd|escape|cron/.test(file))).toEqual([])
    expect(existsSync(join(root, 'etc'))).toBe(false)
    const read = await s3.send(new GetObjectCommand({ Bucket: bucket, Key }))
    expect(await read.Body?.transformToString()).toBe('harmless')
    await s3.send(new DeleteObjectCommand({ Bucket: bucket, Key }))
  })
})
