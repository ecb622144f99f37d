import { type PolicyDocument, PolicyError, type PolicyStatement, parsePolicy } from '@uais/iam'
import type { Call } from '../../kernel/operation.ts'
import { malformedPolicy } from './errors.ts'
import { policyFault } from './policy-fault.ts'
import { principalExists } from './principal-exists.ts'
import { oidcProviders } from './state.ts'

/** Documents come URL-encoded in answers (IAM API Reference, "Policy documents ... RFC 3986"). */
export const encoded = (document: string) => encodeURIComponent(document)

/** Refuses an identity-based policy that IAM would not store. */
export function checkIdentityPolicy(document: string): void {
  parse(document, 'identity')
}

/** Refuses a trust policy that IAM would not store, also one that names a principal that does not exist. */
export function checkTrustPolicy(document: string, call: Call): void {
  const policy = parse(document, undefined)
  for (const statement of [policy.Statement].flat()) {
    if (statement.Resource !== undefined || statement.NotResource !== undefined) {
      throw malformedPolicy('Has prohibited field Resource')
    }
    if (statement.Principal === undefined && statement.NotPrincipal === undefined) {
      throw malformedPolicy('Missing required field Principal cannot be empty!')
    }
    checkTrustActions(statement)
    checkPrincipals(statement, call)
  }
}

function parse(document: string, type: 'identity' | undefined): PolicyDocument {
  try {
    return parsePolicy(document, type)
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error
    throw malformedPolicy(policyFault(error))
  }
}

function checkTrustActions(statement: PolicyStatement): void {
  const actions = [statement.Action ?? []].flat()
  if (actions.every((action) => /^sts:/i.test(action) || action === '*')) return
  throw malformedPolicy('AssumeRole policy may only specify STS AssumeRole actions.')
}

function checkPrincipals(statement: PolicyStatement, call: Call): void {
  const principal = statement.Principal ?? statement.NotPrincipal
  if (principal === undefined || principal === '*') return
  for (const name of [principal.AWS ?? []].flat()) {
    if (!principalExists(name, call)) throw malformedPolicy(`Invalid principal in policy: "AWS":"${name}"`)
  }
  for (const name of [principal.Federated ?? []].flat()) {
    const own = /^arn:[^:]+:iam::(\d{12}):oidc-provider\//.exec(name)
    if (own && !oidcProviders(call, own[1] as string).has(name)) {
      throw malformedPolicy(`Invalid principal in policy: "Federated":"${name}"`)
    }
  }
}
