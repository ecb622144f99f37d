import { BundleError } from './bundle-error.ts'

type Fields = Record<string, unknown>

/** @throws {BundleError} when the value is not an object */
export function asObject(value: unknown, path: string): Fields {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields
  throw new BundleError(path, `should be an object, not ${kindOf(value)}`)
}

/** @throws {BundleError} when the value is not a list */
export function asArray(value: unknown, path: string): readonly unknown[] {
  if (Array.isArray(value)) return value
  throw new BundleError(path, `should be a list, not ${kindOf(value)}`)
}

/** @throws {BundleError} when the value is not a string */
export function asString(value: unknown, path: string): string {
  if (typeof value === 'string') return value
  throw new BundleError(path, `should be a string, not ${kindOf(value)}`)
}

/** @throws {BundleError} for a field that there is not */
export function checkFields(object: Fields, allowed: readonly string[], path: string): void {
  for (const field of Object.keys(object)) {
    if (!allowed.includes(field)) throw new BundleError(path, `there is no field '${field}'`)
  }
}

/** Checks a value that may be absent or null. */
export function optional(value: unknown, check: (value: unknown) => void): void {
  if (value !== undefined && value !== null) check(value)
}

function kindOf(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  return typeof value === 'object' ? 'an object' : `the ${typeof value} ${JSON.stringify(value).slice(0, 60)}`
}
