import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ClientConfig, startTestBench, type TestBench } from '../services/test-bench.ts'
import { canonicalRequest, formatTimestamp, sha256Hex, signatureOf, signingKey } from './sigv4-canonical.ts'

type Keys = ClientConfig['credentials']

let bench: TestBench
let url: string
let keys: Keys

beforeAll(async () => {
  bench = await startTestBench()
  url = bench.sandbox.url
  keys = (await bench.as('claims', 'admin')).credentials
})
afterAll(() => bench.stop())

interface Signing {
  service: string
  method?: string
  path?: string
  query?: string
  body?: string
  headers?: Record<string, string>
  keys?: Partial<Keys>
  /** Milliseconds that the clock of the signer is off. */
  skew?: number
  /** Changes after signing. */
  tamper?: { body?: string; headers?: Record<string, string>; signature?: string }
  presign?: { expires: number }
}

/** Signs like any client would, with Node's own crypto, and sends. */
async function send(call: Signing): Promise<{ status: number; text: string; headers: Headers }> {
  const { service, method = 'POST', path = '/', body = '' } = call
  const used = { ...keys, ...call.keys }
  const now = formatTimestamp(Date.now() + (call.skew ?? 0))
  const scope = { date: now.slice(0, 8), region: 'eu-west-1', service }
  const { host } = new URL(url)
  const credential = `${used.accessKeyId}/${scope.date}/${scope.region}/${service}/aws4_request`
  const headers: Record<string, string> = { host, ...call.headers }
  let rawQuery = call.query ?? ''
  let hash = sha256Hex(body)
  if (call.presign) {
    const parameters = new URLSearchParams(rawQuery)
    parameters.set('X-Amz-Algorithm', 'AWS4-HMAC-SHA256')
    parameters.set('X-Amz-Credential', credential)
    parameters.set('X-Amz-Date', now)
    parameters.set('X-Amz-Expires', String(call.presign.expires))
    parameters.set('X-Amz-Security-Token', used.sessionToken)
    parameters.set('X-Amz-SignedHeaders', 'host')
    rawQuery = parameters.toString()
    if (service === 's3') hash = 'UNSIGNED-PAYLOAD'
  } else {
    headers['x-amz-date'] = now
    headers['x-amz-security-token'] = used.sessionToken
    if (service === 's3') headers['x-amz-content-sha256'] = hash
  }
  const signed = Object.keys(headers).sort()
  const message = {
    method,
    path,
    rawQuery,
    query: new URLSearchParams(),
    headers,
    rawBody: Buffer.from(body),
    body: Buffer.from(body),
    remoteAddress: '',
  }
  const canonical = canonicalRequest(message, signed, hash, service)
  const key = signingKey(used.secretAccessKey, scope)
  const signature = call.tamper?.signature ?? signatureOf(key, 'AWS4-HMAC-SHA256', now, scope, sha256Hex(canonical))
  if (call.presign) rawQuery += `&X-Amz-Signature=${signature}`
  else
    headers.authorization = `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=${signed.join(';')}, Signature=${signature}`
  const { host: _host, ...sent } = { ...headers, ...call.tamper?.headers }
  const answer = await fetch(`${url}${path}${rawQuery ? `?${rawQuery}` : ''}`, {
    method,
    headers: sent,
    ...(method === 'GET' || method === 'HEAD' ? {} : { body: call.tamper?.body ?? body }),
  })
  return { status: answer.status, text: await answer.text(), headers: answer.headers }
}

const form = { 'content-type': 'application/x-www-form-urlencoded' }
const identity: Signing = { service: 'sts', headers: form, body: 'Action=GetCallerIdentity&Version=2011-06-15' }
const listKeys: Signing = {
  service: 'kms',
  headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'TrentService.ListKeys' },
  body: '{}',
}
const vpcs: Signing = { service: 'ec2', headers: form, body: 'Action=DescribeVpcs&Version=2016-11-15' }
const buckets: Signing = { service: 's3', method: 'GET' }

const codeOf = ({ text, headers }: { text: string; headers: Headers }) =>
  /<Code>([^<]+)/.exec(text)?.[1] ?? headers.get('x-amzn-errortype')

describe('signatures that are right', () => {
  it.each([identity, listKeys, vpcs, buckets])('are accepted: $service', async (call) => {
    expect((await send(call)).status).toBe(200)
  })

  it('are accepted in the query of a presigned URL', async () => {
    expect((await send({ ...buckets, presign: { expires: 60 } })).status).toBe(200)
    const answer = await send({
      service: 'sts',
      method: 'GET',
      query: 'Action=GetCallerIdentity&Version=2011-06-15',
      presign: { expires: 60 },
    })
    expect(answer.text).toContain('assumed-role/admin/admin')
  })
})

/** Source of codes and statuses: "Common Errors" of each API reference; S3 "Error responses"; EC2 "Error codes". */
describe('signatures that are wrong', () => {
  const cases: [string, Signing, number, string][] = [
    ['a wrong secret (query)', { ...identity, keys: { secretAccessKey: 'x' } }, 403, 'SignatureDoesNotMatch'],
    ['a wrong secret (json)', { ...listKeys, keys: { secretAccessKey: 'x' } }, 400, 'InvalidSignatureException'],
    ['a wrong secret (ec2)', { ...vpcs, keys: { secretAccessKey: 'x' } }, 401, 'AuthFailure'],
    ['a wrong secret (s3)', { ...buckets, keys: { secretAccessKey: 'x' } }, 403, 'SignatureDoesNotMatch'],
    [
      'an unknown key (query)',
      { ...identity, keys: { accessKeyId: 'ASIAUNKNOWN000000000' } },
      403,
      'InvalidClientTokenId',
    ],
    [
      'an unknown key (json)',
      { ...listKeys, keys: { accessKeyId: 'ASIAUNKNOWN000000000' } },
      400,
      'UnrecognizedClientException',
    ],
    ['an unknown key (s3)', { ...buckets, keys: { accessKeyId: 'ASIAUNKNOWN000000000' } }, 403, 'InvalidAccessKeyId'],
    ['a foreign token (query)', { ...identity, keys: { sessionToken: 'other' } }, 403, 'InvalidClientTokenId'],
    ['a foreign token (s3)', { ...buckets, keys: { sessionToken: 'other' } }, 400, 'InvalidToken'],
    [
      'a body that was changed',
      { ...identity, tamper: { body: `${identity.body}&X=1` } },
      403,
      'SignatureDoesNotMatch',
    ],
    [
      'an S3 body that was changed',
      { service: 's3', method: 'PUT', path: '/b/k', body: 'a', tamper: { body: 'b' } },
      400,
      'XAmzContentSHA256Mismatch',
    ],
    [
      'a header that was changed',
      { ...listKeys, tamper: { headers: { 'x-amz-target': 'TrentService.CreateKey' } } },
      400,
      'InvalidSignatureException',
    ],
    [
      'an x-amz header that is not signed',
      { ...buckets, tamper: { headers: { 'x-amz-acl': 'public-read' } } },
      403,
      'AccessDenied',
    ],
    ['a clock that is behind (query)', { ...identity, skew: -6 * 60_000 }, 403, 'SignatureDoesNotMatch'],
    ['a clock that is ahead (json)', { ...listKeys, skew: 6 * 60_000 }, 400, 'InvalidSignatureException'],
    ['a clock that is off (s3)', { ...buckets, skew: -16 * 60_000 }, 403, 'RequestTimeTooSkewed'],
    ['a clock that is off (ec2)', { ...vpcs, skew: -6 * 60_000 }, 400, 'RequestExpired'],
    ['a presigned URL that has expired', { ...buckets, presign: { expires: 60 }, skew: -61_000 }, 403, 'AccessDenied'],
    [
      'a presigned URL that was changed',
      { ...buckets, presign: { expires: 60 }, tamper: { signature: '0'.repeat(64) } },
      403,
      'SignatureDoesNotMatch',
    ],
    [
      'a presigned URL for more than a week',
      { ...buckets, presign: { expires: 604_801 } },
      400,
      'AuthorizationHeaderMalformed',
    ],
    [
      'another algorithm',
      { ...identity, tamper: { headers: { authorization: 'AWS4-HMAC-MD5 x' } } },
      400,
      'IncompleteSignature',
    ],
    [
      'a truncated header',
      { ...identity, tamper: { headers: { authorization: 'AWS4-HMAC-SHA256 Credential=a/b/c/sts/aws4_request' } } },
      400,
      'IncompleteSignature',
    ],
  ]
  it.each(cases)('%s', async (_name, call, status, code) => {
    const answer = await send(call)
    expect([answer.status, codeOf(answer)]).toEqual([status, code])
  })

  it('tells by how much a clock is off', async () => {
    const { text } = await send({ ...identity, skew: -6 * 60_000 })
    expect(text).toMatch(/Signature expired: \d{8}T\d{6}Z is now earlier than \d{8}T\d{6}Z \(\d{8}T\d{6}Z - 5 min\.\)/)
  })
})

describe('requests without a signature', () => {
  const post = (headers: Record<string, string>, body: string) => fetch(url, { method: 'POST', headers, body })

  it.each([
    [form, 'Action=GetCallerIdentity&Version=2011-06-15', 403, 'MissingAuthenticationToken'],
    [form, 'Action=ListRoles&Version=2010-05-08', 403, 'MissingAuthenticationToken'],
    [form, 'Action=DescribeVpcs&Version=2016-11-15', 403, 'MissingAuthenticationToken'],
    [listKeys.headers ?? {}, '{}', 400, 'MissingAuthenticationTokenException'],
  ] as const)('are refused: %j %s', async (headers, body, status, code) => {
    const answer = await post(headers, body)
    const text = await answer.text()
    expect([answer.status, codeOf({ text, headers: answer.headers })]).toEqual([status, code])
  })

  it('are anonymous to S3, and denied by private buckets', async () => {
    const answer = await fetch(`${url}/uais-state-200000000002/x`)
    expect(answer.status).toBe(403)
    expect(await answer.text()).toContain('<Code>AccessDenied</Code>')
  })
})

it('refuses credentials that have expired, each protocol in its words', async () => {
  const { kernel } = bench.sandbox
  const call = kernel.background(kernel.service('sts'))
  const table = call.table<{ expiresAt: string }>('Credential', { service: 'sts', account: '', region: '' })
  const { credentials } = await bench.as('claims', 'break-glass')
  const row = table.get(credentials.accessKeyId)
  table.put(credentials.accessKeyId, { ...row, expiresAt: '2020-01-01T00:00:00Z' })
  const outcome = async (call: Signing) => {
    const answer = await send({ ...call, keys: credentials })
    return [answer.status, codeOf(answer)]
  }
  expect(await outcome(identity)).toEqual([403, 'ExpiredToken'])
  expect(await outcome(listKeys)).toEqual([400, 'ExpiredTokenException'])
  expect(await outcome(buckets)).toEqual([400, 'ExpiredToken'])
  expect(await outcome(vpcs)).toEqual([400, 'RequestExpired'])
})
