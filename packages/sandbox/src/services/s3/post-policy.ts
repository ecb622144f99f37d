import { AwsError } from '../../kernel/aws-error.ts'
import { accessDenied } from './errors.ts'
import type { Form } from './form-data.ts'

/** A POST policy's conditions, read (S3 API Reference, "POST Policy"). */
type Condition =
  | { kind: 'eq' | 'starts-with'; field: string; value: string; shown: string }
  | { kind: 'range'; min: number; max: number }

const malformed = (why: string) => new AwsError('InvalidPolicyDocument', `Invalid Policy: ${why}`, 400)

/** Fields that a policy need not mention. */
const exempt = new Set(['x-amz-signature', 'policy', 'file', 'awsaccesskeyid', 'submit'])

/**
 * Checks a form against the policy that was signed for it: expiry, every condition, no field that it does not
 * mention, and the size of the file.
 */
export function checkPostPolicy(encoded: string, bucket: string, form: Form, now: Date): void {
  const { expiration, conditions } = parsePolicy(encoded)
  if (expiration <= now) throw accessDenied('Invalid according to Policy: Policy expired.')
  const mentioned = new Set<string>()
  for (const condition of conditions) {
    if (condition.kind === 'range') {
      checkSize(condition, form.file?.bytes.length ?? 0)
      continue
    }
    mentioned.add(condition.field)
    const value = condition.field === 'bucket' ? bucket : (form.fields.get(condition.field) ?? '')
    const holds = condition.kind === 'eq' ? value === condition.value : startsWith(condition, value)
    if (!holds) throw accessDenied(`Invalid according to Policy: Policy Condition failed: ${condition.shown}`)
  }
  const extra = [...form.fields.keys()].filter(
    (name) => !mentioned.has(name) && !exempt.has(name) && !name.startsWith('x-ignore-'),
  )
  if (extra.length > 0) throw accessDenied(`Invalid according to Policy: Extra input fields: ${extra.join(', ')}`)
}

/** Every one of several content types must start so. */
function startsWith({ field, value }: { field: string; value: string }, given: string): boolean {
  const parts = field === 'content-type' ? given.split(',') : [given]
  return parts.every((part) => part.trim().startsWith(value))
}

function checkSize({ min, max }: { min: number; max: number }, size: number): void {
  if (size > max)
    throw new AwsError('EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size', 400, {
      ProposedSize: size,
      MaxSizeAllowed: max,
    })
  if (size < min)
    throw new AwsError('EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size', 400, {
      ProposedSize: size,
      MinSizeAllowed: min,
    })
}

function parsePolicy(encoded: string): { expiration: Date; conditions: Condition[] } {
  let document: { expiration?: unknown; conditions?: unknown }
  try {
    document = JSON.parse(Buffer.from(encoded, 'base64').toString('utf8'))
  } catch {
    throw malformed('Invalid JSON.')
  }
  const expiration = new Date(String(document?.expiration))
  if (Number.isNaN(expiration.getTime())) throw malformed("Invalid 'expiration' value")
  if (!Array.isArray(document.conditions)) throw malformed("Policy missing 'conditions'.")
  return { expiration, conditions: document.conditions.flatMap(readCondition) }
}

function readCondition(condition: unknown): Condition[] {
  const shown = JSON.stringify(condition)
  if (Array.isArray(condition)) {
    const [operator, first, second] = condition as unknown[]
    const kind = String(operator).toLowerCase()
    if (kind === 'content-length-range') return [readRange(first, second)]
    if ((kind !== 'eq' && kind !== 'starts-with') || !String(first).startsWith('$'))
      throw malformed(`Invalid condition: ${shown}`)
    return [{ kind, field: String(first).slice(1).toLowerCase(), value: String(second), shown }]
  }
  if (typeof condition !== 'object' || condition === null) throw malformed(`Invalid condition: ${shown}`)
  return Object.entries(condition).map(([name, value]) => ({
    kind: 'eq' as const,
    field: name.toLowerCase(),
    value: String(value),
    shown: JSON.stringify(['eq', `$${name}`, value]),
  }))
}

function readRange(first: unknown, second: unknown): Condition {
  const [min, max] = [Number(first), Number(second)]
  if (!Number.isInteger(min) || !Number.isInteger(max) || min < 0 || max < min)
    throw malformed('Invalid content-length-range')
  return { kind: 'range', min, max }
}
