import { createHmac, hash } from 'node:crypto'
import type { HttpRequest } from './http-message.ts'

/** AWS Signature Version 4 (IAM User Guide, "Create a signed AWS API request"): the pure computations. */

export const sha256Hex = (data: Uint8Array | string) => hash('sha256', data)

const hmac = (key: Uint8Array | string, data: string) => createHmac('sha256', key).update(data).digest()

export interface CredentialScope {
  /** yyyymmdd */
  date: string
  region: string
  service: string
}

export const scopeText = (scope: CredentialScope) => `${scope.date}/${scope.region}/${scope.service}/aws4_request`

const signingKeys = new Map<string, Buffer>()
const maxSigningKeys = 10_000

/** The derived key of a secret for one day, region and service; cached, since it costs four HMACs. */
export function signingKey(secret: string, scope: CredentialScope): Buffer {
  const id = `${secret}\n${scopeText(scope)}`
  let key = signingKeys.get(id)
  if (!key) {
    key = hmac(hmac(hmac(hmac(`AWS4${secret}`, scope.date), scope.region), scope.service), 'aws4_request')
    if (signingKeys.size >= maxSigningKeys) signingKeys.clear()
    signingKeys.set(id, key)
  }
  return key
}

export function signatureOf(key: Buffer, algorithm: string, timestamp: string, scope: CredentialScope, digest: string) {
  return hmac(key, `${algorithm}\n${timestamp}\n${scopeText(scope)}\n${digest}`).toString('hex')
}

export function canonicalRequest(
  request: HttpRequest,
  signedHeaders: readonly string[],
  payloadHash: string,
  service: string,
): string {
  const headers = signedHeaders.map(
    (name) => `${name}:${(request.headers[name] ?? '').trim().replace(/ {2,}/g, ' ')}\n`,
  )
  return [
    request.method,
    canonicalPath(request.path, service),
    canonicalQuery(request.rawQuery),
    headers.join(''),
    signedHeaders.join(';'),
    payloadHash,
  ].join('\n')
}

/** S3 signs the path encoded once; every other service encodes the path it was sent again. */
function canonicalPath(path: string, service: string): string {
  if (path === '/' || path === '') return '/'
  const segments = path.split('/')
  return segments.map((segment) => (service === 's3' ? encode(decode(segment)) : encode(segment))).join('/')
}

function canonicalQuery(rawQuery: string): string {
  if (rawQuery === '') return ''
  return rawQuery
    .split('&')
    .filter((pair) => pair !== '' && !pair.startsWith('X-Amz-Signature='))
    .map((pair) => {
      const at = pair.indexOf('=')
      const name = at < 0 ? pair : pair.slice(0, at)
      return [encode(decode(name)), encode(decode(at < 0 ? '' : pair.slice(at + 1)))] as const
    })
    .sort(([a, v], [b, w]) => compare(a, b) || compare(v, w))
    .map(([name, value]) => `${name}=${value}`)
    .join('&')
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

function decode(text: string): string {
  if (!text.includes('%')) return text
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** RFC 3986 encoding: everything but letters, digits, `-`, `.`, `_` and `~`. */
function encode(text: string): string {
  if (/^[\w.~-]*$/.test(text)) return text
  return encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
}

/** `20260102T030405Z` as milliseconds; NaN when it is none. */
export function parseTimestamp(text: string): number {
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text)
  return match ? Date.parse(text.replace(/^(....)(..)(..)T(..)(..)(..)Z$/, '$1-$2-$3T$4:$5:$6Z')) : Number.NaN
}

export function formatTimestamp(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/[-:]|\.\d{3}/g, '')
}
