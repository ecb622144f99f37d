import type { PolicyType } from '../evaluate/decision.ts'
import { type CompiledPolicy, compilePolicy } from '../policy/compile.ts'
import { PolicyError } from '../policy/policy-error.ts'
import { asList, asObject, isAbsent } from './fields.ts'

const compiled = new Map<string, CompiledPolicy>()
const compiledLimit = 2_000

/** A list of `{name, policy}`; undefined when there is none. */
export function policiesOf(given: unknown, type: PolicyType, path: string): readonly CompiledPolicy[] | undefined {
  if (isAbsent(given)) return undefined
  return asList(given, path).map((one, index) => named(one, type, `${path}[${index}]`))
}

/** `{name, policy}` or the document itself. */
export function resourcePolicyOf(given: unknown): CompiledPolicy | undefined {
  return isAbsent(given) ? undefined : named(given, 'resource', 'resourcePolicy')
}

function named(given: unknown, type: PolicyType, path: string): CompiledPolicy {
  const entry = asObject(given, path)
  const isBare = entry.policy === undefined && entry.Statement !== undefined
  const name = typeof entry.name === 'string' && !isBare ? entry.name : path
  try {
    return compileOnce(isBare ? entry : entry.policy, name, type)
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error
    throw new PolicyError(error.code, name === path ? path : `${path} '${name}'`, error.message)
  }
}

/** Lines of one batch mostly share their policies. */
function compileOnce(document: unknown, name: string, type: PolicyType): CompiledPolicy {
  const key = `${type} ${name} ${JSON.stringify(document)}`
  const found = compiled.get(key)
  if (found) return found
  const policy = compilePolicy(document, { name, type })
  if (compiled.size >= compiledLimit) compiled.clear()
  compiled.set(key, policy)
  return policy
}
