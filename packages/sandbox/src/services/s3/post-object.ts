import { createHmac } from 'node:crypto'
import type { PutObjectOutput } from '@aws-sdk/client-s3'
import { AwsError } from '../../kernel/aws-error.ts'
import type { Principal } from '../../kernel/principal.ts'
import type { RawDoor } from '../../kernel/service.ts'
import type { HttpAnswer, HttpRequest } from '../../wire/http-message.ts'
import { sameText } from '../../wire/sigv4.ts'
import { signingKey } from '../../wire/sigv4-canonical.ts'
import { escapeXml } from '../../wire/xml.ts'
import { bucketOf } from './cors.ts'
import { accessDenied, invalidArgument, noSuchBucket } from './errors.ts'
import { type Form, parseForm } from './form-data.ts'
import { checkPostPolicy } from './post-policy.ts'
import type { BucketRow } from './state.ts'

/** Whether a request is a browser's form upload to a bucket. */
export function isFormUpload(request: HttpRequest): boolean {
  return request.method === 'POST' && /^multipart\/form-data/i.test(request.headers['content-type'] ?? '')
}

/**
 * A form upload: the signature is over the policy, the policy over the form (S3 API Reference, "POST Object").
 * The object is then put as the one who signed.
 */
export async function postObject(request: HttpRequest, door: RawDoor): Promise<HttpAnswer> {
  const bucket = await bucketOf(request, door)
  if (!bucket) throw noSuchBucket(request.path.split('/')[1] ?? '')
  const form = parseForm(request.headers['content-type'] ?? '', request.body)
  if (!form.file) throw invalidArgument('POST requires exactly one file upload per request.', 'file')
  const key = form.fields.get('key')?.replaceAll('${filename}', form.file.name.replace(/^.*[\\/]/, ''))
  if (!key)
    throw invalidArgument(
      "Bucket POST must contain a field named 'key'.  If it is specified, please check the order of the fields.",
      'key',
    )
  const principal = authenticate(form, bucket, door)
  const output = await door.run({ principal, region: bucket.region, request }, (call) =>
    call.invoke<PutObjectOutput>('s3', 'PutObject', putInput(form, bucket, key), { region: bucket.region }),
  )
  return answerOf(form, bucket, key, output)
}

/** Who signed the policy; without one the form is an anonymous caller's. */
function authenticate(form: Form, bucket: BucketRow, door: RawDoor): Principal {
  const field = (name: string) => form.fields.get(name)
  const policy = field('policy')
  if (policy === undefined) return { type: 'anonymous' }
  if (field('x-amz-algorithm') !== 'AWS4-HMAC-SHA256')
    throw new AwsError(
      'InvalidRequest',
      'The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.',
      400,
    )
  const [accessKeyId = '', date = '', region = '', service = '', end] = (field('x-amz-credential') ?? '').split('/')
  if (end !== 'aws4_request' || service !== 's3' || !field('x-amz-date')?.startsWith(date) || !/^\d{8}$/.test(date))
    throw invalidArgument(
      'the Credential is mal-formed; expecting "<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request".',
      'X-Amz-Credential',
      field('x-amz-credential'),
    )
  if (region !== bucket.region)
    throw new AwsError(
      'AuthorizationHeaderMalformed',
      `the region '${region}' is wrong; expecting '${bucket.region}'`,
      400,
      { Region: bucket.region },
    )
  const credential = door.credential(accessKeyId)
  if (!credential)
    throw new AwsError('InvalidAccessKeyId', 'The AWS Access Key Id you provided does not exist in our records.', 403, {
      AWSAccessKeyId: accessKeyId,
    })
  if ((credential.sessionToken ?? '') !== (field('x-amz-security-token') ?? ''))
    throw new AwsError('InvalidToken', 'The provided token is malformed or otherwise invalid.', 400)
  if (credential.expiresAt !== undefined && new Date(credential.expiresAt) <= door.now)
    throw new AwsError('ExpiredToken', 'The provided token has expired.', 400)
  const key = signingKey(credential.secretAccessKey, { date, region, service })
  const expected = createHmac('sha256', key).update(policy).digest('hex')
  if (!sameText(expected, field('x-amz-signature') ?? ''))
    throw new AwsError(
      'SignatureDoesNotMatch',
      'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
      403,
    )
  checkPostPolicy(policy, bucket.name, form, door.now)
  return credential.principal
}

/** Form fields that are members of PutObject. */
const members: Readonly<Record<string, string>> = {
  acl: 'ACL',
  'cache-control': 'CacheControl',
  'content-disposition': 'ContentDisposition',
  'content-encoding': 'ContentEncoding',
  'content-type': 'ContentType',
  expires: 'Expires',
  'x-amz-checksum-crc32': 'ChecksumCRC32',
  'x-amz-checksum-crc32c': 'ChecksumCRC32C',
  'x-amz-checksum-crc64nvme': 'ChecksumCRC64NVME',
  'x-amz-checksum-sha1': 'ChecksumSHA1',
  'x-amz-checksum-sha256': 'ChecksumSHA256',
  'x-amz-server-side-encryption': 'ServerSideEncryption',
  'x-amz-server-side-encryption-aws-kms-key-id': 'SSEKMSKeyId',
  'x-amz-server-side-encryption-context': 'SSEKMSEncryptionContext',
  'x-amz-storage-class': 'StorageClass',
  'x-amz-website-redirect-location': 'WebsiteRedirectLocation',
}

function putInput(form: Form, bucket: BucketRow, key: string) {
  const named = [...form.fields].flatMap(([name, value]) => (members[name] ? [[members[name], value]] : []))
  const metadata = [...form.fields]
    .filter(([name]) => name.startsWith('x-amz-meta-'))
    .map(([name, value]) => [name.slice('x-amz-meta-'.length), value])
  const tagging = form.fields.get('tagging')
  return {
    ...Object.fromEntries(named),
    ...(metadata.length > 0 ? { Metadata: Object.fromEntries(metadata) } : {}),
    ...(tagging === undefined ? {} : { Tagging: tagsOfXml(tagging) }),
    Bucket: bucket.name,
    Key: key,
    Body: form.file?.bytes,
  }
}

/** The tagging field is XML; PutObject takes it as a query string. */
function tagsOfXml(xml: string): string {
  const tags = [...xml.matchAll(/<Tag>\s*<Key>([^<]*)<\/Key>\s*<Value>([^<]*)<\/Value>\s*<\/Tag>/g)]
  if (tags.length === 0) throw accessDenied('Invalid according to Policy: the tagging field is not a TagSet')
  return new URLSearchParams(tags.map(([, name = '', value = '']): [string, string] => [name, value])).toString()
}

/** 204 unless success_action_status or success_action_redirect ask for something else. */
function answerOf(form: Form, bucket: BucketRow, key: string, output: PutObjectOutput): HttpAnswer {
  const location = `https://${bucket.name}.s3.${bucket.region}.amazonaws.com/${encodeURIComponent(key)}`
  const etag = output.ETag ?? ''
  const headers: Record<string, string> = { etag, location }
  if (output.VersionId) headers['x-amz-version-id'] = output.VersionId
  const redirect = form.fields.get('success_action_redirect') ?? form.fields.get('redirect')
  if (redirect && /^https?:\/\//.test(redirect)) {
    const target = new URL(redirect)
    for (const [name, value] of [
      ['bucket', bucket.name],
      ['key', key],
      ['etag', etag],
    ] as const)
      target.searchParams.set(name, value)
    return { status: 303, headers: { ...headers, location: target.href }, body: '' }
  }
  const status = form.fields.get('success_action_status')
  if (status === '200') return { status: 200, headers, body: '' }
  if (status !== '201') return { status: 204, headers, body: '' }
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<PostResponse><Location>${escapeXml(location)}</Location><Bucket>${bucket.name}</Bucket><Key>${escapeXml(key)}</Key><ETag>${escapeXml(etag)}</ETag></PostResponse>`
  return { status: 201, headers: { ...headers, 'content-type': 'application/xml' }, body }
}
