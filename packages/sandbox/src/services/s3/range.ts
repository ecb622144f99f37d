import { invalidRange } from './errors.ts'

/** First and last byte, both included. */
export interface ByteRange {
  first: number
  last: number
}

/**
 * One range of a Range header (RFC 9110 section 14.1.2). Undefined where S3 ignores the header and sends all:
 * no bytes unit, several ranges, or nonsense. Throws InvalidRange when it starts behind the end.
 */
export function parseRange(header: string | undefined, size: number): ByteRange | undefined {
  const parts = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '')
  if (!header || !parts || (parts[1] === '' && parts[2] === '')) return undefined
  if (parts[1] === '') {
    const suffix = Number(parts[2])
    if (suffix === 0 || size === 0) throw invalidRange(header, size)
    return { first: Math.max(0, size - suffix), last: size - 1 }
  }
  const first = Number(parts[1])
  const last = parts[2] === '' ? size - 1 : Math.min(Number(parts[2]), size - 1)
  if (parts[2] !== '' && Number(parts[2]) < first) return undefined
  if (first >= size) throw invalidRange(header, size)
  return { first, last }
}
