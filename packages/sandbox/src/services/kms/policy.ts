import type { PolicyStatement } from '@uais/iam'
import type { Call } from '../../kernel/operation.ts'
import type { Principal } from '../../kernel/principal.ts'
import {
  awsPrincipals,
  isPolicyFault,
  listOf,
  principalsExist,
  readResourcePolicy,
  statementsOf,
} from '../resource-policy.ts'
import { malformedPolicy } from './errors.ts'

/** What CreateKey sets when no policy is given (KMS Developer Guide, "Default key policy"). */
export function defaultKeyPolicy(call: Call): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Id: 'key-default-1',
    Statement: [
      {
        Sid: 'Enable IAM User Permissions',
        Effect: 'Allow',
        Principal: { AWS: rootArn(call) },
        Action: 'kms:*',
        Resource: '*',
      },
    ],
  })
}

/**
 * Refuses a malformed policy, and one that would lock its author out unless that check is bypassed
 * (KMS API Reference, PutKeyPolicy, "BypassPolicyLockoutSafetyCheck").
 */
export function checkKeyPolicy(call: Call, text: string, bypassLockoutCheck: boolean): void {
  const document = readResourcePolicy(text)
  if (isPolicyFault(document)) throw malformedPolicy(document.reason)
  if (!principalsExist(call, document))
    throw malformedPolicy('Policy contains a statement with one or more invalid principals.')
  if (bypassLockoutCheck) return
  const authors = authorNames(call, call.principal)
  if (!statementsOf(document).some((statement) => letsChangePolicy(statement, authors)))
    throw malformedPolicy('The new key policy will not allow you to update the key policy in the future.')
}

function letsChangePolicy(statement: PolicyStatement, authors: readonly string[]): boolean {
  return (
    statement.Effect === 'Allow' &&
    listOf(statement.Action).some((action) => matches(action, 'kms:PutKeyPolicy')) &&
    awsPrincipals(statement.Principal).some((name) => name === '*' || authors.includes(name))
  )
}

function authorNames(call: Call, principal: Principal): string[] {
  const account = [call.account, rootArn(call)]
  if (principal.type === 'role-session') return [...account, principal.roleArn, principal.sessionArn]
  return principal.type === 'user' ? [...account, principal.userArn] : account
}

function rootArn(call: Call): string {
  return `arn:${call.partition}:iam::${call.account}:root`
}

function matches(pattern: string, action: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*/g, '.*')
    .replace(/\?/g, '.')
  return new RegExp(`^${source}$`, 'i').test(action)
}
