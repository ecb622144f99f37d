import type * as Organizations from '@aws-sdk/client-organizations'
import { AwsError } from '../../kernel/aws-error.ts'
import { type AccessCheck, type Call, operation } from '../../kernel/operation.ts'
import { demandManagement, findPolicy, onId, target } from './access.ts'
import { checkAttachedCount } from './check-policy.ts'
import { constraint } from './errors.ts'
import { policySummary, typeOf } from './policy.ts'
import { attachmentKey, attachments, type OrganizationPolicyRow, policies } from './state.ts'

/** Both the policy and what it is attached to must be allowed (Service Authorization Reference, Organizations). */
function onBoth(call: Call, action: string, policyId: string, targetId: string): AccessCheck[] {
  const context = { 'organizations:PolicyType': policies(call).get(policyId)?.type }
  return [onId(call, action, policyId, context), onId(call, action, targetId, context)]
}

export const attachPolicy = operation<Organizations.AttachPolicyRequest, object>({
  name: 'AttachPolicy',
  access: (input, call) => onBoth(call, 'AttachPolicy', input.PolicyId ?? '', input.TargetId ?? ''),
  handle: (input, call) => {
    const organization = demandManagement(call)
    const policy = findPolicy(call, input.PolicyId ?? '')
    const { id } = target(call, input.TargetId ?? '')
    if (!organization.enabledTypes.includes(policy.type)) {
      throw new AwsError(
        'PolicyTypeNotEnabledException',
        "The specified policy type isn't currently enabled in this root. You can't attach policies of the specified type to entities in a root until you enable that type in the root.",
      )
    }
    const key = attachmentKey(policy.id, id)
    if (attachments(call).has(key)) {
      throw new AwsError(
        'DuplicatePolicyAttachmentException',
        'The selected policy is already attached to the specified target.',
      )
    }
    checkAttachedCount(policy.type, attachedTo(call, id, policy.type).length)
    attachments(call).put(key, { policyId: policy.id, targetId: id, type: policy.type })
    return {}
  },
})

export const detachPolicy = operation<Organizations.DetachPolicyRequest, object>({
  name: 'DetachPolicy',
  access: (input, call) => onBoth(call, 'DetachPolicy', input.PolicyId ?? '', input.TargetId ?? ''),
  handle: (input, call) => {
    demandManagement(call)
    const policy = findPolicy(call, input.PolicyId ?? '')
    const { id } = target(call, input.TargetId ?? '')
    if (!attachments(call).has(attachmentKey(policy.id, id))) {
      throw new AwsError(
        'PolicyNotAttachedException',
        "The policy isn't attached to the specified target in the specified root.",
      )
    }
    demandDetachable(call, policy, id)
    attachments(call).delete(attachmentKey(policy.id, id))
    return {}
  },
})

/** Every target keeps at least one SCP; RCPFullAWSAccess stays everywhere (AWS Organizations User Guide). */
function demandDetachable(call: Call, policy: OrganizationPolicyRow, targetId: string): void {
  if (policy.type === 'RESOURCE_CONTROL_POLICY' && policy.awsManaged) {
    throw constraint('You cannot detach the RCPFullAWSAccess policy.', 'POLICY_NOT_DETACHABLE')
  }
  if (policy.type === 'SERVICE_CONTROL_POLICY' && attachedTo(call, targetId, policy.type).length === 1) {
    throw constraint(
      'You cannot remove the last policy attached to the specified target. You must have at least one attached at all times.',
      'MIN_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED',
    )
  }
}

const attachedTo = (call: Call, targetId: string, type: string) =>
  [...attachments(call).values()].filter((row) => row.targetId === targetId && row.type === type)

export const listPoliciesForTarget = operation<
  Organizations.ListPoliciesForTargetRequest,
  Organizations.ListPoliciesForTargetResponse
>({
  name: 'ListPoliciesForTarget',
  access: (input, call) => [
    onId(call, 'ListPoliciesForTarget', input.TargetId ?? '', { 'organizations:PolicyType': input.Filter }),
  ],
  handle: (input, call) => {
    demandManagement(call)
    const { id } = target(call, input.TargetId ?? '')
    const attached = attachedTo(call, id, typeOf(input.Filter))
    return { Policies: attached.map(({ policyId }) => policySummary(findPolicy(call, policyId))) }
  },
})

export const listTargetsForPolicy = operation<
  Organizations.ListTargetsForPolicyRequest,
  Organizations.ListTargetsForPolicyResponse
>({
  name: 'ListTargetsForPolicy',
  access: (input, call) => [onId(call, 'ListTargetsForPolicy', input.PolicyId ?? '')],
  handle: (input, call) => {
    demandManagement(call)
    const policy = findPolicy(call, input.PolicyId ?? '')
    const rows = [...attachments(call).values()].filter(({ policyId }) => policyId === policy.id)
    return {
      Targets: rows.map(({ targetId }) => {
        const { id, arn, name, type } = target(call, targetId)
        return { TargetId: id, Arn: arn, Name: name, Type: type }
      }),
    }
  },
})
