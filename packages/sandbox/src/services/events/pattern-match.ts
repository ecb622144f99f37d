import { type Comparison, isObject, type Json, type JsonObject } from './pattern-syntax.ts'

/**
 * Whether an event matches a pattern (EventBridge User Guide, "Creating event patterns"): every field of the
 * pattern must be matched; of a list in the event one element suffices, and the fields of one pattern object
 * must be found in the same element.
 */
export function matches(pattern: JsonObject, event: Json | undefined): boolean {
  if (Array.isArray(event)) return event.some((element) => matches(pattern, element))
  const object = isObject(event) ? event : {}
  return Object.entries(pattern).every(([key, wanted]) => {
    if (key === '$or') return (wanted as JsonObject[]).some((one) => matches(one, object))
    return Array.isArray(wanted) ? matchesField(wanted, object[key]) : matches(wanted as JsonObject, object[key])
  })
}

/** `exists: false` is the only comparison that an absent field (or one that is an object) can satisfy. */
function matchesField(wanted: readonly Json[], value: Json | undefined): boolean {
  const leaves = Array.isArray(value) ? value.flat(Infinity as 1) : [value]
  const present = leaves.filter((leaf) => leaf !== undefined && !isObject(leaf)) as Json[]
  return wanted.some((one) => {
    if (isObject(one) && 'exists' in one) return one.exists === present.length > 0
    return present.some((leaf) => (isObject(one) ? compare(one, leaf) : one === leaf))
  })
}

function compare(comparison: Comparison, value: Json): boolean {
  const [[name, operand]] = Object.entries(comparison) as [[string, Json]]
  switch (name) {
    case 'prefix':
      return textual(operand, value, (text, part) => text.startsWith(part))
    case 'suffix':
      return textual(operand, value, (text, part) => text.endsWith(part))
    case 'equals-ignore-case':
      return typeof value === 'string' && value.toLowerCase() === String(operand).toLowerCase()
    case 'wildcard':
      return typeof value === 'string' && wildcard(String(operand)).test(value)
    case 'numeric':
      return typeof value === 'number' && inRange(operand as (string | number)[], value)
    case 'cidr':
      return typeof value === 'string' && inCidr(String(operand), value)
    case 'anything-but':
      return anythingBut(operand, value)
    default:
      return false
  }
}

function textual(operand: Json, value: Json, test: (text: string, part: string) => boolean): boolean {
  if (typeof value !== 'string') return false
  if (!isObject(operand)) return test(value, String(operand))
  return test(value.toLowerCase(), String(operand['equals-ignore-case']).toLowerCase())
}

/** A nested operand may itself be a list: none of its members may match. */
function anythingBut(operand: Json, value: Json): boolean {
  if (!isObject(operand)) return ![operand].flat().includes(value as never)
  const [[name, inner]] = Object.entries(operand) as [[string, Json]]
  return ![inner].flat().some((one) => compare({ [name]: one as Json }, value))
}

function inRange(operand: readonly (string | number)[], value: number): boolean {
  const tests: Record<string, (limit: number) => boolean> = {
    '=': (limit) => value === limit,
    '<': (limit) => value < limit,
    '<=': (limit) => value <= limit,
    '>': (limit) => value > limit,
    '>=': (limit) => value >= limit,
  }
  return [0, 2].every((at) => at >= operand.length || tests[String(operand[at])]?.(Number(operand[at + 1])))
}

function wildcard(pattern: string): RegExp {
  const parts = pattern.match(/\\[\\*]|[^\\*]+|\*|\\/g) ?? []
  const source = parts.map((part) => (part === '*' ? '.*' : quote(part.replace(/^\\([\\*])$/, '$1'))))
  return new RegExp(`^${source.join('')}$`, 's')
}

function quote(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

function inCidr(cidr: string, address: string): boolean {
  const [network = '', length = ''] = cidr.split('/')
  const [wanted, given] = [ipv4(network), ipv4(address)]
  if (wanted === undefined || given === undefined) return false
  const size = 2 ** (32 - Number(length))
  return Math.floor(wanted / size) === Math.floor(given / size)
}

function ipv4(text: string): number | undefined {
  const bytes = text.split('.').map(Number)
  const valid = bytes.length === 4 && bytes.every((byte) => Number.isInteger(byte) && byte >= 0 && byte <= 255)
  return valid ? bytes.reduce((sum, byte) => sum * 256 + byte, 0) : undefined
}
