import type { CompiledStatement } from '../policy/statement.ts'
import type { Question } from './question.ts'
import type { ContextValue } from './request.ts'
import type { Lacks } from './verdict.ts'

/** What a statement that applies does, and by which values its conditions held. */
export function matchInWords({ effect, conditions }: CompiledStatement, question: Question): string {
  const verb = effect === 'Deny' ? 'denies' : 'allows'
  const held = conditions.map(({ operator, key, read }) => `${operator} ${key}: ${valueInWords(read(question))}`)
  const suffix = held.length > 0 ? ` (${held.join('; ')})` : ''
  return `${verb} ${question.action} on ${question.resource}${suffix}`
}

export function valueInWords(value: ContextValue | undefined): string {
  return value === undefined ? 'the request does not have it' : `the request has ${JSON.stringify(value)}`
}

/** Kinds of policy as AWS's access denied messages call them (IAM User Guide, "Troubleshoot access denied error messages"). */
export const kindInWords: Record<keyof typeof Lacks, string> = {
  identity: 'identity-based policy',
  boundary: 'permissions boundary',
  session: 'session policy',
  scp: 'service control policy',
  rcp: 'resource control policy',
  resource: 'resource-based policy',
  endpoint: 'VPC endpoint policy',
}
