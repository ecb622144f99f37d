/**
 * Deep copy of a row as JSON would keep it: Date becomes ISO 8601 text, undefined members disappear.
 * Anything that JSON cannot hold (bytes, Map, functions) is a mistake of the handler and refused.
 */
export function copyJson<T>(value: T): T {
  return copy(value) as T
}

function copy(value: unknown): unknown {
  if (value === null || typeof value !== 'object') {
    if (typeof value === 'function' || typeof value === 'bigint' || typeof value === 'symbol') refuse(typeof value)
    return value
  }
  if (Array.isArray(value)) return value.map(copy)
  const prototype = Object.getPrototypeOf(value)
  if (prototype === Object.prototype || prototype === null) {
    const out: Record<string, unknown> = {}
    for (const key in value) {
      const member = (value as Record<string, unknown>)[key]
      if (member !== undefined) out[key] = copy(member)
    }
    return out
  }
  if (value instanceof Date) return value.toISOString()
  return refuse(value.constructor.name)
}

function refuse(kind: string): never {
  throw new TypeError(`storing a row: a ${kind} is not a JSON value; keep bytes in call.blobs and times as ISO 8601`)
}
