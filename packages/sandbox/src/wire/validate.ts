import { commonError } from './common-errors.ts'
import type { Model, OperationModel, Shape } from './model.ts'

/**
 * Checks decoded input against the model's constraints and throws what AWS answers for it.
 * The texts are those of AWS's service framework, e.g. "1 validation error detected: Value 'x' at 'y' failed to
 * satisfy constraint: Member must satisfy regular expression pattern: [a-z]+".
 */
export function validateInput(model: Model, operation: OperationModel, input: Record<string, unknown>): void {
  if (!operation.input) return
  const problems: Problem[] = []
  checkStructure(operation.input, input, '', problems)
  if (problems.length === 0) return
  throw problemError(model, problems)
}

interface Problem {
  /** Member path as the service frameworks print it: `endpointConfig.productionVariants.1.member.modelName`. */
  path: string
  /** Top-level member as the model names it. */
  name: string
  value: unknown
  constraint: string
  missing?: boolean
}

function checkStructure(shape: Shape, value: Record<string, unknown>, path: string, problems: Problem[]): void {
  for (const name of shape.required) {
    if (value[name] !== undefined) continue
    const at = join(path, name)
    problems.push({ path: at, name, value: null, constraint: 'Member must not be null', missing: true })
  }
  for (const [name, member] of shape.members) {
    if (value[name] !== undefined) check(member.shape, value[name], join(path, name), problems)
  }
}

const join = (path: string, name: string) => {
  const lower = name.charAt(0).toLowerCase() + name.slice(1)
  return path === '' ? lower : `${path}.${lower}`
}

function check(shape: Shape, value: unknown, path: string, problems: Problem[]): void {
  const fail = (constraint: string) => problems.push({ path, name: path, value, constraint })
  switch (shape.type) {
    case 'structure':
      if (!shape.document) checkStructure(shape, value as Record<string, unknown>, path, problems)
      return
    case 'list': {
      const items = value as unknown[]
      checkLength(shape, items.length, fail)
      items.forEach((item, i) => {
        check(shape.item?.shape as Shape, item, `${path}.${i + 1}.member`, problems)
      })
      return
    }
    case 'map': {
      const entries = Object.entries(value as Record<string, unknown>)
      checkLength(shape, entries.length, fail)
      for (const [key, item] of entries) {
        check(shape.mapKey?.shape as Shape, key, path, problems)
        check(shape.item?.shape as Shape, item, `${path}.${key}.member`, problems)
      }
      return
    }
    case 'string':
      checkString(shape, value as string, fail)
      return
    case 'integer':
    case 'long':
    case 'float':
    case 'double':
      checkRange(shape, value as number, fail)
      return
    case 'blob':
      checkLength(shape, (value as Buffer).length, fail)
      return
    default:
  }
}

type Fail = (constraint: string) => void

function checkString(shape: Shape, value: string, fail: Fail): void {
  if (shape.enum && !shape.enum.includes(value)) fail(`Member must satisfy enum value set: [${shape.enum.join(', ')}]`)
  // Lengths count characters, not UTF-16 units.
  const length = hasSurrogates.test(value) ? [...value].length : value.length
  checkLength(shape, length, fail)
  if (shape.pattern === undefined || (shape.max !== undefined && length > shape.max)) return
  const pattern = compiled(shape.pattern)
  if (pattern && !pattern.test(value)) {
    fail(`Member must satisfy regular expression pattern: ${shape.pattern}`)
  }
}

const hasSurrogates = /[\ud800-\udfff]/

function checkLength(shape: Shape, length: number, fail: Fail): void {
  if (shape.min !== undefined && length < shape.min)
    fail(`Member must have length greater than or equal to ${shape.min}`)
  if (shape.max !== undefined && length > shape.max) fail(`Member must have length less than or equal to ${shape.max}`)
}

function checkRange(shape: Shape, value: number, fail: Fail): void {
  if (shape.min !== undefined && value < shape.min) fail(`Member must have value greater than or equal to ${shape.min}`)
  if (shape.max !== undefined && value > shape.max) fail(`Member must have value less than or equal to ${shape.max}`)
}

const patterns = new Map<string, RegExp | undefined>()

/** A model's pattern must match the whole value. Patterns in Java's dialect that JavaScript lacks are skipped. */
function compiled(pattern: string): RegExp | undefined {
  if (patterns.has(pattern)) return patterns.get(pattern)
  let regexp: RegExp | undefined
  for (const flags of ['us', 's']) {
    try {
      regexp = new RegExp(`^(?:${pattern.replace(/\\A|\\z|\\Z/g, '')})$`, flags)
      break
    } catch {
      regexp = undefined
    }
  }
  patterns.set(pattern, regexp)
  return regexp
}

function problemError(model: Model, problems: Problem[]): Error {
  const first = problems[0] as Problem
  if (model.name === 'ec2') return ec2Error(model, first)
  if (model.name === 's3') return commonError(model, 'invalidInput', s3Text(first), { ArgumentName: first.name })
  if (model.name === 'sqs' && first.missing) {
    const message = `The request must contain the parameter ${first.name}.`
    return Object.assign(commonError(model, 'invalidInput', message), { code: 'MissingParameter' })
  }
  const text = problems.map(problemText).join('; ')
  const count = `${problems.length} validation error${problems.length === 1 ? '' : 's'} detected: `
  return commonError(model, 'invalidInput', count + text)
}

function problemText({ path, value, constraint }: Problem): string {
  const shown = value === null ? 'null' : `'${display(value)}'`
  return `Value ${shown} at '${path}' failed to satisfy constraint: ${constraint}`
}

function display(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(display).join(', ')}]`
  if (Buffer.isBuffer(value)) return `java.nio.HeapByteBuffer[pos=0 lim=${value.length} cap=${value.length}]`
  if (typeof value === 'object' && value !== null) {
    return `{${Object.entries(value)
      .map(([key, v]) => `${key}=${display(v)}`)
      .join(', ')}}`
  }
  return String(value)
}

function ec2Error(model: Model, problem: Problem): Error {
  if (problem.missing) {
    const message = `The request must contain the parameter ${problem.name}`
    return Object.assign(commonError(model, 'invalidInput', message), { code: 'MissingParameter' })
  }
  return commonError(
    model,
    'invalidInput',
    `Value (${display(problem.value)}) for parameter ${problem.path} is invalid. ${problem.constraint}`,
  )
}

function s3Text(problem: Problem): string {
  return problem.missing ? `Missing required parameter: ${problem.name}` : `Invalid value for ${problem.path}`
}
