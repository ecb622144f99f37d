import { Grade } from '../principal/element.ts'
import type { Question } from './question.ts'
import type { ContextValue, KmsGrant } from './request.ts'

const prefix = 'kms:encryptioncontext:'

/** Operations whose requests can carry an encryption context; constraints apply to these only. */
const withEncryptionContext = new Set(
  [
    'Encrypt',
    'Decrypt',
    'GenerateDataKey',
    'GenerateDataKeyWithoutPlaintext',
    'GenerateDataKeyPair',
    'GenerateDataKeyPairWithoutPlaintext',
    'ReEncryptFrom',
    'ReEncryptTo',
  ].map((name) => `kms:${name.toLowerCase()}`),
)

/**
 * The first grant that allows the request. Source: AWS KMS Developer Guide, "Grants in AWS KMS" and "GrantConstraints":
 * constraints are not applied to management operations such as DescribeKey or RetireGrant.
 */
export function allowingGrant(grants: readonly KmsGrant[], question: Question): KmsGrant | undefined {
  const action = question.facts.name
  return grants.find(
    (grant) =>
      granteeGrade(grant, question) !== Grade.none &&
      grant.operations.some((operation) => `kms:${operation.toLowerCase()}` === action) &&
      (!withEncryptionContext.has(action) || meetsConstraints(grant, question)),
  )
}

/** As a key policy that names the grantee: the role's session is limited by its boundary, a user is not. */
export function granteeGrade(grant: KmsGrant, { caller }: Question): Grade {
  if (grant.granteePrincipal === caller.session) return Grade.direct
  if (grant.granteePrincipal !== caller.arn || caller.kind === 'anonymous') return Grade.none
  return caller.kind === 'role' || caller.kind === 'role-session' ? Grade.principal : Grade.direct
}

function meetsConstraints({ constraints }: KmsGrant, { context }: Question): boolean {
  if (!constraints) return true
  const { encryptionContextEquals: exact, encryptionContextSubset: subset } = constraints
  if (subset && !holdsAll(subset, context)) return false
  if (!exact) return true
  const given = Object.keys(context).filter((key) => key.startsWith(prefix) && context[key] !== undefined)
  return holdsAll(exact, context) && given.length === Object.keys(exact).length
}

function holdsAll(
  pairs: Readonly<Record<string, string>>,
  context: Readonly<Record<string, ContextValue | undefined>>,
): boolean {
  return Object.entries(pairs).every(([key, value]) => {
    const given = context[prefix + key.toLowerCase()]
    return typeof given === 'object' ? given.length === 1 && given[0] === value : given === value
  })
}
