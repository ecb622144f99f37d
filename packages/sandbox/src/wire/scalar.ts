import { AwsError } from '../kernel/aws-error.ts'
import type { Member, Shape } from './model.ts'
import type { TimestampFormat } from './model-file.ts'

/** A value that cannot be read as its shape's type; protocols turn it into their own error. */
export function serializationError(message: string): AwsError {
  return new AwsError('SerializationException', message, 400)
}

const numeric = /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/

/** Text of a header, a query parameter or an XML element as the shape's type. Timestamps become Date. */
export function scalarFromText(shape: Shape, text: string, format?: TimestampFormat): unknown {
  switch (shape.type) {
    case 'integer':
    case 'long':
    case 'float':
    case 'double':
      if (!numeric.test(text)) throw serializationError(`'${text}' can not be converted to a number`)
      return Number(text)
    case 'boolean':
      if (!/^(true|false|1|0)$/i.test(text)) throw serializationError(`'${text}' can not be converted to a boolean`)
      return /^(true|1)$/i.test(text)
    case 'timestamp':
      return timestampFrom(text, format)
    case 'blob':
      return Buffer.from(text, 'base64')
    default:
      return text
  }
}

export function timestampFrom(value: string | number, format?: TimestampFormat): Date {
  const epoch = typeof value === 'number' || (format !== 'iso8601' && numeric.test(value))
  const date = epoch ? new Date(Number(value) * 1000) : new Date(value)
  if (Number.isNaN(date.getTime())) throw serializationError(`'${value}' is not a timestamp`)
  return date
}

/** A timestamp of a handler's answer: Date, ISO 8601 text (as rows keep it) or epoch seconds. */
export function timestampText(value: unknown, format: TimestampFormat): string {
  const date = toDate(value)
  if (format === 'unixTimestamp') return String(date.getTime() / 1000)
  if (format === 'rfc822') return date.toUTCString()
  return date.toISOString().replace(/\.000Z$/, 'Z')
}

export function toDate(value: unknown): Date {
  if (value instanceof Date) return value
  return typeof value === 'number' ? new Date(value * 1000) : new Date(String(value))
}

export function scalarToText(member: Member, value: unknown, timestamps: TimestampFormat): string {
  const { shape } = member
  if (shape.type === 'timestamp') {
    return timestampText(value, member.timestampFormat ?? shape.timestampFormat ?? timestamps)
  }
  return shape.type === 'blob' ? bytes(value).toString('base64') : String(value)
}

export function bytes(value: unknown): Buffer {
  if (Buffer.isBuffer(value)) return value
  return value instanceof Uint8Array ? Buffer.from(value) : Buffer.from(String(value))
}
