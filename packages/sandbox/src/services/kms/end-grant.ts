import type { RetireGrantRequest, RevokeGrantRequest } from '@aws-sdk/client-kms'
import { AwsError } from '../../kernel/aws-error.ts'
import type { Call } from '../../kernel/operation.ts'
import { operation } from '../../kernel/operation.ts'
import { asIamGrant, callerContext, keyAccess, keyCheck } from './access.ts'
import { dryRun } from './errors.ts'
import { findKey } from './find-key.ts'
import { type GrantRow, grants, grantsOf } from './state.ts'

/** Revoking is for key administrators: the key policy and IAM decide. */
export const revokeGrant = operation<RevokeGrantRequest, Record<string, never>>({
  name: 'RevokeGrant',
  access: (input, call) => [
    keyAccess(call, 'kms:RevokeGrant', input.KeyId ?? '', { 'kms:GrantIsForAWSResource': call.via !== undefined }),
  ],
  handle: (input, call) => {
    const key = findKey(call, input.KeyId ?? '')
    const grant = grantsOf(call, key).find((candidate) => candidate.id === input.GrantId)
    if (!grant) throw noSuchGrant(input.GrantId)
    if (input.DryRun) throw dryRun()
    grants(call, key).delete(grant.id)
    return {}
  },
})

/**
 * Retiring is for the grant's own parties: its retiring principal, or its grantee where RetireGrant is one of its
 * operations (KMS Developer Guide, "Retiring and revoking grants"); a deny in a policy still holds.
 */
export const retireGrant = operation<RetireGrantRequest, Record<string, never>>({
  name: 'RetireGrant',
  access: (input, call) => {
    const grant = grantToRetire(input, call)
    const check = keyCheck(call, 'kms:RetireGrant', findKey(call, grant.keyArn), callerContext(call))
    const retiring = grant.retiringPrincipal
      ? [{ granteePrincipal: grant.retiringPrincipal, operations: ['RetireGrant'] }]
      : []
    return [{ ...check, kmsGrants: [asIamGrant(grant), ...retiring] }]
  },
  handle: (input, call) => {
    const grant = grantToRetire(input, call)
    if (input.DryRun) throw dryRun()
    grants(call, findKey(call, grant.keyArn)).delete(grant.id)
    return {}
  },
})

function grantToRetire(input: RetireGrantRequest, call: Call): GrantRow {
  const grant = input.GrantToken
    ? [...grants(call).values()].find((candidate) => candidate.token === input.GrantToken)
    : grantsOf(call, findKey(call, input.KeyId ?? '')).find((candidate) => candidate.id === input.GrantId)
  if (!grant) throw noSuchGrant(input.GrantId)
  return grant
}

function noSuchGrant(id: string | undefined): AwsError {
  return new AwsError('NotFoundException', `Grant ID ${id ?? ''} not found`)
}
