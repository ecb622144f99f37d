import { AwsError } from '../../kernel/aws-error.ts'

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }
export type JsonObject = { [key: string]: Json }

/** A comparison of one value, e.g. `{ "prefix": "a" }`. Names: EventBridge User Guide, "Comparison operators". */
export type Comparison = JsonObject

const operators = ['prefix', 'suffix', 'anything-but', 'numeric', 'exists', 'cidr', 'equals-ignore-case', 'wildcard']

/** Reads and checks an event pattern; what EventBridge would refuse is refused. */
export function readPattern(text: string): JsonObject {
  let pattern: Json
  try {
    pattern = JSON.parse(text)
  } catch {
    throw invalid('Filter is not valid JSON')
  }
  if (!isObject(pattern)) throw invalid('Filter is not an object')
  checkObject(pattern)
  return pattern
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function invalid(reason: string): AwsError {
  return new AwsError('InvalidEventPatternException', `Event pattern is not valid. Reason: ${reason}`)
}

function checkObject(pattern: JsonObject): void {
  if (Object.keys(pattern).length === 0) throw invalid('Empty objects are not allowed')
  for (const [key, value] of Object.entries(pattern)) {
    if (key === '$or') checkAlternatives(value)
    else if (isObject(value)) checkObject(value)
    else if (Array.isArray(value)) checkValues(key, value)
    else throw invalid(`"${key}" must be an object or an array`)
  }
}

function checkAlternatives(value: Json | undefined): void {
  if (!Array.isArray(value) || value.length < 2 || !value.every(isObject))
    throw invalid('"$or" must be an array of at least two objects')
  for (const one of value) checkObject(one as JsonObject)
}

function checkValues(key: string, values: Json[]): void {
  if (values.length === 0) throw invalid(`Empty arrays are not allowed: "${key}"`)
  for (const value of values) {
    if (Array.isArray(value)) throw invalid('Match value must be String, number, true, false, or null')
    if (isObject(value)) checkComparison(value)
  }
}

function checkComparison(comparison: Comparison): void {
  const [name, ...more] = Object.keys(comparison)
  if (name === undefined || more.length > 0) throw invalid('Only one key allowed in match expression')
  if (!operators.includes(name)) throw invalid(`Unrecognized match type ${name}`)
  const value = comparison[name] as Json
  if (name === 'exists' && typeof value !== 'boolean')
    throw invalid('exists match pattern must be either true or false.')
  if (name === 'numeric') checkNumeric(value)
  if (name === 'cidr' && !(typeof value === 'string' && value.includes('/'))) throw invalid('Malformed CIDR')
  if (['wildcard', 'equals-ignore-case'].includes(name) && typeof value !== 'string')
    throw invalid(`${name} match pattern must be a string`)
  if (
    ['prefix', 'suffix'].includes(name) &&
    typeof value !== 'string' &&
    !(isObject(value) && onlyKey(value, 'equals-ignore-case'))
  )
    throw invalid(`${name} match pattern must be a string`)
  if (name === 'anything-but') checkAnythingBut(value)
}

function checkNumeric(value: Json): void {
  const pairs = Array.isArray(value) && (value.length === 2 || value.length === 4)
  const good =
    pairs &&
    value.every((item, index) =>
      index % 2 === 0 ? ['=', '<', '<=', '>', '>='].includes(String(item)) : typeof item === 'number',
    )
  if (!good) throw invalid('Value of numeric must be an array of operators and numbers')
}

function checkAnythingBut(value: Json): void {
  if (isObject(value)) {
    if (!['prefix', 'suffix', 'wildcard', 'equals-ignore-case'].some((name) => onlyKey(value, name)))
      throw invalid('Unsupported anything-but pattern')
    return
  }
  const list = Array.isArray(value) ? value : [value]
  if (list.length === 0 || !list.every((item) => typeof item === 'string' || typeof item === 'number'))
    throw invalid('Inside anything but list, start|null|boolean is not supported.')
}

function onlyKey(value: JsonObject, name: string): boolean {
  return Object.keys(value).length === 1 && name in value
}
