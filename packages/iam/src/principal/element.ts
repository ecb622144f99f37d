import type { Question } from '../evaluate/question.ts'
import { listOf, type PolicyPrincipal } from '../policy/document.ts'
import type { Caller } from './caller.ts'

/**
 * How directly a resource-based policy names the caller. It decides what may still limit the grant within one account
 * (IAM User Guide, "How AWS enforcement code logic evaluates requests to allow or deny access"):
 * `none`; `account`: trusts the caller's account, so an identity policy must also allow;
 * `principal`: names the role (or everyone), limited by boundary and session policy; `direct`: names the user or session.
 */
export const Grade = { none: 0, account: 1, principal: 2, direct: 3 } as const
export type Grade = (typeof Grade)[keyof typeof Grade]

export type PrincipalTest = (question: Question) => Grade

interface Names {
  everyone: boolean
  accounts: Set<string>
  arns: Set<string>
  services: Set<string>
  federated: Set<string>
}

/** Grade of everyone by `*`, when the statement's conditions hold aws:PrincipalArn: such a grant is a direct one. */
export function compilePrincipal(element: PolicyPrincipal, everyone: Grade): PrincipalTest {
  const names = readNames(element)
  return ({ caller }) => {
    const named = gradeOf(names, caller)
    return names.everyone && named < everyone ? everyone : named
  }
}

/**
 * IAM User Guide, "AWS JSON policy elements: NotPrincipal": the account is validated first, then the user or role, so a
 * principal escapes only when both are listed; and one with a permissions boundary never escapes.
 */
export function compileNotPrincipal(element: PolicyPrincipal): PrincipalTest {
  const names = readNames(element)
  return ({ caller, bounded }) => (!bounded && isListed(names, caller) ? Grade.none : Grade.principal)
}

function gradeOf(names: Names, caller: Caller): Grade {
  switch (caller.kind) {
    case 'anonymous':
      return Grade.none
    case 'service':
    case 'federated':
      return names.services.has(caller.arn) || names.federated.has(caller.arn) ? Grade.direct : Grade.none
    case 'root':
      return names.accounts.has(caller.account) ? Grade.direct : Grade.none
    case 'user':
      if (names.arns.has(caller.arn)) return Grade.direct
      break
    default:
      if (caller.session && names.arns.has(caller.session)) return Grade.direct
      if (names.arns.has(caller.arn)) return Grade.principal
  }
  return names.accounts.has(caller.account) ? Grade.account : Grade.none
}

function isListed(names: Names, caller: Caller): boolean {
  if (names.everyone) return true
  switch (caller.kind) {
    case 'anonymous':
      return false
    case 'service':
    case 'federated':
      return names.services.has(caller.arn) || names.federated.has(caller.arn)
    case 'root':
      return names.accounts.has(caller.account)
    default:
      return names.accounts.has(caller.account) && names.arns.has(caller.arn)
  }
}

const accountPrincipal = /^(?:arn:[a-z0-9-]+:iam::)?(\d{12})(?::root)?$/

function readNames(element: PolicyPrincipal): Names {
  const names: Names = {
    everyone: element === '*',
    accounts: new Set(),
    arns: new Set(),
    services: new Set(),
    federated: new Set(),
  }
  if (element === '*') return names
  for (const value of listOf(element.AWS)) {
    const account = accountPrincipal.exec(value)
    if (value === '*') names.everyone = true
    else if (account) names.accounts.add(account[1]!)
    else names.arns.add(value)
  }
  for (const value of listOf(element.Service)) names.services.add(value)
  for (const value of listOf(element.Federated)) names.federated.add(value)
  return names
}
