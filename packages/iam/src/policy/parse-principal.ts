import { listOf } from './document.ts'
import { PolicyError } from './policy-error.ts'

const keys = ['AWS', 'Service', 'Federated', 'CanonicalUser']
/** Account id, ARN, or the unique id that stands for a deleted user or role ("IAM identifiers"). */
const awsPrincipal = /^(\d{12}|arn:[a-z0-9-]+:(iam|sts)::[^:]+:.+|A[A-Z0-9]{15,})$/

/**
 * Checks a Principal or NotPrincipal element (IAM User Guide, "AWS JSON policy elements: Principal"). Only a whole `*`
 * is a wildcard: parts of a name cannot be matched.
 *
 * @throws {PolicyError}
 */
export function checkPrincipal(element: unknown, path: string): void {
  if (element === '*') return
  if (typeof element !== 'object' || element === null || Array.isArray(element)) {
    throw new PolicyError(
      'INVALID_PRINCIPAL_FORMAT',
      path,
      'should be "*" or an object such as {"AWS": "111122223333"}',
    )
  }
  for (const [key, values] of Object.entries(element)) {
    if (!keys.includes(key))
      throw new PolicyError('INVALID_PRINCIPAL_KEY', path, `'${key}' is none of ${keys.join(', ')}`)
    for (const value of listOf(values)) checkValue(key, value, `${path}.${key}`)
  }
}

function checkValue(key: string, value: unknown, path: string): void {
  if (typeof value !== 'string') throw new PolicyError('DATA_TYPE_MISMATCH', path, 'a principal should be a string')
  if (value === '*' && key === 'AWS') return
  if (value.includes('*') || value.includes('?')) {
    const message = `'${value}': a wildcard cannot match part of a principal name or ARN`
    throw new PolicyError('UNSUPPORTED_WILDCARD_IN_PRINCIPAL', path, message)
  }
  if (key === 'AWS' && !awsPrincipal.test(value)) {
    throw new PolicyError('INVALID_PRINCIPAL_FORMAT', path, `Invalid principal in policy: "AWS":"${value}"`)
  }
}
