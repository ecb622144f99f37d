import type {
  GetKeyPolicyRequest,
  GetKeyPolicyResponse,
  ListKeyPoliciesRequest,
  ListKeyPoliciesResponse,
  PutKeyPolicyRequest,
} from '@aws-sdk/client-kms'
import { AwsError } from '../../kernel/aws-error.ts'
import { operation } from '../../kernel/operation.ts'
import { keyAccess } from './access.ts'
import { managedByAws } from './errors.ts'
import { findKey } from './find-key.ts'
import { checkKeyPolicy } from './policy.ts'
import { demandNotPendingDeletion, putKey } from './state.ts'

/** A key has one policy, always called `default`. */
const policyName = 'default'

export const getKeyPolicy = operation<GetKeyPolicyRequest, GetKeyPolicyResponse>({
  name: 'GetKeyPolicy',
  access: (input, call) => [keyAccess(call, 'kms:GetKeyPolicy', input.KeyId ?? '')],
  handle: (input, call) => {
    demandDefault(input.PolicyName)
    return { Policy: findKey(call, input.KeyId ?? '').policy, PolicyName: policyName }
  },
})

export const putKeyPolicy = operation<PutKeyPolicyRequest, Record<string, never>>({
  name: 'PutKeyPolicy',
  access: (input, call) => [
    keyAccess(call, 'kms:PutKeyPolicy', input.KeyId ?? '', {
      'kms:BypassPolicyLockoutSafetyCheck': input.BypassPolicyLockoutSafetyCheck,
    }),
  ],
  handle: (input, call) => {
    demandDefault(input.PolicyName)
    const key = findKey(call, input.KeyId ?? '')
    if (key.manager === 'AWS') throw managedByAws(key.arn, 'PutKeyPolicy')
    demandNotPendingDeletion(key)
    checkKeyPolicy(call, input.Policy ?? '', input.BypassPolicyLockoutSafetyCheck ?? false)
    putKey(call, { ...key, policy: input.Policy ?? '' })
    return {}
  },
})

export const listKeyPolicies = operation<ListKeyPoliciesRequest, ListKeyPoliciesResponse>({
  name: 'ListKeyPolicies',
  access: (input, call) => [keyAccess(call, 'kms:ListKeyPolicies', input.KeyId ?? '')],
  handle: () => ({ PolicyNames: [policyName] }),
})

function demandDefault(name: string | undefined): void {
  if (name !== undefined && name !== policyName) throw new AwsError('NotFoundException', 'No such policy exists')
}
