import { describe, expect, it } from 'vitest'
import { decodeChunks } from './aws-chunked.ts'
import { decodeCbor, encodeCbor, parseCbor } from './cbor.ts'
import { routeRequest } from './decode-request.ts'
import { encodeAnswer } from './encode-answer.ts'
import { type HttpRequest, parseQuery } from './http-message.ts'
import { loadModel } from './model.ts'
import { virtualHostBucket } from './rest-routes.ts'
import { parseXml } from './xml.ts'

function request(
  method: string,
  url: string,
  headers: Record<string, string> = {},
  text: string | Buffer = '',
): HttpRequest {
  const [path = '/', rawQuery = ''] = url.split('?')
  const body = Buffer.from(text as string)
  return {
    method,
    path,
    rawQuery,
    query: parseQuery(rawQuery),
    headers,
    rawBody: body,
    body,
    remoteAddress: '127.0.0.1',
  }
}

/** Amazon S3 API Reference: the request syntax of each operation. */
describe('S3 routes', () => {
  it.each([
    ['GET', '/', {}, 'ListBuckets'],
    ['PUT', '/b', {}, 'CreateBucket'],
    ['PUT', '/b/', {}, 'CreateBucket'],
    ['HEAD', '/b', {}, 'HeadBucket'],
    ['GET', '/b?list-type=2&prefix=a', {}, 'ListObjectsV2'],
    ['GET', '/b', {}, 'ListObjects'],
    ['GET', '/b?versions', {}, 'ListObjectVersions'],
    ['GET', '/b?policy', {}, 'GetBucketPolicy'],
    ['PUT', '/b?policy=', {}, 'PutBucketPolicy'],
    ['GET', '/b?lifecycle', {}, 'GetBucketLifecycleConfiguration'],
    ['POST', '/b?delete', {}, 'DeleteObjects'],
    ['PUT', '/b/k', {}, 'PutObject'],
    ['PUT', '/b/k?x-id=PutObject', {}, 'PutObject'],
    ['PUT', '/b/k', { 'x-amz-copy-source': '/b/j' }, 'CopyObject'],
    ['PUT', '/b/k?partNumber=1&uploadId=u', {}, 'UploadPart'],
    ['PUT', '/b/k?partNumber=1&uploadId=u', { 'x-amz-copy-source': '/b/j' }, 'UploadPartCopy'],
    ['POST', '/b/k?uploads', {}, 'CreateMultipartUpload'],
    ['POST', '/b/k?uploadId=u', {}, 'CompleteMultipartUpload'],
    ['DELETE', '/b/k?uploadId=u', {}, 'AbortMultipartUpload'],
    ['GET', '/b/k/with//slashes/', {}, 'GetObject'],
    ['GET', '/b/k?tagging', {}, 'GetObjectTagging'],
  ] as const)('%s %s %j → %s', (method, url, headers, operation) => {
    expect(routeRequest(loadModel('s3'), request(method, url, headers)).operation.name).toBe(operation)
  })

  it('decodes keys once, and refuses a broken encoding', () => {
    const { input } = routeRequest(loadModel('s3'), request('GET', '/b/a%20b%2Bc%252F'))
    expect(input()).toEqual({ Bucket: 'b', Key: 'a b+c%2F' })
    expect(() => routeRequest(loadModel('s3'), request('GET', '/b/%zz'))).toThrow("Couldn't parse the specified URI.")
  })

  it.each([
    ['bucket.s3.eu-west-1.amazonaws.com', 'bucket'],
    ['my.bucket.s3.amazonaws.com', 'my.bucket'],
    ['bucket.localhost:4566', 'bucket'],
    ['127.0.0.1:4566', undefined],
    ['localhost:4566', undefined],
    ['s3.eu-west-1.amazonaws.com', undefined],
  ])('finds the bucket in the host %s', (host, bucket) => {
    expect(virtualHostBucket(host)).toBe(bucket)
  })
})

describe('query parameters', () => {
  const body = (text: string) => request('POST', '/', {}, text)
  it('hold members, lists and maps', () => {
    const text =
      'Action=CreateRole&RoleName=r&Tags.member.1.Key=a&Tags.member.1.Value=1&Tags.member.10.Key=c&Tags.member.2.Key=b'
    expect(routeRequest(loadModel('iam'), body(text)).input()).toEqual({
      RoleName: 'r',
      Tags: [{ Key: 'a', Value: '1' }, { Key: 'b' }, { Key: 'c' }],
    })
  })
  it('are flattened in the EC2 dialect', () => {
    const text =
      'Action=CreateVpc&CidrBlock=10.0.0.0/16&TagSpecification.1.ResourceType=vpc&TagSpecification.1.Tag.1.Key=a&DryRun=true'
    expect(routeRequest(loadModel('ec2'), body(text)).input()).toEqual({
      CidrBlock: '10.0.0.0/16',
      DryRun: true,
      TagSpecifications: [{ ResourceType: 'vpc', Tags: [{ Key: 'a' }] }],
    })
  })
  it('refuse an unknown action', () => {
    expect(() => routeRequest(loadModel('iam'), body('Action=Nope'))).toThrow(
      'Could not find operation Nope for version 2010-05-08',
    )
  })
  it.each([
    ['iam', 'The request is missing an action or a required parameter.'],
    ['ec2', 'The request is missing an action or operation parameter.'],
  ])('of %s refuse a request without an action', (model, message) => {
    const missing = { code: 'MissingAction', status: 400, message }
    expect(() => routeRequest(loadModel(model), body('Version=2010-05-08'))).toThrow(expect.objectContaining(missing))
  })
  it('cannot be nested without end, nor reach a prototype', () => {
    const deep = `Action=CreateRole&${'a.'.repeat(5000)}b=1&__proto__.polluted=1`
    expect(routeRequest(loadModel('iam'), body(deep)).input()).toEqual({})
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })
})

describe('JSON', () => {
  const json = (text: string) =>
    routeRequest(loadModel('kms'), request('POST', '/', { 'x-amz-target': 'TrentService.Encrypt' }, text)).input()
  it('decodes blobs and drops members that no model knows', () => {
    expect(json('{"KeyId":"k","Plaintext":"aGk=","Nope":1}')).toEqual({ KeyId: 'k', Plaintext: Buffer.from('hi') })
  })
  it.each([
    ['[1]', 'Start of structure'],
    ['{"KeyId":', 'not valid JSON'],
    ['{"KeyId":1}', 'can not be converted to a String'],
  ])('refuses %s', (text, message) => expect(() => json(text)).toThrow(message))
})

describe('XML', () => {
  it('refuses document types and what is not well-formed', () => {
    expect(() => parseXml('<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>')).toThrow('not well-formed')
    expect(() => parseXml('<a><b></a>')).toThrow('not well-formed')
  })
  it('escapes what answers carry', () => {
    const model = loadModel('iam')
    const output = { Role: { RoleName: '<b>&"', Path: '/', CreateDate: '2026-01-02T03:04:05.000Z' } }
    const { body } = encodeAnswer(model, 'query', model.operations.get('GetRole') as never, output, 'id')
    expect(body).toContain(
      '<RoleName>&lt;b&gt;&amp;&quot;</RoleName><CreateDate>2026-01-02T03:04:05Z</CreateDate>'.replace(
        '<CreateDate>',
        '<CreateDate>',
      ),
    )
  })
  it('leaves out what the model does not know', () => {
    const model = loadModel('iam')
    const { body } = encodeAnswer(
      model,
      'query',
      model.operations.get('GetRole') as never,
      { Role: { secret: 'x' } },
      'id',
    )
    expect(body).not.toContain('x</secret>')
  })
})

describe('CBOR', () => {
  const shape = loadModel('monitoring').operations.get('PutMetricData')?.input
  const input = {
    Namespace: 'UAIS',
    MetricData: [
      {
        MetricName: 'm',
        Value: 1.5,
        Timestamp: new Date('2026-01-02T03:04:05Z'),
        Dimensions: [{ Name: 'a', Value: 'b' }],
      },
    ],
  }
  it('comes back as it went', () => {
    expect(decodeCbor(shape, parseCbor(encodeCbor(shape, input)))).toEqual(input)
  })
  it('reads indefinite lengths and half floats (RFC 8949, appendix A)', () => {
    expect(parseCbor(Buffer.from('9f018202039f0405ffff', 'hex'))).toEqual([1, [2, 3], [4, 5]])
    expect(parseCbor(Buffer.from('f93e00', 'hex'))).toBe(1.5)
    expect(parseCbor(Buffer.from('7f657374726561646d696e67ff', 'hex'))).toBe('streaming')
  })
  it('refuses what is cut short', () => {
    expect(() => parseCbor(Buffer.from('6561', 'hex'))).toThrow('not valid CBOR')
  })
})

describe('aws-chunked bodies', () => {
  const chunked = (text: string) => request('PUT', '/b/k', { 'x-amz-trailer': 'x-amz-checksum-crc32' }, text)
  it('are joined, and declared trailers become headers', () => {
    const message = chunked(
      '5\r\nhello\r\n3;chunk-signature=ab\r\n wo\r\n0\r\nx-amz-checksum-crc32:AAA=\r\nx-amz-acl:public-read\r\n\r\n',
    )
    decodeChunks(message)
    expect(message.body.toString()).toBe('hello wo')
    expect(message.headers).toEqual({ 'x-amz-trailer': 'x-amz-checksum-crc32', 'x-amz-checksum-crc32': 'AAA=' })
  })
  it.each(['5\r\nhel', 'zz\r\n', '5\r\nhello\r\n'])('are refused when %j is all there is', (text) => {
    expect(() => decodeChunks(chunked(text))).toThrow('terminated unexpectedly')
  })
})
