import { timingSafeEqual } from 'node:crypto'
import { AwsError } from '../kernel/aws-error.ts'
import { commonError } from './common-errors.ts'
import type { HttpRequest } from './http-message.ts'
import type { Model } from './model.ts'
import {
  type CredentialScope,
  canonicalRequest,
  formatTimestamp,
  parseTimestamp,
  sha256Hex,
  signatureOf,
  signingKey,
} from './sigv4-canonical.ts'

const algorithm = 'AWS4-HMAC-SHA256'
const skewMinutes = 5
/** S3 allows 15 minutes (Amazon S3 API Reference, "RequestTimeTooSkewed"). */
const s3SkewMinutes = 15
const maxPresignSeconds = 604_800

/** The secret behind an access key, as the kernel looks it up. */
export interface AccessKey {
  secretAccessKey: string
  sessionToken?: string | undefined
  /** ISO 8601; temporary credentials only. */
  expiresAt?: string | undefined
}

/** The parts of a signature as the request states them, before anything is believed. */
export interface ClaimedSignature {
  presigned: boolean
  accessKeyId: string
  scope: CredentialScope
  signedHeaders: string[]
  signature: string
  timestamp: string
  sessionToken: string | undefined
  /** Presigned URLs only, seconds. */
  expires?: number
}

/**
 * Reads the Authorization header or the query parameters of a presigned URL.
 * Undefined: the request is not signed. Throws when a signature is there but cannot be read.
 */
export function readSignature(request: HttpRequest, model: Model): ClaimedSignature | undefined {
  const { headers, query } = request
  if (query.has('X-Amz-Signature')) return readPresigned(query, model)
  const header = headers.authorization
  const versionTwo = query.has('AWSAccessKeyId') && query.has('Signature')
  if (header === undefined && !versionTwo) return undefined
  if (header === undefined || !header.startsWith(algorithm)) {
    const message = 'The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.'
    throw new AwsError(model.name === 's3' ? 'InvalidRequest' : 'IncompleteSignature', message, 400)
  }
  const parts = new Map(
    header
      .slice(algorithm.length)
      .split(',')
      .map((part) => part.trim().split('=', 2) as [string, string]),
  )
  const missing = ['Credential', 'SignedHeaders', 'Signature'].filter((name) => !parts.get(name))
  const timestamp = headers['x-amz-date'] ?? httpDate(headers.date)
  if (missing.length > 0 || !timestamp) {
    const lacks = missing.map((name) => `Authorization header requires '${name}' parameter. `).join('')
    const date = timestamp
      ? ''
      : "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. "
    throw commonError(model, 'incompleteSignature', `${lacks}${date}Authorization=${algorithm}`)
  }
  return {
    presigned: false,
    ...readCredential(parts.get('Credential') as string, model),
    signedHeaders: (parts.get('SignedHeaders') as string).toLowerCase().split(';'),
    signature: parts.get('Signature') as string,
    timestamp,
    sessionToken: headers['x-amz-security-token'],
  }
}

function readPresigned(query: URLSearchParams, model: Model): ClaimedSignature {
  const names = ['X-Amz-Algorithm', 'X-Amz-Credential', 'X-Amz-Date', 'X-Amz-SignedHeaders']
  const expires = Number(query.get('X-Amz-Expires') ?? '900')
  if (names.some((name) => !query.get(name)) || query.get('X-Amz-Algorithm') !== algorithm) {
    throw commonError(
      model,
      'incompleteSignature',
      `Query-string authentication version 4 requires the ${names.join(', ')}, and X-Amz-Signature parameters.`,
    )
  }
  if (!Number.isInteger(expires) || expires < 0 || expires > maxPresignSeconds) {
    const message = 'X-Amz-Expires must be less than a week (in seconds) that is 604800'
    throw commonError(model, 'incompleteSignature', message)
  }
  return {
    presigned: true,
    ...readCredential(query.get('X-Amz-Credential') as string, model),
    signedHeaders: (query.get('X-Amz-SignedHeaders') as string).toLowerCase().split(';'),
    signature: query.get('X-Amz-Signature') as string,
    timestamp: query.get('X-Amz-Date') as string,
    sessionToken: query.get('X-Amz-Security-Token') ?? undefined,
    expires,
  }
}

function readCredential(credential: string, model: Model) {
  const [accessKeyId, date, region, service, terminator, ...more] = credential.split('/')
  if (!accessKeyId || !date || !region || !service || terminator !== 'aws4_request' || more.length > 0) {
    const message = `Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '${credential}'`
    throw commonError(model, 'incompleteSignature', message)
  }
  return { accessKeyId, scope: { date, region, service } }
}

function httpDate(text: string | undefined): string | undefined {
  const time = text === undefined ? Number.NaN : Date.parse(text)
  return Number.isNaN(time) ? undefined : formatTimestamp(time)
}

const invalidToken = 'The security token included in the request is invalid.'

/**
 * Verifies a signature in AWS's order: key, token, expiry of the credentials, time of the request, payload,
 * signature. Returns the signature key's inputs that chunked uploads continue from.
 */
export function verifySignature(
  request: HttpRequest,
  claimed: ClaimedSignature,
  key: AccessKey | undefined,
  model: Model,
  now: number,
): void {
  const s3 = model.name === 's3'
  if (!key) {
    const message = s3 ? 'The AWS Access Key Id you provided does not exist in our records.' : invalidToken
    throw commonError(model, 'unknownAccessKey', message, s3 ? { AWSAccessKeyId: claimed.accessKeyId } : {})
  }
  if ((key.sessionToken ?? '') !== (claimed.sessionToken ?? '')) {
    const message = s3 ? 'The provided token is malformed or otherwise invalid.' : invalidToken
    throw commonError(model, 'invalidToken', message)
  }
  if (key.expiresAt !== undefined && Date.parse(key.expiresAt) <= now) {
    const message = s3 ? 'The provided token has expired.' : 'The security token included in the request is expired'
    throw commonError(model, 'expiredToken', message)
  }
  checkTime(claimed, model, now)
  checkSignedHeaders(request, claimed, model)
  const hash = payloadHash(request, claimed, model)
  const canonical = canonicalRequest(request, claimed.signedHeaders, hash, claimed.scope.service)
  const derived = signingKey(key.secretAccessKey, claimed.scope)
  const expected = signatureOf(derived, algorithm, claimed.timestamp, claimed.scope, sha256Hex(canonical))
  if (!sameText(expected, claimed.signature)) throw mismatch(model, canonical)
}

function mismatch(model: Model, canonical: string): Error {
  if (model.name === 's3') {
    const message =
      'The request signature we calculated does not match the signature you provided. Check your key and signing method.'
    return commonError(model, 'badSignature', message, { CanonicalRequest: canonical })
  }
  if (model.name === 'ec2') {
    return commonError(model, 'badSignature', 'AWS was not able to validate the provided access credentials')
  }
  const message =
    'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.'
  return commonError(model, 'badSignature', message)
}

export function sameText(a: string, b: string): boolean {
  const left = Buffer.from(a)
  const right = Buffer.from(b)
  return left.length === right.length && timingSafeEqual(left, right)
}

function checkTime(claimed: ClaimedSignature, model: Model, now: number): void {
  const time = parseTimestamp(claimed.timestamp)
  if (Number.isNaN(time) || !claimed.timestamp.startsWith(claimed.scope.date)) {
    throw commonError(
      model,
      'incompleteSignature',
      `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${claimed.scope.date}' != '${claimed.timestamp.slice(0, 8)}', from '${claimed.timestamp}'.`,
    )
  }
  if (claimed.expires !== undefined) {
    if (time + claimed.expires * 1000 < now) throw commonError(model, 'requestExpired', 'Request has expired')
    if (time <= now) return
  }
  const minutes = model.name === 's3' ? s3SkewMinutes : skewMinutes
  if (Math.abs(now - time) <= minutes * 60_000) return
  throw commonError(model, 'clockSkew', skewMessage(model, claimed.timestamp, time, now, minutes))
}

function skewMessage(model: Model, timestamp: string, time: number, now: number, minutes: number): string {
  if (model.name === 's3') return 'The difference between the request time and the current time is too large.'
  if (model.name === 'ec2') return 'Request has expired.'
  const edge = formatTimestamp(now + (time < now ? -1 : 1) * minutes * 60_000)
  return time < now
    ? `Signature expired: ${timestamp} is now earlier than ${edge} (${formatTimestamp(now)} - ${minutes} min.)`
    : `Signature not yet current: ${timestamp} is still later than ${edge} (${formatTimestamp(now)} + ${minutes} min.)`
}

/** `host` and every `x-amz-*` header that is sent must be signed, or they could be changed on the way. */
function checkSignedHeaders(request: HttpRequest, claimed: ClaimedSignature, model: Model): void {
  const mustSign = Object.keys(request.headers).filter((name) => {
    if (name === 'host') return true
    return name.startsWith('x-amz-') && !claimed.presigned && name !== 'x-amz-content-sha256'
  })
  const unsigned = mustSign.filter((name) => !claimed.signedHeaders.includes(name))
  if (unsigned.length === 0) return
  const message = `There were headers present in the request which were not signed: ${unsigned.join(', ')}`
  throw commonError(model, model.name === 's3' ? 'accessDenied' : 'badSignature', message, {
    HeadersNotSigned: unsigned.join(', '),
  })
}

function payloadHash(request: HttpRequest, claimed: ClaimedSignature, model: Model): string {
  const stated = request.headers['x-amz-content-sha256']
  if (model.name !== 's3') return sha256Hex(request.rawBody)
  if (claimed.presigned) return stated ?? 'UNSIGNED-PAYLOAD'
  if (stated === undefined) {
    throw commonError(model, 'invalidInput', 'Missing required header for this request: x-amz-content-sha256')
  }
  if (stated === 'UNSIGNED-PAYLOAD' || stated.startsWith('STREAMING-')) return stated
  const actual = sha256Hex(request.rawBody)
  if (stated === actual) return stated
  const message = "The provided 'x-amz-content-sha256' header does not match what was computed."
  throw commonError(model, 'payloadMismatch', message, {
    ClientComputedContentSHA256: stated,
    S3ComputedContentSHA256: actual,
  })
}
