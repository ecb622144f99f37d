import { randomBytes } from 'node:crypto'
import type { CreateGrantRequest, CreateGrantResponse } from '@aws-sdk/client-kms'
import { AwsError } from '../../kernel/aws-error.ts'
import type { AccessCheck, Call } from '../../kernel/operation.ts'
import { operation } from '../../kernel/operation.ts'
import { callerAccount, keyAccess } from './access.ts'
import { dryRun, validation } from './errors.ts'
import { findKey } from './find-key.ts'
import { demandEnabled, type GrantRow, grants, grantsOf, type KeyRow } from './state.ts'

/** Grant operations of a symmetric key (KMS Developer Guide, "Grant operations"). */
const grantable = [
  'CreateGrant',
  'Decrypt',
  'DescribeKey',
  'Encrypt',
  'GenerateDataKey',
  'GenerateDataKeyWithoutPlaintext',
  'ReEncryptFrom',
  'ReEncryptTo',
  'RetireGrant',
]

export const createGrant = operation<CreateGrantRequest, CreateGrantResponse>({
  name: 'CreateGrant',
  access: (input, call) => [keyAccess(call, 'kms:CreateGrant', input.KeyId ?? '', grantContext(input, call))],
  handle: (input, call) => {
    const key = findKey(call, input.KeyId ?? '')
    demandEnabled(key)
    const wanted = grantOf(input, call, key)
    if (input.DryRun) throw dryRun()
    const same = grantsOf(call, key).find((grant) => input.Name !== undefined && sameTerms(grant, wanted))
    if (same) return { GrantId: same.id, GrantToken: same.token }
    grants(call, key).put(wanted.id, wanted)
    return { GrantId: wanted.id, GrantToken: wanted.token }
  },
})

function grantContext(input: CreateGrantRequest, call: Call): AccessCheck['context'] {
  const { EncryptionContextEquals: equals, EncryptionContextSubset: subset } = input.Constraints ?? {}
  const pairs = Object.entries(equals ?? subset ?? {})
  return {
    'kms:GrantOperations': input.Operations,
    'kms:GranteePrincipal': input.GranteePrincipal,
    'kms:RetiringPrincipal': input.RetiringPrincipal,
    'kms:GrantConstraintType': equals ? 'EncryptionContextEquals' : subset ? 'EncryptionContextSubset' : undefined,
    'kms:GrantIsForAWSResource': call.via !== undefined,
    ...Object.fromEntries(pairs.map(([name, value]) => [`kms:EncryptionContext:${name}`, value])),
    ...(pairs.length > 0 ? { 'kms:EncryptionContextKeys': pairs.map(([name]) => name) } : {}),
  }
}

function grantOf(input: CreateGrantRequest, call: Call, key: KeyRow): GrantRow {
  const grantee = demandPrincipal(input.GranteePrincipal)
  const operations = input.Operations ?? []
  const odd = operations.find((name) => !grantable.includes(name))
  if (operations.length === 0 || odd)
    throw validation(`Operation ${odd ?? ''} is not supported in a grant on a symmetric key`)
  const constraints = constraintsOf(input)
  return {
    id: randomBytes(32).toString('hex'),
    token: randomBytes(96).toString('base64'),
    keyArn: key.arn,
    granteePrincipal: grantee,
    operations,
    issuingAccount: `arn:${call.partition}:iam::${callerAccount(call.principal) ?? call.account}:root`,
    createdAt: call.now.toISOString(),
    ...(input.Name === undefined ? {} : { name: input.Name }),
    ...(input.RetiringPrincipal === undefined ? {} : { retiringPrincipal: demandPrincipal(input.RetiringPrincipal) }),
    ...(constraints ? { constraints } : {}),
  }
}

function constraintsOf({ Constraints }: CreateGrantRequest): GrantRow['constraints'] {
  const { EncryptionContextEquals: equals, EncryptionContextSubset: subset } = Constraints ?? {}
  if (!equals && !subset) return undefined
  return {
    ...(equals ? { encryptionContextEquals: equals } : {}),
    ...(subset ? { encryptionContextSubset: subset } : {}),
  }
}

/** Grants name one principal: no wildcard, no account id alone (KMS API Reference, CreateGrant). */
function demandPrincipal(principal: string | undefined): string {
  const isArn = /^arn:aws[a-z-]*:(iam|sts)::\d{12}:(root|user\/.+|role\/.+|assumed-role\/.+|federated-user\/.+)$/
  const isService = /^[a-z0-9.-]+\.amazonaws\.com$/
  if (principal === undefined || principal.includes('*') || !(isArn.test(principal) || isService.test(principal)))
    throw new AwsError('InvalidArnException', 'ARN does not refer to a valid principal')
  return principal
}

/** A named grant with the same terms is answered again, not made twice. */
function sameTerms(a: GrantRow, b: GrantRow): boolean {
  const terms = (grant: GrantRow) =>
    JSON.stringify([
      grant.name,
      grant.granteePrincipal,
      grant.retiringPrincipal,
      [...grant.operations].sort(),
      grant.constraints,
      grant.issuingAccount,
    ])
  return terms(a) === terms(b)
}
