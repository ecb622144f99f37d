import { createHmac } from 'node:crypto'
import { AwsError } from '../kernel/aws-error.ts'
import type { HttpRequest } from './http-message.ts'
import { type ClaimedSignature, sameText } from './sigv4.ts'
import { scopeText, sha256Hex, signingKey } from './sigv4-canonical.ts'

interface Chunk {
  data: Buffer
  signature: string | undefined
}

/** Whether the body comes in aws-chunked encoding (Amazon S3 API Reference, "Signature calculations ... chunks"). */
export function isChunked(request: HttpRequest): boolean {
  return (request.headers['x-amz-content-sha256'] ?? '').startsWith('STREAMING-')
}

/** Takes the chunks apart. Trailing headers (checksums) join the request's headers. */
export function decodeChunks(request: HttpRequest): Chunk[] {
  const chunks: Chunk[] = []
  let at = 0
  for (;;) {
    const end = request.rawBody.indexOf('\r\n', at)
    const [size, ...extensions] = end < 0 ? [''] : request.rawBody.toString('latin1', at, end).split(';')
    const length = /^[0-9a-f]+$/i.test(size ?? '') ? Number.parseInt(size as string, 16) : Number.NaN
    const next = end + 2 + length
    if (Number.isNaN(length) || next > request.rawBody.length) throw incomplete()
    const signature = extensions.find((e) => e.startsWith('chunk-signature='))?.slice('chunk-signature='.length)
    chunks.push({ data: request.rawBody.subarray(end + 2, next), signature })
    if (length === 0) {
      readTrailers(request, next)
      break
    }
    at = next + 2
  }
  request.body = Buffer.concat(chunks.map((chunk) => chunk.data))
  const stated = request.headers['x-amz-decoded-content-length']
  if (stated !== undefined && Number(stated) !== request.body.length) throw incomplete()
  return chunks
}

const incomplete = () =>
  new AwsError('IncompleteBody', 'The request body terminated unexpectedly before the expected number of bytes', 400)

function readTrailers(request: HttpRequest, at: number): void {
  const allowed = (request.headers['x-amz-trailer'] ?? '').split(',').map((name) => name.trim().toLowerCase())
  for (const line of request.rawBody.toString('latin1', at).split(/\r?\n/)) {
    const colon = line.indexOf(':')
    const name = line.slice(0, colon).trim().toLowerCase()
    if (colon > 0 && allowed.includes(name)) request.headers[name] = line.slice(colon + 1).trim()
  }
}

/** Each chunk of STREAMING-AWS4-HMAC-SHA256-PAYLOAD carries a signature that continues the one before. */
export function verifyChunks(request: HttpRequest, chunks: Chunk[], claimed: ClaimedSignature, secret: string): void {
  if (!request.headers['x-amz-content-sha256']?.startsWith('STREAMING-AWS4-HMAC-SHA256-PAYLOAD')) return
  const key = signingKey(secret, claimed.scope)
  const prefix = `AWS4-HMAC-SHA256-PAYLOAD\n${claimed.timestamp}\n${scopeText(claimed.scope)}`
  let previous = claimed.signature
  for (const chunk of chunks) {
    const text = `${prefix}\n${previous}\n${sha256Hex('')}\n${sha256Hex(chunk.data)}`
    const expected = createHmac('sha256', key).update(text).digest('hex')
    if (!sameText(expected, chunk.signature ?? '')) {
      throw new AwsError(
        'SignatureDoesNotMatch',
        'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
        403,
      )
    }
    previous = expected
  }
}
