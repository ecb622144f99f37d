import type { Member, Shape } from './model.ts'
import { bytes, serializationError, toDate } from './scalar.ts'

/** CBOR (RFC 8949) as Smithy's rpc-v2-cbor uses it: timestamps are tag 1 over epoch seconds. */
export function encodeCbor(shape: Shape | undefined, value: unknown): Buffer {
  const out: Buffer[] = []
  if (shape) write(shape, value ?? {}, out)
  else out.push(head(5, 0))
  return Buffer.concat(out)
}

function write(shape: Shape, value: unknown, out: Buffer[]): void {
  switch (shape.type) {
    case 'structure': {
      const source = value as Record<string, unknown>
      const present = [...shape.members.values()].filter((m) => source[m.name] !== undefined && source[m.name] !== null)
      out.push(head(5, present.length))
      for (const member of present) {
        writeText(member.name, out)
        write(member.shape, source[member.name], out)
      }
      return
    }
    case 'list': {
      const items = [...(value as Iterable<unknown>)]
      out.push(head(4, items.length))
      for (const item of items) write((shape.item as Member).shape, item, out)
      return
    }
    case 'map': {
      const entries = Object.entries(value as Record<string, unknown>)
      out.push(head(5, entries.length))
      for (const [key, item] of entries) {
        writeText(key, out)
        write((shape.item as Member).shape, item, out)
      }
      return
    }
    default:
      writeScalar(shape, value, out)
  }
}

function writeScalar(shape: Shape, value: unknown, out: Buffer[]): void {
  switch (shape.type) {
    case 'boolean':
      out.push(Buffer.from([value ? 0xf5 : 0xf4]))
      return
    case 'integer':
    case 'long':
      out.push(Number(value) < 0 ? head(1, -1 - Number(value)) : head(0, Number(value)))
      return
    case 'float':
    case 'double':
      out.push(double(Number(value)))
      return
    case 'timestamp':
      out.push(head(6, 1), double(toDate(value).getTime() / 1000))
      return
    case 'blob': {
      const data = bytes(value)
      out.push(head(2, data.length), data)
      return
    }
    default:
      writeText(String(value), out)
  }
}

function writeText(text: string, out: Buffer[]): void {
  const data = Buffer.from(text)
  out.push(head(3, data.length), data)
}

function double(value: number): Buffer {
  const buffer = Buffer.alloc(9, 0xfb)
  buffer.writeDoubleBE(value, 1)
  return buffer
}

/** Major type and length (RFC 8949 section 3). */
function head(major: number, length: number): Buffer {
  const type = major << 5
  if (length < 24) return Buffer.from([type | length])
  if (length < 0x100) return Buffer.from([type | 24, length])
  if (length < 0x10000) return Buffer.from([type | 25, length >> 8, length & 0xff])
  const big = length >= 0x100000000
  const buffer = Buffer.alloc(big ? 9 : 5, type | (big ? 27 : 26))
  if (big) buffer.writeBigUInt64BE(BigInt(length), 1)
  else buffer.writeUInt32BE(length, 1)
  return buffer
}

const maxDepth = 64

/** A CBOR document as plain values; tag 1 becomes epoch seconds, byte strings Buffers. */
export function parseCbor(body: Buffer): unknown {
  if (body.length === 0) return {}
  const reader = { body, at: 0 }
  try {
    return read(reader, 0)
  } catch (error) {
    if (error instanceof RangeError) throw serializationError('The request body is not valid CBOR')
    throw error
  }
}

interface Reader {
  body: Buffer
  at: number
}

function read(reader: Reader, depth: number): unknown {
  if (depth > maxDepth) throw serializationError('The request body is nested too deeply')
  const initial = reader.body.readUInt8(reader.at++)
  const major = initial >> 5
  const info = initial & 0x1f
  if (major === 7) return readSimple(reader, info)
  const length = info === 31 ? undefined : readLength(reader, info)
  if (major === 0) return length
  if (major === 1) return -1 - (length as number)
  if (major === 6) return read(reader, depth + 1)
  if (major === 2 || major === 3) return readString(reader, major, length, depth)
  return major === 4 ? readArray(reader, length, depth) : readMap(reader, length, depth)
}

function readLength(reader: Reader, info: number): number {
  if (info < 24) return info
  const size = { 24: 1, 25: 2, 26: 4, 27: 8 }[info]
  if (!size) throw serializationError('The request body is not valid CBOR')
  const at = reader.at
  reader.at += size
  return size === 8 ? Number(reader.body.readBigUInt64BE(at)) : reader.body.readUIntBE(at, size)
}

function readSimple(reader: Reader, info: number): unknown {
  if (info === 20) return false
  if (info === 21) return true
  if (info === 22 || info === 23) return undefined
  const at = reader.at
  reader.at += { 25: 2, 26: 4, 27: 8 }[info] ?? 0
  if (info === 25) return half(reader.body.readUInt16BE(at))
  if (info === 26) return reader.body.readFloatBE(at)
  if (info === 27) return reader.body.readDoubleBE(at)
  throw serializationError('The request body is not valid CBOR')
}

function half(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1
  const exponent = (bits >> 10) & 0x1f
  const fraction = bits & 0x3ff
  if (exponent === 0) return sign * 2 ** -24 * fraction
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY
  return sign * 2 ** (exponent - 25) * (1024 + fraction)
}

function readString(reader: Reader, major: number, length: number | undefined, depth: number): unknown {
  if (length === undefined) {
    const parts: (string | Buffer)[] = []
    while (!atBreak(reader)) parts.push(read(reader, depth + 1) as string | Buffer)
    return major === 3 ? parts.join('') : Buffer.concat(parts as Buffer[])
  }
  const end = reader.at + length
  if (end > reader.body.length) throw new RangeError('string beyond the end')
  const data = reader.body.subarray(reader.at, end)
  reader.at = end
  return major === 3 ? data.toString('utf8') : Buffer.from(data)
}

function readArray(reader: Reader, length: number | undefined, depth: number): unknown[] {
  const out: unknown[] = []
  while (length === undefined ? !atBreak(reader) : out.length < length) out.push(read(reader, depth + 1))
  return out
}

function readMap(reader: Reader, length: number | undefined, depth: number): Record<string, unknown> {
  const out: Record<string, unknown> = {}
  for (let n = 0; length === undefined ? !atBreak(reader) : n < length; n++) {
    const key = String(read(reader, depth + 1))
    out[key] = read(reader, depth + 1)
  }
  return out
}

function atBreak(reader: Reader): boolean {
  if (reader.body.readUInt8(reader.at) !== 0xff) return false
  reader.at++
  return true
}

/** Shapes a parsed document by the model: the same projection as JSON, but bytes and times are native. */
export function decodeCbor(shape: Shape | undefined, value: unknown): unknown {
  if (!shape || value === null || value === undefined) return undefined
  if (shape.type === 'structure') {
    const source = value as Record<string, unknown>
    const out: Record<string, unknown> = {}
    for (const [name, member] of shape.members) {
      if (source[name] !== undefined) out[name] = decodeCbor(member.shape, source[name])
    }
    return out
  }
  if (shape.type === 'list') return (value as unknown[]).map((v) => decodeCbor(shape.item?.shape, v))
  if (shape.type === 'map') {
    const entries = Object.entries(value as Record<string, unknown>)
    return Object.fromEntries(entries.map(([key, v]) => [key, decodeCbor(shape.item?.shape, v)]))
  }
  return shape.type === 'timestamp' ? toDate(value) : value
}
