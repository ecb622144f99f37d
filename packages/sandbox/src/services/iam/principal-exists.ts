import type { Call } from '../../kernel/operation.ts'
import { accounts } from '../organizations/state.ts'
import { roles, users } from './state.ts'

/**
 * Whether an AWS principal of a resource or trust policy is there (IAM User Guide, "AWS JSON policy elements: Principal").
 * Accounts outside the sandbox's organization are taken for real; nobody can call from there.
 */
export function principalExists(name: string, call: Call): boolean {
  if (name === '*') return true
  const account = /^(?:arn:[^:]+:(?:iam|sts)::)?(\d{12})(?::|$)/.exec(name)?.[1]
  if (account === undefined) return false
  if (!accounts(call).has(account)) return true
  const [, kind, path] = /:(role|user|assumed-role)\/(.+)$/.exec(name) ?? []
  if (kind === 'assumed-role') return roles(call, account).has(path?.split('/')[0] ?? '')
  const last = path?.slice(path.lastIndexOf('/') + 1) ?? ''
  if (kind === 'role') return roles(call, account).get(last)?.arn === name
  return kind !== 'user' || users(call, account).get(last)?.arn === name
}
