import type { Member, Shape } from './model.ts'
import { bytes, serializationError, timestampFrom, timestampText, toDate } from './scalar.ts'

type Json = Record<string, unknown>

/** Body of a JSON protocol as an object; an empty body is an empty object. */
export function parseJson(body: Buffer): Json {
  if (body.length === 0) return {}
  let value: unknown
  try {
    value = JSON.parse(body.toString('utf8'))
  } catch {
    throw serializationError('The request body is not valid JSON')
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw serializationError('Start of structure or map found where not expected.')
  }
  return value as Json
}

/** Picks the modelled members out of a JSON value. Unknown members are ignored, as AWS does. */
export function decodeJson(shape: Shape, value: unknown, rest = false): unknown {
  if (value === null || value === undefined) return undefined
  switch (shape.type) {
    case 'structure':
      return shape.document ? value : decodeStructure(shape, value, rest)
    case 'list': {
      if (!Array.isArray(value)) throw serializationError('Unexpected value type in payload: expected a list')
      const item = (shape.item as Member).shape
      return value.map((v) => decodeJson(item, v, rest))
    }
    case 'map': {
      const item = (shape.item as Member).shape
      const out: Json = {}
      for (const [key, v] of Object.entries(object(value))) out[key] = decodeJson(item, v, rest)
      return out
    }
    default:
      return decodeScalar(shape, value)
  }
}

function decodeStructure(shape: Shape, value: unknown, rest: boolean): Json {
  const source = object(value)
  const out: Json = {}
  for (const [name, member] of shape.members) {
    const found = source[rest ? (member.locationName ?? name) : name]
    if (found !== undefined && found !== null) out[name] = decodeJson(member.shape, found, rest)
  }
  return out
}

function object(value: unknown): Json {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Json
  throw serializationError('Unexpected value type in payload: expected a structure')
}

function decodeScalar(shape: Shape, value: unknown): unknown {
  switch (shape.type) {
    case 'string':
      if (typeof value !== 'string') throw serializationError(`${typeName(value)} can not be converted to a String`)
      return value
    case 'integer':
    case 'long':
      if (typeof value !== 'number' || !Number.isInteger(value))
        throw serializationError(`${typeName(value)} can not be converted to an Integer`)
      return value
    case 'float':
    case 'double':
      if (typeof value === 'number') return value
      if (value === 'NaN' || value === 'Infinity' || value === '-Infinity') return Number(value)
      throw serializationError(`${typeName(value)} can not be converted to a Double`)
    case 'boolean':
      if (typeof value !== 'boolean') throw serializationError(`${typeName(value)} can not be converted to a Boolean`)
      return value
    case 'timestamp':
      return timestampFrom(value as string | number, shape.timestampFormat)
    default:
      return Buffer.from(String(value), 'base64')
  }
}

function typeName(value: unknown): string {
  if (Array.isArray(value)) return 'START_ARRAY_VALUE'
  if (typeof value === 'object') return 'START_OBJECT_VALUE'
  return `${typeof value}_VALUE`.toUpperCase()
}

/** Projects a handler's answer on the shape: members that the model does not know never reach the wire. */
export function encodeJson(shape: Shape, value: unknown, rest = false): unknown {
  if (value === null || value === undefined) return undefined
  switch (shape.type) {
    case 'structure': {
      if (shape.document) return value
      const source = value as Json
      const out: Json = {}
      for (const [name, member] of shape.members) {
        const found = source[name]
        if (found === undefined || found === null) continue
        out[rest ? (member.locationName ?? name) : name] = encodeMember(member, found, rest)
      }
      return out
    }
    case 'list': {
      const item = shape.item as Member
      return [...(value as Iterable<unknown>)].map((v) => encodeMember(item, v, rest))
    }
    case 'map': {
      const item = shape.item as Member
      const out: Json = {}
      for (const [key, v] of Object.entries(value as Json)) out[key] = encodeMember(item, v, rest)
      return out
    }
    case 'blob':
      return bytes(value).toString('base64')
    case 'integer':
    case 'long':
    case 'float':
    case 'double':
      return Number(value)
    case 'boolean':
      return Boolean(value)
    case 'string':
      return String(value)
    default:
      return encodeTimestamp(shape, undefined, value)
  }
}

function encodeMember(member: Member, value: unknown, rest: boolean): unknown {
  return member.shape.type === 'timestamp'
    ? encodeTimestamp(member.shape, member, value)
    : encodeJson(member.shape, value, rest)
}

function encodeTimestamp(shape: Shape, member: Member | undefined, value: unknown): unknown {
  const format = member?.timestampFormat ?? shape.timestampFormat
  return format && format !== 'unixTimestamp' ? timestampText(value, format) : toDate(value).getTime() / 1000
}
