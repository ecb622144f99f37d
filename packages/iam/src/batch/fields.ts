import { RequestError } from '../evaluate/request-error.ts'

/** An object of unchecked JSON. */
export type Fields = Record<string, unknown>

export function isAbsent(value: unknown): value is undefined | null {
  return value === undefined || value === null
}

export function asObject(value: unknown, path: string): Fields {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields
  throw fault(path, value === undefined ? 'is missing' : 'should be an object')
}

export function asList(value: unknown, path: string): readonly unknown[] {
  if (Array.isArray(value)) return value
  throw fault(path, value === undefined ? 'is missing' : 'should be a list')
}

export function asText(value: unknown, path: string): string {
  if (typeof value === 'string' && value !== '') return value
  throw fault(path, value === undefined ? 'is missing' : 'should be a non-empty string')
}

export function fault(path: string, problem: string): RequestError {
  return new RequestError('INVALID_REQUEST', `reading the request: ${path} ${problem}`)
}
